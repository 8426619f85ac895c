import { contentDigest } from '#data/digest.ts';
import { importFolder, importScenario } from '#data/import-scenario.ts';
import { unpackContent } from '#data/packed-content.ts';
import { parseJson } from '#data/parse-json.ts';
import { cook, readRecipe, RECIPE_FORMAT } from '#data/recipe.ts';
import { queryScenario } from '#data/sql-console.ts';
import { startSqlEngine, type SqlEngine } from '#data/sql-engine.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeJson } from '#data/write-json.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { withResultTables } from '#data/write-result-tables.ts';
import { packZip } from '#data/zip.ts';
import type { Config } from '#programs/levers.ts';
import type { Program } from '#programs/program.ts';
import { documentReaders, programById } from '#programs/registry.ts';
import type { Notice, Report } from '#programs/report.ts';
import type { ScenarioContent } from '#programs/tables.ts';
import type { DownloadFormat, OnProgress, QueryResult, ScenarioSource, SourceFile } from './protocol.ts';

/** A scenario with its program, and the configuration that came with it (undefined where none did). */
export interface SourceContent {
	readonly program: Program;
	readonly content: ScenarioContent;
	readonly config: unknown;
	readonly notices: readonly Notice[];
}

/** Reads and writes scenario files for a worker; SQLite is started on first use. */
export interface Files {
	read(source: ScenarioSource, onProgress: OnProgress): Promise<SourceContent>;
	/** `config` goes into the file, so that it opens with the same production */
	write(
		program: Program,
		content: ScenarioContent,
		config: unknown,
		format: DownloadFormat,
	): Promise<SourceFile>;
	query(program: Program, content: ScenarioContent, report: Report, sql: string): Promise<QueryResult>;
}

/** `wasm` are the bytes of sql.js. */
export function openFiles(wasm: Uint8Array): Files {
	let started: Promise<SqlEngine> | null = null;
	const engine = () => (started ??= startSqlEngine(new Uint8Array(wasm)));
	let written: { readonly report: Report; readonly bytes: Uint8Array } | null = null;

	return {
		async read(source, onProgress) {
			if (source.kind === 'generated') return generate(source, onProgress);
			if (source.kind === 'packed') return unpack(source);
			const [file] = source.files;
			const foreign = { readers: documentReaders, answers: source.answers ?? {} };
			const isFolder = source.files.length > 1 || file.name === 'scenario.json';
			const { content, config, notices } = isFolder
				? importFolder(
						new Map(source.files.map(({ name, bytes }) => [name, bytes])),
						programById,
						onProgress,
						foreign,
					)
				: importScenario(file.bytes, file.name, programById, await engine(), onProgress, foreign);
			return { program: programOf(content), content, config: config ?? source.config, notices };
		},

		async write(program, content, config, format) {
			const name = content.name || program.id;
			if (format === 'json') {
				return { name: `${name}.json`, bytes: new TextEncoder().encode(writeJson(content, program, config)) };
			}
			if (format === 'csv')
				return { name: `${name}.zip`, bytes: packZip(writeFolder(content, program, config)) };
			return { name: `${name}.sqlite`, bytes: writeSqlite(content, program, await engine(), config) };
		},

		async query(program, content, report, sql) {
			const sqlite = await engine();
			if (written?.report !== report) {
				written = { report, bytes: withResultTables(writeSqlite(content, program, sqlite), report, sqlite) };
			}
			return queryScenario(written.bytes, sql, sqlite);
		},
	};
}

function generate(
	source: Extract<ScenarioSource, { kind: 'generated' }>,
	onProgress: OnProgress,
): SourceContent {
	const document = { format: RECIPE_FORMAT, version: 1, program: source.program, name: source.name, seed: source.seed, options: source.options }; // prettier-ignore
	const content = cook(readRecipe(document, programById, 'generator'), onProgress);
	return { program: programOf(content), content, config: undefined, notices: [] };
}

async function unpack({
	packed,
	config,
}: Extract<ScenarioSource, { kind: 'packed' }>): Promise<SourceContent> {
	const program = programOf(packed);
	return { program, content: await unpackContent(packed, program.tables), config, notices: [] };
}

function programOf({ program: id }: { readonly program: string }): Program {
	const program = programById(id);
	if (!program) throw new Error(`program ${id} was read and is not registered`);
	return program;
}

/** SHA-256 over a scenario's rows, whatever file they came in. */
export function digestOf(program: Program, content: ScenarioContent): string {
	return contentDigest(content, program.tables);
}

/** A configuration document from its text; throws `InputError` where it is no JSON. */
export function parseConfigText(text: string): Config {
	return parseJson(text, 'configuration') as Config;
}
