import { z } from 'zod';
import { contentDigest } from '#data/digest.ts';
import { openSqlite } from '#data/open-sqlite.ts';
import { startSqlEngine } from '#data/sql-engine.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import type { ContractCounts } from '#programs/drop/parts/part.ts';
import { canonicalJson, sha256Hex } from '#programs/hash.ts';
import { inputError } from '#programs/input-error.ts';
import type { Program } from '#programs/program.ts';
import { programById } from '#programs/registry.ts';
import type { ScenarioContent } from '#programs/tables.ts';
import type { Effects } from '../effects.ts';
import type { Shard } from './job-spec.ts';

const COPY = 'copy it into the --data folder of the worker, or share that folder';

/** The folder that workers read shards from, unless told another. */
export const DEFAULT_FOLDER = 'dropbench-data';

/** The file of a shard: its content's digest is its name. */
export function shardPath(folder: string, digest: string): string {
	return `${folder}/${digest}.sqlite`;
}

/** A file of JSON whose name is the SHA-256 over its bytes. */
export function factsPath(folder: string, digest: string): string {
	return `${folder}/${digest}.facts.json`;
}

/** Puts content into the folder, unless it is there. Gives its digest, and the bytes written (0 when it was there). */
export async function writeShard(
	folder: string,
	content: ScenarioContent,
	program: Program,
	effects: Effects,
): Promise<{ digest: string; bytes: number }> {
	const digest = contentDigest(content, program.tables);
	const path = shardPath(folder, digest);
	if (effects.readFile(path) !== null) return { digest, bytes: 0 };
	const bytes = writeSqlite(content, program, await startSqlEngine(effects.sqlWasm()));
	effects.writeFile(path, bytes);
	return { digest, bytes: bytes.length };
}

/**
 * The content of a shard. Throws `InputError`, by the name of the file, where the folder lacks it (`data.missing`), and where what
 * it holds is damaged or has another digest (`data.digest`).
 */
export async function readShard(
	folder: string,
	shard: Shard,
	effects: Effects,
): Promise<{ program: Program; content: ScenarioContent }> {
	const path = shardPath(folder, shard.digest);
	const bytes = effects.readFile(path);
	if (bytes === null) {
		throw inputError(path, `missing file: it holds ${shard.label}; ${COPY}`, 'data.missing');
	}
	const { content } = openSqlite(bytes, path, programById, await startSqlEngine(effects.sqlWasm()));
	const program = programById(content.program);
	if (!program) throw new Error(`program ${content.program} was read but is not registered`);
	const digest = contentDigest(content, program.tables);
	if (digest === shard.digest) return { program, content };
	throw inputError(
		path,
		`mismatched digest: its content has ${digest}; it was changed or damaged: copy it again from where it was made`,
		'data.digest',
	);
}

/** Puts what parts must know of each other into the folder, unless it is there. Gives its digest. */
export function writeFacts(folder: string, counts: ContractCounts, effects: Effects): string {
	const lists = Object.entries(counts).map(([name, column]) => [name, Array.from(column)] as const);
	const text = canonicalJson({ format: FACTS_FORMAT, counts: Object.fromEntries(lists) });
	const digest = sha256Hex(text);
	const path = factsPath(folder, digest);
	if (effects.readFile(path) === null) effects.writeFile(path, text);
	return digest;
}

/** Reads such a file. Throws `InputError` by its name, as `readShard` does. */
export function readFacts(folder: string, digest: string, effects: Effects): ContractCounts {
	const path = factsPath(folder, digest);
	const bytes = effects.readFile(path);
	if (bytes === null) throw inputError(path, `missing file: it holds counts of the whole scenario; ${COPY}`, 'data.missing'); // prettier-ignore
	const found = sha256Hex(bytes);
	if (found !== digest) throw inputError(path, `mismatched digest: its content has ${found}; it was changed or damaged: copy it again from where it was made`, 'data.digest'); // prettier-ignore
	const { counts } = factsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
	return counts;
}

const FACTS_FORMAT = 'dropbench-facts/1';
const column = z.array(z.number().min(0)).transform((list) => Float64Array.from(list));
const factsSchema = z.strictObject({
	format: z.literal(FACTS_FORMAT),
	counts: z.strictObject({
		conversions: column,
		outstanding: column,
		matureAssignments: column,
		matureSelections: column,
		settledSelections: column,
		settledConversions: column,
	}),
});
