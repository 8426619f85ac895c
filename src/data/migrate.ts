import { inputError } from '#programs/input-error.ts';
import type { Notice } from '#programs/report.ts';
import type { ScenarioContent, TableSpec } from '#programs/tables.ts';
import type { ProgramTables } from './program-tables.ts';

/**
 * The tables as they were in a version of a program. Throws `InputError` for a version that is newer than the
 * program, or so old that no step leads on from it.
 */
export function tablesOfVersion(program: ProgramTables, version: number, at: string): readonly TableSpec[] {
	if (version === program.tablesVersion) return program.tables;
	const newest = program.tablesVersion;
	if (version > newest) {
		throw inputError(at, `unknown tables version: ${version}; this dropbench reads ${program.title} up to version ${newest}; update dropbench to open it`, 'import.version'); // prettier-ignore
	}
	const step = program.migrations?.find(({ from }) => from === version);
	if (step !== undefined) return step.tables;
	throw inputError(at, `unknown tables version: ${version}; this dropbench reads ${program.title} from a later version up to ${newest}; export it again with a newer dropbench`, 'import.version'); // prettier-ignore
}

/**
 * Brings a scenario from an older version of its tables to today's, step by step. Each step makes a new
 * scenario, so that the file it came from stays as it is until the new one is saved.
 */
export function upgradeContent(
	content: ScenarioContent,
	program: ProgramTables,
	version: number,
): { readonly content: ScenarioContent; readonly notices: readonly Notice[] } {
	let upgraded = content;
	for (let from = version; from < program.tablesVersion; from++) {
		const step = program.migrations?.find((migration) => migration.from === from);
		if (step === undefined)
			throw new Error(`no step leads from version ${from} of the tables of ${program.id}`);
		upgraded = step.upgrade(upgraded);
	}
	if (version === program.tablesVersion) return { content, notices: [] };
	const message = `tables were brought from version ${version} to ${program.tablesVersion}; the file itself was not changed`;
	return { content: upgraded, notices: [{ code: 'import.upgraded', message }] };
}
