import { found, inputError } from '../input-error.ts';
import { numbers, tableOf, texts, type ScenarioContent, type TableData } from '../tables.ts';
import type { OfferEvent, RefusalCode } from './events.ts';
import { readEvents } from './read-scenario.ts';
import { instantText, readInstant } from './time.ts';

/** A moment to read the state at, after every event at or before it. */
export interface OfferProbe {
	readonly at: number;
	readonly users: readonly string[];
}

/** A timeline, read and checked as far as that needs no state. */
export interface OfferDataset {
	readonly start: number;
	readonly end: number;
	/** events in the order of the file */
	readonly events: readonly OfferEvent[];
	/** position in the file of each event */
	readonly eventIndex: readonly number[];
	/** positions of events that could not be read, ascending, and why */
	readonly refusedIndex: readonly number[];
	readonly refusedCode: readonly RefusalCode[];
	readonly probes: readonly OfferProbe[];
}

/** A scenario of the workbench: the timeline, and what is known of its accounts. */
export interface OfferScenario {
	readonly name: string;
	readonly dataset: OfferDataset;
	/** accounts that asked to be left out of event feeds */
	readonly doNotTrack: ReadonlySet<string>;
}

/**
 * Reads the tables of a scenario: events in order of `seq`, which is then their position. The timeline ends at
 * the scenario's `now` and starts at the row of `period`, or else at its first event.
 */
export function buildDataset(content: ScenarioContent): OfferScenario {
	const end = readInstant(content.now);
	if (end === null) {
		const message = `invalid time: ${found(content.now)}; must be the end of the timeline, from 1970 to 2199`;
		throw inputError('scenario.now', message, 'INVALID_TIME');
	}
	const table = tableOf(content, 'event');
	const seq = numbers(table, 'seq');
	const order = Array.from(seq, (_, r) => r).sort((a, b) => seq[a] - seq[b]);
	const start = readStart(content, table, end);
	const { events, eventIndex, refusedIndex, refusedCode } = readEvents(eventRows(table, order), start, end);
	return {
		name: content.name,
		dataset: {
			start,
			end,
			events,
			eventIndex: eventIndex.map((n) => seq[order[n]]),
			refusedIndex: refusedIndex.map((n) => seq[order[n]]),
			refusedCode,
			probes: readProbes(content, start, end),
		},
		doNotTrack: readDoNotTrack(content),
	};
}

function readStart(content: ScenarioContent, events: TableData, end: number): number {
	const period = tableOf(content, 'period');
	if (period.rowCount > 1) {
		throw inputError(
			'period',
			`duplicate period: ${period.rowCount} rows; must be one row or none`,
			'INVALID_RANGE',
		);
	}
	let start = end;
	if (period.rowCount === 1) start = numbers(period, 'startsAt')[0];
	else for (const at of numbers(events, 'at')) if (at < start) start = at;
	if (readInstant(instantText(start)) === null || start > end) {
		const message = `invalid start: ${instantText(start)}; must lie between 1970 and the scenario's now`;
		throw inputError('period', message, 'INVALID_RANGE');
	}
	return start;
}

/** The rows of the event table as the plain events that `readEvent` reads. */
function eventRows(table: TableData, order: readonly number[]): unknown[] {
	const names = [
		'inviteeCents',
		'inviteeDurationDays',
		'awardCents',
		'awardDurationDays',
		'redeemableCap',
		'cents',
		'count',
	];
	const numeric = names.map((name) => numbers(table, name));
	const wordNames = ['kind', 'offer', 'type', 'status', 'user', 'referrer', 'project', 'invoice'];
	const words = wordNames.map((name) => texts(table, name));
	const at = numbers(table, 'at');
	const expiresAt = numbers(table, 'expiresAt');
	return order.map((r) => {
		const event: Record<string, unknown> = { at: instantText(at[r]) };
		for (let i = 0; i < wordNames.length; i++) if (words[i][r] !== null) event[wordNames[i]] = words[i][r];
		for (let i = 0; i < names.length; i++) if (!Number.isNaN(numeric[i][r])) event[names[i]] = numeric[i][r];
		if (!Number.isNaN(expiresAt[r])) event.expiresAt = instantText(expiresAt[r]);
		return event;
	});
}

function readProbes(content: ScenarioContent, start: number, end: number): OfferProbe[] {
	const table = tableOf(content, 'probe');
	const [seq, at, user] = [numbers(table, 'seq'), numbers(table, 'at'), texts(table, 'user')];
	const order = Array.from(seq, (_, r) => r).sort((a, b) => seq[a] - seq[b]);
	return order.map((r) => {
		if (at[r] < start || at[r] > end) {
			const message = `invalid probe: ${instantText(at[r])}; must lie between ${instantText(start)} and ${instantText(end)}`;
			throw inputError(`probe, seq ${seq[r]}`, message, 'INVALID_PROBE');
		}
		const id = user[r];
		return { at: at[r], users: id === null ? [] : [id] };
	});
}

function readDoNotTrack(content: ScenarioContent): Set<string> {
	const table = tableOf(content, 'account');
	const [id, doNotTrack] = [texts(table, 'id'), numbers(table, 'doNotTrack')];
	const left = new Set<string>();
	id.forEach((user, r) => {
		if (user !== null && doNotTrack[r] === 1) left.add(user);
	});
	return left;
}
