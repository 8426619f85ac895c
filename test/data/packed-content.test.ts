import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDigest } from '#data/digest.ts';
import {
	flatBytes,
	flattenContent,
	restoreContent,
	sealContent,
	unpackContent,
	type PackedContent,
} from '#data/packed-content.ts';
import { sha256Hex, sha256HexFast } from '#programs/hash.ts';
import type { Column, ScenarioContent, TableSpec } from '#programs/tables.ts';

const SPECS: readonly TableSpec[] = [
	{
		name: 'user',
		title: 'Users',
		key: ['id'],
		columns: [
			{ name: 'id', kind: 'id', help: '' },
			{ name: 'note', kind: 'text', nullable: true, help: '' },
			{ name: 'age', kind: 'real', nullable: true, help: '' },
			{ name: 'taste', kind: 'vector', help: '' },
		],
	},
];

interface Row {
	readonly note: string | null;
	readonly age: number;
	readonly taste: readonly number[];
}

function contentOf(rows: readonly Row[]): ScenarioContent {
	const start = new Uint32Array(rows.length + 1);
	rows.forEach(({ taste }, r) => (start[r + 1] = start[r] + taste.length));
	const columns = new Map<string, Column>([
		['id', rows.map((_, r) => `u${r}`)],
		['note', rows.map(({ note }) => note)],
		['age', Float64Array.from(rows, ({ age }) => age)],
		['taste', { start, data: Float32Array.from(rows.flatMap(({ taste }) => taste)) }],
	]);
	return {
		program: 'toy',
		name: 'Toy',
		now: '2026-11-21T00:00:00.000Z',
		tables: new Map([['user', { rowCount: rows.length, columns }]]),
	};
}

const row = fc.record({
	note: fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '\u0000', 'same')), {
		nil: null,
	}),
	age: fc.double(),
	taste: fc.array(fc.float({ noNaN: true }), { maxLength: 4 }),
});

const packContent = (content: ScenarioContent) => sealContent(flattenContent(content, SPECS));

describe('packed content', () => {
	it('gives back what was packed, also after a copy to another thread', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
				const content = contentOf(rows);
				const unpacked = await unpackContent(structuredClone(await packContent(content)), SPECS);
				expect(unpacked).toEqual(content);
				expect(restoreContent(structuredClone(flattenContent(content, SPECS)), SPECS)).toEqual(content);
				expect(contentDigest(unpacked, SPECS)).toBe(contentDigest(contentOf(rows), SPECS));
			}),
			{ seed: 1, numRuns: 300 },
		);
	});

	it('refuses what has changed since, wherever that is', async () => {
		const rows = Array.from({ length: 5 }, (_, r) => ({ note: `n${r % 2}`, age: r, taste: [r, 1] }));
		const damages: readonly ((packed: PackedContent) => unknown)[] = [
			(packed) => ({ ...packed, name: 'Other' }),
			(packed) => ({ ...packed, digest: packed.digest.replace(/^./, (c) => (c === '0' ? '1' : '0')) }),
			(packed) => ({ ...packed, tables: [] }),
			(packed) => ({ ...packed, tables: [{ ...packed.tables[0], rowCount: 4 }] }),
			...[0, 1, 2, 3].map((c) => (packed: PackedContent) => {
				const column = packed.tables[0].columns[c];
				const { buffer } = 'codes' in column ? column.codes : 'data' in column ? column.data : column;
				new Uint8Array(buffer)[3] ^= 1;
				return packed;
			}),
		];
		for (const damage of damages) {
			const packed = structuredClone(await packContent(contentOf(rows)));
			await expect(unpackContent(damage(packed) as PackedContent, SPECS)).rejects.toThrow(/damaged/);
		}
	});

	it('refuses a whole pack of other tables', async () => {
		const packed = await packContent(contentOf([]));
		const renamed = [{ ...SPECS[0], name: 'person' }];
		const retyped = [{ ...SPECS[0], columns: SPECS[0].columns.map((column) => ({ ...column, kind: 'real' as const })) }]; // prettier-ignore
		await expect(unpackContent(packed, renamed)).rejects.toThrow(/table person is not there/);
		await expect(unpackContent(packed, retyped)).rejects.toThrow(/column id of user does not fit/);
	});

	it('tells what a copy would cost', () => {
		const packed = flattenContent(contentOf([{ note: 'abc', age: 1, taste: [1, 2] }]), SPECS);
		// id: code, end, 'u0'; note: code, end, 'abc'; age; taste: two values and two starts
		expect(flatBytes(packed)).toBe(4 + 4 + 4 + (4 + 4 + 6) + 8 + (8 + 8));
	});

	it('hashes by the platform as it does by itself', async () => {
		const text = new TextEncoder().encode('a platform and a library');
		expect(await sha256HexFast([text.slice(0, 5), text.slice(5)])).toBe(sha256Hex(text));
	});
});
