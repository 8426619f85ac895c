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
 * A scenario as flat buffers, for what is quicker to copy than to make: between threads and into this browser's
 * storage. Not a file format: it is read by the version that wrote it only.
 */
export interface PackedContent {
	readonly program: string;
	readonly name: string;
	readonly now: string;
	/** as `contentDigest` gives it */
	readonly digest: string;
	/** SHA-256 of all the rest, in hex: tells damage apart at a tenth of what the digest costs */
	readonly seal: string;
	readonly tables: readonly {
		readonly name: string;
		readonly rowCount: number;
		readonly columns: readonly PackedColumn[];
	}[];
}

/** Packs a scenario; the columns of numbers stay shared with it, so a copy must be made before they are handed on. */
export async function packContent(
	content: ScenarioContent,
	specs: readonly TableSpec[],
): Promise<PackedContent> {
	const tables = specs.map(({ name, columns }) => {
		const { rowCount, columns: data } = content.tables.get(name)!;
		return { name, rowCount, columns: columns.map((column) => packColumn(data.get(column.name)!)) };
	});
	const { program, name, now } = content;
	const packed = { program, name, now, digest: contentDigest(content, specs), tables };
	return { ...packed, seal: await sealOf(packed) };
}

/** What copying it costs, roughly: the bytes of its buffers and two for each character. */
export function packedBytes({ tables }: PackedContent): number {
	return tables
		.flatMap(({ columns }) => columns)
		.reduce((sum, column) => {
			if (column instanceof Float64Array) return sum + column.byteLength;
			if ('codes' in column) return sum + column.codes.byteLength + column.ends.byteLength + 2 * column.words.length; // prettier-ignore
			return sum + column.data.byteLength + column.start.byteLength;
		}, 0);
}

/**
 * The scenario that was packed. Throws `InputError` with the code `scenario.damaged` where the parts do not fit
 * the tables, or anything in them has changed since.
 */
export async function unpackContent(
	packed: PackedContent,
	specs: readonly TableSpec[],
): Promise<ScenarioContent> {
	if ((await sealOf(packed)) !== packed.seal) throw damaged(packed, 'its seal is another');
	const tables = new Map(specs.map((spec, t) => [spec.name, unpackTable(packed, spec, t)]));
	const { program, name, now } = packed;
	const content = { program, name, now, tables };
	rememberDigest(content, packed.digest);
	return content;
}

async function sealOf({ program, name, now, digest, tables }: Omit<PackedContent, 'seal'>): Promise<string> {
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

function unpackTable(packed: PackedContent, spec: TableSpec, t: number): TableData {
	const table = packed.tables[t] as PackedContent['tables'][number] | undefined;
	if (table?.name !== spec.name) throw damaged(packed, `table ${spec.name} is not there`);
	const columns = spec.columns.map((column, c) => {
		const data = table.columns[c] as PackedColumn | undefined;
		const unpacked = data && unpackColumn(data);
		const isOfKind = isNumeric(column)
			? unpacked instanceof Float64Array
			: isTextual(column) === Array.isArray(unpacked);
		if (!unpacked || !isOfKind || lengthOf(unpacked) !== table.rowCount) {
			throw damaged(packed, `column ${column.name} of ${spec.name} does not fit`);
		}
		return [column.name, unpacked] as const;
	});
	return { rowCount: table.rowCount, columns: new Map(columns) };
}

function damaged({ name }: PackedContent, why: string): Error {
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
