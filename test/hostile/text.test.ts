import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { contentDigest } from '#data/digest.ts';
import { importFolder, importScenario } from '#data/import-scenario.ts';
import { contentFromDocument } from '#data/read-json.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeJson } from '#data/write-json.ts';
import { packZip } from '#data/zip.ts';
import { startEngine } from '../data/engine.ts';
import { findToy, shopRow, toy, toyDocument } from '../data/toy-program.ts';
import { makeDraw, mutateBytes, mutateText } from './mutate.ts';
import { makeTally, mutantCount } from './tally.ts';

const odd = ['=1+1', "'=x", '<script>alert(1)</script>', '__proto__', 'é😀', 'a,"b"\r\nc', '', ' '];
const { content } = contentFromDocument(
	toyDocument({
		shop: odd.map((name, i) => shopRow({ id: `s${i}`, name, note: name, config: { [name]: i } })),
		visit: odd.map((_, i) => ({ shop_id: `s${i}`, visited_at: '2026-01-01T00:00:00Z', amount: -i / 3 })),
		taste: [{ shop_id: 's1', numbers: [-0.5, null, 2] }],
	}),
	findToy,
);
const digest = contentDigest(content, toy.tables);
const encode = (text: string) => new TextEncoder().encode(text);

describe('a hostile JSON document', () => {
	it('with mutated text or bytes is refused by its place, or is a scenario', async () => {
		const engine = await startEngine();
		const text = writeJson(content, toy);
		const tally = makeTally('JSON documents', toy);
		const draw = makeDraw(2);
		for (let i = 0; i < mutantCount(3000); i++) {
			const mutant = i % 4 === 0 ? mutateBytes(encode(text), draw) : encode(mutateText(text, draw));
			tally.add(() => importScenario(mutant, 'm.json', findToy, engine));
		}
		tally.finish();
	}, 120_000);

	it('that is deep, huge, or full of other types is refused, or is a scenario', async () => {
		const engine = await startEngine();
		const values = [
			'null',
			'true',
			'-0',
			'1e999',
			'1e-999',
			'[]',
			'{}',
			'""',
			'"x"',
			'"\\u0000"',
			'[null]',
			'{"a":1}',
			'9007199254740993',
			`"${'x'.repeat(20_000)}"`,
			'['.repeat(60) + ']'.repeat(60),
		];
		const row = JSON.stringify(shopRow());
		const documents = [
			'['.repeat(1_000_000),
			'{"a":'.repeat(1_000_000),
			`{"tables":${'{"x":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
			`{"a":"${'\\ud83d'.repeat(100_000)}"}`,
			`[${'1,'.repeat(1_000_000)}1]`,
			`{${Array.from({ length: 200_000 }, (_, i) => `"k${i}":0`).join(',')}}`,
			`{"__proto__":{"format":"dropbench-scenario","version":1,"program":"toy","tables":{"shop":[]}}}`,
			`{"format":"dropbench-scenario","version":1,"program":"__proto__","tables":{}}`,
			`{"format":"dropbench-scenario","version":1,"program":"toy","tables":{"__proto__":[],"constructor":[],"shop":[]}}`,
			...['format', 'version', 'program', 'tablesVersion', 'name', 'now', 'tables'].flatMap((key) =>
				values.map((value) =>
					JSON.stringify({ ...toyDocument(), [key]: 0 }).replace(`"${key}":0`, `"${key}":${value}`),
				),
			),
			...Object.keys(shopRow()).flatMap((key) =>
				values.map((value) =>
					JSON.stringify(toyDocument({ shop: [{ ...shopRow(), [key]: '@@' }] })).replace('"@@"', value),
				),
			),
			...values.map((value) => JSON.stringify(toyDocument({ shop: ['@@'] })).replace('"@@"', value)),
			...values.map((value) =>
				JSON.stringify(toyDocument({ taste: [{ shop_id: 's1', numbers: '@@' }] })).replace('"@@"', value),
			),
			JSON.stringify(toyDocument()).replace(
				row,
				`${row.slice(0, -1)},"__proto__":{"id":"polluted"},"constructor":1}`,
			),
		];
		const tally = makeTally('JSON shapes', toy);
		for (const document of documents)
			tally.add(() => importScenario(encode(document), 'm.json', findToy, engine));
		tally.finish();
		expect(({} as { id?: string }).id).toBeUndefined();
	}, 60_000);
});

describe('a hostile folder of CSV files', () => {
	it('with mutated text or bytes is refused by file and line, or is a scenario', () => {
		const folder = writeFolder(content, toy);
		const names = [...folder.keys()];
		const tally = makeTally('CSV folders', toy);
		const draw = makeDraw(3);
		for (let i = 0; i < mutantCount(3000); i++) {
			const name = names[draw(names.length)];
			const bytes = folder.get(name)!;
			const mutant =
				i % 4 === 0 ? mutateBytes(bytes, draw) : encode(mutateText(new TextDecoder().decode(bytes), draw));
			tally.add(() => importFolder(new Map([...folder, [name, mutant]]), findToy));
		}
		tally.finish();
	}, 120_000);

	it('of strange shapes is refused, or is a scenario', () => {
		const folder = writeFolder(content, toy);
		const shop = new TextDecoder().decode(folder.get('shop.csv'));
		const [header, first] = shop.split('\r\n');
		const texts = [
			'', '\n', '\r\n', '\ufeff', ',', '"', '""', '\0', header, `${header}\n`, `${header}\r`, `${header}\n\n\n`, `${first}\r\n${header}`,
			`${header},__proto__\r\n${first},x\r\n`, `__proto__,constructor\r\n1,2\r\n`, `${header},id\r\n${first},x\r\n`,
			header.replace('id', '"i""d"'), header.replaceAll(',', ';'), header.replaceAll(',', '\t'), ','.repeat(100_000), '"'.repeat(100_001),
			`${header}\r\n${`${first}\r\n`.repeat(1000)}`, `${header}\n"${'x'.repeat(1_000_000)}\n`, `${header}\n${'\n'.repeat(100_000)}`,
		]; // prettier-ignore
		const tally = makeTally('CSV shapes', toy);
		for (const text of texts)
			tally.add(() => importFolder(new Map([...folder, ['shop.csv', encode(text)]]), findToy));
		for (const text of texts)
			tally.add(() => importFolder(new Map([...folder, ['scenario.json', encode(text)]]), findToy));
		tally.finish();
	}, 60_000);
});

