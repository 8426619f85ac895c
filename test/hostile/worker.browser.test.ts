import { describe, expect, it } from 'vitest';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { contentFromDocument } from '#data/read-json.ts';
import { startSqlEngine } from '#data/sql-engine.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { packZip } from '#data/zip.ts';
import { programById } from '#programs/registry.ts';
import type { SourceFile } from '#workers/protocol.ts';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';
import text from '../data/vectors/drop-scenario.json?raw';
import { makeDraw, mutateBytes, mutatePages, mutateText } from './mutate.ts';

const encode = (part: string) => new TextEncoder().encode(part);
const silent = () => undefined;
const MUTANTS = 600;
const ENDLESS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)';
const SCHEMAS = [
	`ALTER TABLE user RENAME TO h; CREATE VIEW user AS ${ENDLESS} SELECT i AS id FROM n`,
	`ALTER TABLE contract RENAME TO h; CREATE VIEW contract AS SELECT * FROM h`,
	`CREATE TRIGGER t AFTER INSERT ON user BEGIN DELETE FROM user; END`,
	`ALTER TABLE user ADD COLUMN g TEXT AS (printf('%.*c', 100000000, 'x')) VIRTUAL`,
	`CREATE TABLE x (a, g AS (hex(zeroblob(1000000)))); ${ENDLESS} INSERT INTO x(a) SELECT i FROM n LIMIT 100`,
	`CREATE VIEW v AS ${ENDLESS} SELECT max(i) FROM n`,
];

/** Documents that overflow a stack or a heap where they are believed. */
function monstersOf(whole: string): string[] {
	return [
		`${'['.repeat(200_000)}${']'.repeat(200_000)}`,
		`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
		whole.replace('{', `{"x":${'['.repeat(65)}${']'.repeat(65)},`),
		whole.replace('{', `{${'"k":1,'.repeat(20_000)}`),
		whole.replace('{', '{"__proto__":{"tables":{}},"constructor":{"prototype":1},'),
		`"${'x'.repeat(2_000_000)}"`,
	];
}

describe('the worker of the page', () => {
	it('refuses hostile files or opens them, and works on afterwards', async () => {
		const wasm = new Uint8Array(await (await fetch(wasmUrl)).arrayBuffer());
		const drop = programById('drop')!;
		const { content } = contentFromDocument(JSON.parse(text), () => drop);
		const engine = await startSqlEngine(wasm);
		const sqlite = writeSqlite(content, drop, engine);
		const folder = writeFolder(content, drop);
		const zip = packZip(folder);
		const runner = new Runner(makeRunnerWorker, Promise.resolve(wasm));
		const whole = { name: 'd.json', bytes: encode(text) };
		const first = await runner.open({ kind: 'files', files: [whole] }, [], silent);
		if (!first.ok) throw new Error(first.issues[0].message);
		const { production, digest } = first.value;
		const expected = await runner.run({ config: production, baseline: null }, silent);

		const draw = makeDraw(9);
		const monsters = [
			...monstersOf(text).map((monster) => [{ name: 'm.json', bytes: encode(monster) }]),
			...SCHEMAS.map((script) => {
				const database = new engine.Database(sqlite);
				database.run(script);
				const bytes = new Uint8Array(database.export());
				database.close();
				return [{ name: 'm.sqlite', bytes }];
			}),
		];
		/** The files of mutant `i`, and whether rows other than the original's would be a wrong acceptance. */
		const mutantOf = (i: number): { files: SourceFile[]; isSealed: boolean } => {
			if (i < monsters.length) return { files: monsters[i], isSealed: false };
			if (i % 4 === 0) {
				const bytes = i % 8 === 0 ? mutateBytes(sqlite, draw) : mutatePages(sqlite, 4096, draw);
				return { files: [{ name: 'm.sqlite', bytes }], isSealed: true };
			}
			if (i % 4 === 1) return { files: [{ name: 'm.json', bytes: encode(mutateText(text, draw)) }], isSealed: false }; // prettier-ignore
			if (i % 4 === 2) return { files: [{ name: 'm.zip', bytes: mutateBytes(zip, draw) }], isSealed: true };
			const broken = [...folder.keys()][draw(folder.size)];
			const files = [...folder].map(([name, bytes]) => ({
				name,
				bytes: name === broken ? encode(mutateText(new TextDecoder().decode(bytes), draw)) : bytes,
			}));
			return { files, isSealed: false };
		};

		const faults: string[] = [];
		let [refused, opened, wrong, slowest] = [0, 0, 0, 0];
		for (let i = 0; i < MUTANTS; i++) {
			const { files, isSealed } = mutantOf(i);
			const start = performance.now();
			const answer = await runner.open({ kind: 'files', files }, [], silent);
			slowest = Math.max(slowest, performance.now() - start);
			if (answer.ok) {
				opened++;
				const isTold = answer.value.notices.some(({ code }) => code.startsWith('import.'));
				if (isSealed && !isTold && answer.value.digest !== digest) wrong++;
			} else {
				refused++;
				const { at, message, code } = answer.issues[0];
				if (!code.startsWith('import.') || at === '' || message.length > 2000)
					faults.push(`${at}: ${message} [${code}]`);
			}
		}
		console.log(`hostile files in the worker: ${MUTANTS} mutants: ${refused} refused, ${opened} opened, ${wrong} wrong acceptances, ${faults.length} faults (slowest ${Math.round(slowest)} ms)`); // prettier-ignore
		expect(faults.slice(0, 3)).toEqual([]);
		expect([wrong, slowest < 10_000]).toEqual([0, true]);

		// the file it began with gives the result it began with
		await runner.open({ kind: 'files', files: [whole] }, [], silent);
		const again = await runner.run({ config: production, baseline: null }, silent);
		expect(again.ok && again.value.report.outcomeHash).toBe(expected.ok && expected.value.report.outcomeHash);
		runner.close();
	}, 120_000);
});
