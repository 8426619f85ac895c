import { canonicalJson, sha256HexFast } from '#programs/hash.ts';
import { inputError } from '#programs/input-error.ts';
import type { Column, ScenarioContent, TableData, TableSpec, VectorColumn } from '#programs/tables.ts';
import { isNumeric, isTextual } from './columns.ts';
import { contentDigest, rememberDigest } from './digest.ts';

/** Text as numbers of the distinct values, which stand one after the other in `words`; 0 is none. */
interface PackedTexts {
	readonly codes: Uint32Array;
	readonly words: string;
	/** where each value ends in `words`, in code units */
	readonly ends: Uint32Array;
}

type PackedColumn = Float64Array | VectorColumn | PackedTexts;

/**
 * A scenario as flat buffers, for what is quicker to copy than to make: from thread to thread. Not a file format: it is
 * read by the version that wrote it only.
 */
export interface FlatContent {
	readonly program: string;
	readonly name: string;
	readonly now: string;
	/** as `contentDigest` gives it */
	readonly digest: string;
	readonly tables: readonly {
		readonly name: string;
		readonly rowCount: number;
		readonly columns: readonly PackedColumn[];
	}[];
}

/** The same with a seal, for where it may be damaged: this browser's storage. */
export interface PackedContent extends FlatContent {
	/** SHA-256 of all the rest, in hex: tells damage apart at a tenth of what the digest costs */
	readonly seal: string;
}

/** A scenario flat; the columns of numbers stay shared with it, so a copy must be made before they are handed on. */
export function flattenContent(content: ScenarioContent, specs: readonly TableSpec[]): FlatContent {
	const tables = specs.map(({ name, columns }) => {
		const { rowCount, columns: data } = content.tables.get(name)!;
		return { name, rowCount, columns: columns.map((column) => packColumn(data.get(column.name)!)) };
	});
	const { program, name, now } = content;
	return { program, name, now, digest: contentDigest(content, specs), tables };
}

/** Seals what is flat, to be kept. */
export async function sealContent(flat: FlatContent): Promise<PackedContent> {
	return { ...flat, seal: await sealOf(flat) };
}

/** What copying it costs, roughly: the bytes of its buffers and two for each character. */
export function flatBytes({ tables }: FlatContent): number {
	return tables
		.flatMap(({ columns }) => columns)
		.reduce((sum, column) => {
			if (column instanceof Float64Array) return sum + column.byteLength;
			if ('codes' in column) return sum + column.codes.byteLength + column.ends.byteLength + 2 * column.words.length; // prettier-ignore
			return sum + column.data.byteLength + column.start.byteLength;
		}, 0);
}

/** As `restoreContent`, and throws the same where anything has changed since it was sealed. */
export async function unpackContent(
	packed: PackedContent,
	specs: readonly TableSpec[],
): Promise<ScenarioContent> {
	if ((await sealOf(packed)) !== packed.seal) throw damaged(packed, 'its seal is another');
	return restoreContent(packed, specs);
}

/** The scenario that was made flat. Throws `InputError` with the code `scenario.damaged` where the parts do not fit the tables. */
export function restoreContent(flat: FlatContent, specs: readonly TableSpec[]): ScenarioContent {
	const tables = new Map(specs.map((spec, t) => [spec.name, restoreTable(flat, spec, t)]));
	const { program, name, now } = flat;
	const content = { program, name, now, tables };
	rememberDigest(content, flat.digest);
	return content;
}

async function sealOf({ program, name, now, digest, tables }: FlatContent): Promise<string> {
	const columns = tables.flatMap((table) => table.columns);
	const shape = tables.map((table) => [table.name, table.rowCount, table.columns.map(partsOf).map((parts) => parts.map(({ length }) => length))]); // prettier-ignore
	const head = new TextEncoder().encode(canonicalJson({ program, name, now, digest, shape }));
	return sha256HexFast([head, ...columns.flatMap(partsOf)]);
}

/** The bytes of a column, as they lie in memory: they never leave this machine. */
function partsOf(column: PackedColumn): Uint8Array[] {
	if (column instanceof Float64Array) return [bytesOf(column)];
	if ('codes' in column)
		return [bytesOf(column.codes), bytesOf(column.ends), new TextEncoder().encode(column.words)];
	return [bytesOf(column.data), bytesOf(column.start)];
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
	return new Uint8Array(buffer, byteOffset, byteLength);
}

function restoreTable(flat: FlatContent, spec: TableSpec, t: number): TableData {
	const table = flat.tables[t] as FlatContent['tables'][number] | undefined;
	if (table?.name !== spec.name) throw damaged(flat, `table ${spec.name} is not there`);
	const columns = spec.columns.map((column, c) => {
		const data = table.columns[c] as PackedColumn | undefined;
		const unpacked = data && unpackColumn(data);
		const isOfKind = isNumeric(column)
			? unpacked instanceof Float64Array
			: isTextual(column) === Array.isArray(unpacked);
		if (!unpacked || !isOfKind || lengthOf(unpacked) !== table.rowCount) {
			throw damaged(flat, `column ${column.name} of ${spec.name} does not fit`);
		}
		return [column.name, unpacked] as const;
	});
	return { rowCount: table.rowCount, columns: new Map(columns) };
}

function damaged({ name }: FlatContent, why: string): Error {
	return inputError(name, `damaged since it was kept: ${why}; it has to be made again`, 'scenario.damaged');
}

function packColumn(column: Column): PackedColumn {
	if (!Array.isArray(column)) return column as Float64Array | VectorColumn;
	const codeOf = new Map<string, number>();
	const codes = Uint32Array.from(column as readonly (string | null)[], (text) => {
		if (text === null) return 0;
		const known = codeOf.get(text);
		if (known !== undefined) return known;
		codeOf.set(text, codeOf.size + 1);
		return codeOf.size;
	});
	const words = [...codeOf.keys()];
	let end = 0;
	return { codes, words: words.join(''), ends: Uint32Array.from(words, ({ length }) => (end += length)) };
}

function unpackColumn(column: PackedColumn): Column {
	if (!('codes' in column)) return column;
	const { codes, words, ends } = column;
	const values: (string | null)[] = [null];
	for (let i = 0; i < ends.length; i++) values.push(words.slice(i === 0 ? 0 : ends[i - 1], ends[i]));
	return Array.from(codes, (code) => values[code] ?? null);
}

function lengthOf(column: Column): number {
	return 'start' in column ? column.start.length - 1 : column.length;
}
