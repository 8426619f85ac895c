import { csvHeads, isMappable, type CsvHead } from '#data/csv-mapping.ts';
import { contentDigest } from '#data/digest.ts';
import { FOLDER_META, type Folder } from '#data/folder.ts';
import { importFolder, importMapped, importScenario } from '#data/import-scenario.ts';
import { importTable } from '#data/import-table.ts';
import { restoreContent, unpackContent } from '#data/packed-content.ts';
import { parseJson } from '#data/parse-json.ts';
import { folderDocument } from '#data/read-csv.ts';
import { cook, readRecipe, RECIPE_FORMAT } from '#data/recipe.ts';
import { queryScenario } from '#data/sql-console.ts';
import { startSqlEngine, type SqlEngine } from '#data/sql-engine.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeJson } from '#data/write-json.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { withResultTables } from '#data/write-result-tables.ts';
import { isZip, packZip, unpackZip } from '#data/zip.ts';
import type { Config } from '#programs/levers.ts';
import type { Program } from '#programs/program.ts';
import { documentReaders, programById, programs } from '#programs/registry.ts';
import type { Notice, Report } from '#programs/report.ts';
import type { ScenarioContent } from '#programs/tables.ts';
import type { DownloadFormat, LentScenario, OnProgress, QueryResult, ScenarioSource, SourceFile } from './protocol.ts'; // prettier-ignore

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
			if (source.kind === 'lent') return receive(source);
			if (source.kind === 'table') {
				const base = await this.read(source.base, onProgress);
				const { bytes, mapping, mode, name } = source;
				const read = importTable(base.content, base.program.tables, bytes, mapping, mode, name);
				return { ...base, content: read.content, notices: [...base.notices, ...read.notices] };
			}
			if (source.mapping) {
				const { content, config, notices } = importMapped(
					folderOf(source.files),
					source.mapping,
					programById,
				);
				return { program: programOf(content), content, config: config ?? source.config, notices };
			}
			const [file] = source.files;
			const foreign = { readers: documentReaders, answers: source.answers ?? {} };
			const isFolder = source.files.length > 1 || file.name === FOLDER_META;
			const { content, config, notices } = isFolder
				? importFolder(folderOf(source.files), programById, onProgress, foreign)
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

/** Picked files as a folder: those of a zip file, where it is one. */
function folderOf(files: readonly SourceFile[]): Folder {
	const [file] = files;
	if (files.length === 1 && isZip(file.bytes)) return unpackZip(file.bytes, file.name);
	return new Map(files.map(({ name, bytes }) => [name, bytes]));
}

/**
 * The heads of CSV files that could be read if it were known which column is which, with the program they name;
 * null where that would mend nothing. Throws `InputError` where a file is damaged.
 */
export function mappableHeads(
	source: ScenarioSource,
): { readonly heads: readonly CsvHead[]; readonly program: string | null } | null {
	if (source.kind !== 'files' || source.mapping) return null;
	const [{ name, bytes }] = source.files;
	if (source.files.length === 1 && !isZip(bytes) && !/\.csv$/i.test(name)) return null;
	const folder = folderOf(source.files);
	const heads = csvHeads(folder);
	if (!heads.some(({ columns }) => columns.length > 0)) return null;
	if (!folder.has(FOLDER_META)) return { heads, program: null };
	const id = folderDocument(folder).program;
	const program = programs.find((each) => each.id === id);
	if (!program) return null;
	const tables = program.tables.map((table) => ({ ...table, isOptional: table.optional ?? false }));
	return isMappable(heads, tables) ? { heads, program: program.id } : null;
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

/** What the lender has put into the channel: it is there before anybody is told of it. */
async function receive({ port }: Extract<ScenarioSource, { kind: 'lent' }>): Promise<SourceContent> {
	const { flat, config, notices } = await new Promise<LentScenario>((resolve) => {
		port.onmessage = ({ data }: MessageEvent<LentScenario>) => resolve(data);
	});
	port.close();
	const program = programOf(flat);
	return { program, content: restoreContent(flat, program.tables), config, notices };
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
