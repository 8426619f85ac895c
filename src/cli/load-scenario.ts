import type { ForeignFormats } from '#data/foreign-document.ts';
import { importFolder, importScenario, type ImportedScenario } from '#data/import-scenario.ts';
import { startSqlEngine } from '#data/sql-engine.ts';
import type { ImportAnswers } from '#programs/document-reader.ts';
import { inputError } from '#programs/input-error.ts';
import type { Program } from '#programs/program.ts';
import { documentReaders, programById } from '#programs/registry.ts';
import type { Effects } from './effects.ts';

/** A scenario that a command line named, and the program it belongs to. */
export interface LoadedScenario extends ImportedScenario {
	readonly program: Program;
	/** the file or folder it was read from */
	readonly path: string;
}

/**
 * Reads the scenario of a path: a file (SQLite, JSON, zip or recipe), a folder of CSV files, or the name of one
 * that comes with this program, such as `drop/two-cities`. A path that is there goes before a name. Throws
 * `InputError` with every problem found. `answers` are about files of other formats.
 */
export async function loadScenario(
	name: string,
	effects: Effects,
	answers: ImportAnswers = {},
): Promise<LoadedScenario> {
	for (const path of [name, effects.ownPath(`scenarios/${name}`)]) {
		const imported = await importAt(path, effects, { readers: documentReaders, answers });
		if (imported === null) continue;
		const program = programById(imported.content.program);
		if (!program) throw new Error(`program ${imported.content.program} was read but is not registered`);
		return { ...imported, program, path };
	}
	const shipped = shippedScenarios(effects);
	const names = shipped.length === 0 ? '' : `, or the name of one that is shipped: ${shipped.join(', ')}`;
	throw inputError(name, `missing scenario; must be the path of a file or folder${names}`, 'cli.scenario');
}

/** Names of the scenarios that come with this program, in order. */
export function shippedScenarios(effects: Effects): string[] {
	const files = effects.readFolder(effects.ownPath('scenarios')) ?? [];
	return files
		.filter((file) => file.endsWith('/scenario.json'))
		.map((file) => file.slice(0, -'/scenario.json'.length));
}

async function importAt(
	path: string,
	effects: Effects,
	foreign: ForeignFormats,
): Promise<ImportedScenario | null> {
	const bytes = effects.readFile(path);
	if (bytes !== null) {
		const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
		return importScenario(
			bytes,
			file,
			programById,
			await startSqlEngine(effects.sqlWasm()),
			effects.progress,
			foreign,
		);
	}
	const files = effects.readFolder(path);
	if (files === null) return null;
	// folders within are none of the scenario's
	const names = files.filter((file) => !file.includes('/'));
	const folder = new Map(
		names.map((file) => [file, effects.readFile(`${path}/${file}`) ?? new Uint8Array()]),
	);
	return importFolder(folder, programById, effects.progress, foreign);
}
