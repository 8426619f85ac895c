import { formatInstant, parseInstant } from '#programs/instant.ts';
import type { ScenarioContent } from '#programs/tables.ts';
import { LIMITS } from './limits.ts';
import { shown, type Problems } from './problems.ts';
import type { FindProgram, ProgramTables } from './program-tables.ts';
import { FORMAT_VERSION, SCENARIO_FORMAT } from './schema.ts';

/** What a file says of its scenario, as found. */
export interface RawMeta {
	readonly format: unknown;
	readonly version: unknown;
	readonly program: unknown;
	readonly tablesVersion: unknown;
	readonly name: unknown;
	readonly now: unknown;
}

/** What a scenario says of itself beside its tables. */
export type ScenarioMeta = Pick<ScenarioContent, 'program' | 'name' | 'now'>;

export interface ReadMeta {
	readonly meta: ScenarioMeta;
	readonly program: ProgramTables;
	readonly tablesVersion: number;
}

/**
 * Checks what a file says of its scenario: its format, a version that is not newer than this program, a
 * program that there is, a name, a time. `at` gives the place of a field for messages. Throws `InputError`.
 */
export function readMeta(
	raw: RawMeta,
	at: (field: string) => string,
	find: FindProgram,
	problems: Problems,
): ReadMeta {
	checkVersion(raw, SCENARIO_FORMAT, FORMAT_VERSION, at, problems);
	const program = findProgram(raw.program, at, find, problems);
	const tablesVersion = raw.tablesVersion ?? 1;
	if (!Number.isSafeInteger(tablesVersion) || Number(tablesVersion) < 1) {
		problems.add(at('tables version'), `invalid version: ${shown(raw.tablesVersion)}; must be a whole number from 1; export the scenario again`, 'import.version'); // prettier-ignore
	}
	const name = raw.name ?? '';
	if (
		typeof name !== 'string' ||
		Array.from(name).length > LIMITS.nameLength ||
		name.includes('\0') ||
		!name.isWellFormed()
	) {
		problems.add(at('name'), `invalid name: ${shown(raw.name)}; must be text of at most ${LIMITS.nameLength} characters; shorten it`, 'import.value'); // prettier-ignore
	}
	const now = raw.now ?? '';
	const nowMs = typeof now === 'string' ? parseInstant(now) : null;
	if (now !== '' && nowMs === null) {
		problems.add(at('now'), `invalid time: ${shown(raw.now)}; must be a UTC time such as 2026-03-17T15:00:00Z; correct it`, 'import.value'); // prettier-ignore
	}
	problems.throwIfAny();
	const meta = {
		program: program.id,
		name: typeof name === 'string' ? name : '',
		now: nowMs === null ? '' : formatInstant(nowMs),
	};
	return { meta, program, tablesVersion: Number(tablesVersion) };
}

/** Checks the `format` and `version` that every document of ours starts with; problems are thrown at once. */
export function checkVersion(
	raw: Pick<RawMeta, 'format' | 'version'>,
	format: string,
	newest: number,
	at: (field: string) => string,
	problems: Problems,
): void {
	if (raw.format !== format) {
		problems.add(at('format'), `invalid format: ${shown(raw.format)}; must be "${format}"; open a file that dropbench exported`, 'import.not-a-scenario'); // prettier-ignore
	} else if (!Number.isSafeInteger(raw.version) || Number(raw.version) < 1) {
		problems.add(at('version'), `invalid version: ${shown(raw.version)}; must be a whole number from 1 to ${newest}; export the file again`, 'import.version'); // prettier-ignore
	} else if (Number(raw.version) > newest) {
		problems.add(at('version'), `unknown version: ${Number(raw.version)}; this dropbench reads up to version ${newest}; update dropbench to open it`, 'import.version'); // prettier-ignore
	}
	problems.throwIfAny();
}

/** The program a document names; the problem is thrown at once when there is none. */
export function findProgram(
	id: unknown,
	at: (field: string) => string,
	find: FindProgram,
	problems: Problems,
): ProgramTables {
	const program = typeof id === 'string' ? find(id) : undefined;
	if (program === undefined) {
		problems.add(at('program'), `unknown program: ${shown(id)}; this dropbench does not have it; update dropbench or correct the name`, 'import.program'); // prettier-ignore
		problems.throwIfAny();
	}
	return program!;
}
