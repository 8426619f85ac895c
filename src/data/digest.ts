import { canonicalJson, sha256Parts } from '#programs/hash.ts';
import type { Column, ScenarioContent, TableSpec, VectorColumn } from '#programs/tables.ts';
import { contentInKeyOrder } from './check-content.ts';
import { float32Bytes, float64Bytes, uint32Bytes } from './little-endian.ts';

const BATCH = 8192;
const NONE = 0xffffffff;
const digests = new WeakMap<ScenarioContent, string>();

/**
 * SHA-256, in hex, over everything a run can see of a scenario: its program, its time and all rows in key
 * order, column by column. The name does not count, nor does the file format or the order of rows it came in.
 * Remembered for each content, which never changes.
 */
export function contentDigest(content: ScenarioContent, specs: readonly TableSpec[]): string {
	const known = digests.get(content);
	if (known !== undefined) return known;
	const { program, now, tables } = contentInKeyOrder(content, specs);
	const hash = sha256Parts();
	const byName = specs.toSorted((a, b) => (a.name < b.name ? -1 : 1));
	const heads = byName.map(({ name, columns }) => [name, tables.get(name)!.rowCount, columns.map((column) => [column.name, column.kind])]); // prettier-ignore
	hash.add(
		new TextEncoder().encode(`${canonicalJson({ format: 'dropbench-digest/1', program, now, heads })}\n`),
	);
	for (const spec of byName) {
		for (const column of spec.columns) addColumn(hash, tables.get(spec.name)!.columns.get(column.name)!);
	}
	const digest = hash.hex();
	digests.set(content, digest);
	return digest;
}

/** Keeps the digest of a content that is known to have it. */
export function rememberDigest(content: ScenarioContent, digest: string): void {
	digests.set(content, digest);
}

type Hash = ReturnType<typeof sha256Parts>;

function addColumn(hash: Hash, column: Column): void {
	if (column instanceof Float64Array) hash.add(float64Bytes(column));
	else if (Array.isArray(column)) addTexts(hash, column as readonly (string | null)[]);
	else {
		const { start, data } = column as VectorColumn;
		hash.add(uint32Bytes(start));
		hash.add(float32Bytes(data));
	}
}

/** Batch by batch: the length of each text in code units, then all of them in UTF-8. */
function addTexts(hash: Hash, texts: readonly (string | null)[]): void {
	const encoder = new TextEncoder();
	for (let from = 0; from < texts.length; from += BATCH) {
		const batch = texts.slice(from, from + BATCH);
		hash.add(uint32Bytes(Uint32Array.from(batch, (text) => text?.length ?? NONE)));
		hash.add(encoder.encode(batch.join('')));
	}
}
