import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { packZip } from '#data/zip.ts';
import { programById } from '#programs/registry.ts';
import { runLine, type World } from '../cli/make-effects.ts';
import { startEngine } from '../data/engine.ts';
import { makeDraw, mutateBytes, mutatePages, mutateText } from './mutate.ts';
import { mutantCount } from './tally.ts';

const text = readFileSync(new URL('../data/vectors/drop-scenario.json', import.meta.url), 'utf8');
const encode = (part: string) => new TextEncoder().encode(part);
const drop = programById('drop')!;
const STACK = /\n?\s+at .*:\d+:\d+|SQLITE_|malformed|is not a function|Cannot read|undefined/;

/** Runs command lines on mutants, counts their exits, and expects no bug and no stack. */
async function tryAll(
	title: string,
	worlds: readonly { readonly line: string; readonly world: World }[],
): Promise<void> {
	const exits = new Map<number, number>();
	const bugs: string[] = [];
	let slowest = 0;
	for (const { line, world } of worlds) {
		const start = performance.now();
		const { exit, warnings } = await runLine(line, world);
		slowest = Math.max(slowest, performance.now() - start);
		exits.set(exit, (exits.get(exit) ?? 0) + 1);
		const said = warnings.join('\n');
		if (exit === 1 || STACK.test(said) || (exit === 2 && said === '') || said.length > 200_000)
			bugs.push(`${exit}: ${said.slice(0, 1500)}`);
	}
	const counts = [...exits].sort(([a], [b]) => a - b).map(([exit, count]) => `exit ${exit}: ${count}`);
	console.log(
		`hostile ${title}: ${worlds.length} runs: ${counts.join(', ')}, ${bugs.length} bugs (slowest ${Math.round(slowest)} ms)`,
	);
	expect(bugs.slice(0, 3)).toEqual([]);
}

/** A mutant of a parsed document: one to three values put in place of others. */
function mutateDocument(document: unknown, draw: ReturnType<typeof makeDraw>): unknown {
	const values: unknown[] = [
		null,
		true,
		-1,
		0,
		1,
		1e308,
		0.5,
		'',
		'nyc',
		'__proto__',
		[],
		{},
		'2026-03-17T15:00:00Z',
		'9999-12-31T23:59:59Z',
		'0001-01-01T00:00:00Z',
		4294967295,
		'active',
	];
	const copy = structuredClone(document);
	for (let times = 1 + draw(3); times > 0; times--) {
		let node = copy as Record<string, unknown>;
		for (;;) {
			const keys = Object.keys(node);
			if (keys.length === 0) break;
			const key = keys[draw(keys.length)];
			const child = node[key];
			if (typeof child === 'object' && child !== null && draw(8) > 0) {
				node = child as Record<string, unknown>;
				continue;
			}
			if (Array.isArray(node) && draw(2) === 0) node.splice(Number(key), 1);
			else node[key] = values[draw(values.length)];
			break;
		}
	}
	return copy;
}

/** A document in which cells of tables changed places within their column, rows went, or numbers moved. */
function shuffleCells(document: unknown, draw: ReturnType<typeof makeDraw>): unknown {
	const copy = structuredClone(document) as { tables: Record<string, Record<string, unknown>[]> };
	const tables = Object.values(copy.tables).filter((rows) => rows.length > 1);
	for (let times = 1 + draw(6); times > 0; times--) {
		const rows = tables[draw(tables.length)];
		const [row, other] = [rows[draw(rows.length)], rows[draw(rows.length)]];
		const columns = Object.keys(row).filter((name) => name !== 'id');
		const column = columns[draw(columns.length)];
		const value = row[column];
		if (draw(8) === 0 && rows.length > 2 && !('id' in row)) rows.splice(rows.indexOf(row), 1);
		else if (typeof value === 'number' && draw(2) === 0)
			row[column] = [0, 1, value * 2, Math.floor(value / 2)][draw(4)];
		else if (typeof value === 'boolean') row[column] = !value;
		else row[column] = other[column];
	}
	return copy;
}

describe('the command line', () => {
	it('refuses hostile files of every kind, or runs them, and never shows a stack', async () => {
		const { content } = contentFromDocument(JSON.parse(text), () => drop);
		const sqlite = writeSqlite(content, drop, await startEngine());
		const folder = writeFolder(content, drop);
		const zip = packZip(folder);
		const names = [...folder.keys()];
		const draw = makeDraw(5);
		const worlds = Array.from({ length: mutantCount(400) }, (_, i) => {
			const check = (file: string, bytes: Uint8Array) => ({
				line: `scenario check ${file}`,
				world: { files: { [file]: bytes } },
			});
			if (i % 4 === 0)
				return check('m.sqlite', i % 8 === 0 ? mutateBytes(sqlite, draw) : mutatePages(sqlite, 4096, draw));
			if (i % 4 === 1) return check('m.json', encode(mutateText(text, draw)));
			if (i % 4 === 2) return check('m.zip', mutateBytes(zip, draw));
			const name = names[draw(names.length)];
			const mutant = encode(mutateText(new TextDecoder().decode(folder.get(name)), draw));
			const files = Object.fromEntries(
				[...folder, [name, mutant] as const].map(([file, bytes]) => [`m/${file}`, bytes]),
			);
			return { line: 'scenario check m', world: { files } };
		});
		await tryAll('files at the command line', worlds);
	}, 240_000);

	it('refuses hostile documents that are well-formed, or runs them', async () => {
		const draw = makeDraw(6);
		const document: unknown = JSON.parse(text);
		const worlds = Array.from({ length: mutantCount(600) }, (_, i) => {
			const mutant = i % 3 === 0 ? mutateDocument(document, draw) : shuffleCells(document, draw);
			return { line: 'run m.json --json', world: { files: { 'm.json': JSON.stringify(mutant) } } };
		});
		await tryAll('documents at the command line', worlds);
	}, 240_000);

	it('refuses hostile configurations, or runs them', async () => {
		const draw = makeDraw(7);
		const config = drop.readConfig({}).config;
		const worlds = Array.from({ length: mutantCount(400) }, (_, i) => {
			const mutant =
				i % 2 === 0 ? JSON.stringify(mutateDocument(config, draw)) : mutateText(JSON.stringify(config), draw);
			return {
				line: 'run m.json --config c.json --json',
				world: { files: { 'm.json': text, 'c.json': mutant } },
			};
		});
		await tryAll('configurations at the command line', worlds);
	}, 240_000);

	it('answers every hostile line of the case protocol, in order', async () => {
		const draw = makeDraw(8);
		const line = JSON.stringify({
			id: 7,
			program: 'drop',
			input: { scenario: JSON.parse(text) as unknown, config: {} },
		});
		const lines = Array.from({ length: mutantCount(400) }, (_, i) =>
			i % 2 === 0
				? mutateText(line, draw).replaceAll('\n', ' ')
				: JSON.stringify(mutateDocument(JSON.parse(line), draw)),
		);
		const { exit, out } = await runLine('case', { batches: [lines] });
		const answers = out
			.trimEnd()
			.split('\n')
			.map((answer) => JSON.parse(answer) as { result?: unknown; error?: { code: string; message: string } });
		const bugs = answers.filter(
			({ error }) => error !== undefined && (error.code === 'bug' || STACK.test(error.message)),
		);
		console.log(
			`hostile lines of the case protocol: ${lines.length} lines: ${answers.filter(({ error }) => error).length} refused, ${bugs.length} bugs`,
		);
		expect([exit, answers.length, bugs.slice(0, 3)]).toEqual([0, lines.length, []]);
	}, 240_000);
});