describe('a hostile zip file', () => {
	it('with mutated bytes is refused, or is a scenario', async () => {
		const engine = await startEngine();
		const zip = packZip(writeFolder(content, toy));
		const tally = makeTally('zip files', toy);
		const draw = makeDraw(4);
		for (let i = 0; i < mutantCount(3000); i++) {
			const mutant = mutateBytes(zip, draw);
			const read = tally.add(() => importScenario(mutant, 'm.zip', findToy, engine));
			// a file may lose its name, and is then told of; no cell may change
			const isTold = read?.notices.some(({ code }) => code === 'import.unknown-file');
			if (read !== null && !isTold && contentDigest(read.content, toy.tables) !== digest)
				tally.markWrong('other rows, and not a word of it');
		}
		tally.finish();
	}, 120_000);

	it('of strange shapes is refused', async () => {
		const engine = await startEngine();
		const zips = [
			zipSync({}),
			zipSync({ 'scenario.json': encode('{') }),
			zipSync({ 'scenario.json': new Uint8Array(100_000_000) }, { level: 9 }),
			zipSync({ '../../etc/passwd': encode('x') }),
			zipSync({ 'C:\\x.csv': encode('x') }),
			zipSync({ '__proto__': encode('x'), constructor: encode('y') }), // prettier-ignore
			zipSync({ 'a.zip': zipSync({ 'scenario.json': encode('{}') }) }),
		];
		const tally = makeTally('zip shapes', toy);
		for (const zip of zips) expect(tally.add(() => importScenario(zip, 'm.zip', findToy, engine))).toBeNull();
		tally.finish();
	}, 60_000);
});
