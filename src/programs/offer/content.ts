import { found, InputError, type Issue } from '../input-error.ts';
import { formatInstant } from '../instant.ts';
import type { Column, ScenarioContent, TableData } from '../tables.ts';
import { offerTables } from './tables.ts';
import { readInstant } from './time.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a scenario of events is to be called, and where its timeline starts and ends. */
export interface ContentFrame {
	readonly name: string;
	readonly start: number;
	readonly end: number;
	/** accounts that asked to be left out of event feeds; default none */
	readonly doNotTrack?: readonly string[];
}

/**
 * Makes a scenario of an array of events, as a timeline file has them (spec section 15.6); the position in the
 * array becomes `seq`. Throws `InputError` with every value that no cell can hold: those are wrong in the file
 * itself. What breaks a rule of the program only is left for the run to refuse.
 */
export function contentOfEvents(events: readonly unknown[], frame: ContentFrame): ScenarioContent {
	const issues: Issue[] = [];
	const rows = events.map((event, e): Row => {
		if (typeof event === 'object' && event !== null && !Array.isArray(event)) return { ...event, seq: e };
		issues.push({ at: `events[${e}]`, message: `malformed event: ${found(event)}; must be an object`, code: 'MALFORMED_EVENT' });
		return { seq: e };
	}); // prettier-ignore
	const rowsOf = new Map<string, readonly Row[]>([
		['event', rows],
		['period', [{ startsAt: formatInstant(frame.start) }]],
		['account', (frame.doNotTrack ?? []).map((id) => ({ id, doNotTrack: true }))],
	]);
	const tables = new Map<string, TableData>();
	for (const { name, columns } of offerTables) {
		const own = rowsOf.get(name) ?? [];
		const made = new Map<string, Column>();
		for (const { name: column, kind, nullable } of columns) {
			const isNumeric = kind === 'integer' || kind === 'time' || kind === 'boolean';
			const cells = own.map((row: Row, e) => {
				const value = row[column] ?? null;
				const cell = value === null ? (isNumeric ? NaN : null) : cellOf(kind, value);
				if (cell !== undefined && (value !== null || nullable === true)) return cell;
				const message = `invalid ${column}: ${value === null ? 'nothing' : found(value)}; must be ${EXPECTED[kind] ?? 'text'}`;
				issues.push({ at: `events[${e}].${column}`, message, code: 'import.value' });
				return isNumeric ? NaN : null;
			});
			made.set(column, isNumeric ? Float64Array.from(cells as number[]) : (cells as (string | null)[]));
		}
		tables.set(name, { rowCount: own.length, columns: made });
	}
	if (issues.length > 0) throw new InputError(issues);
	return { program: 'offer', name: frame.name, now: formatInstant(frame.end), tables };
}

const EXPECTED: Readonly<Record<string, string>> = {
	integer: 'a whole number',
	time: 'an instant such as 2019-07-24T09:30:00Z',
	boolean: 'true or false',
};

/** The cell of a JSON value, undefined where the column cannot hold it. */
function cellOf(kind: string, value: unknown): number | string | undefined {
	if (kind === 'time') return readInstant(value) ?? undefined;
	if (kind === 'boolean') return typeof value === 'boolean' ? Number(value) : undefined;
	if (kind === 'integer') return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
	return typeof value === 'string' && value.isWellFormed() ? value : undefined;
}
