import { describe, expect, it } from 'vitest';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { contentFromDocument } from '#data/read-json.ts';
import { startSqlEngine } from '#data/sql-engine.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { packZip } from '#data/zip.ts';
import { programById } from '#programs/registry.ts';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';
import text from '../data/vectors/drop-scenario.json?raw';
import { makeDraw, mutateBytes, mutatePages, mutateText } from './mutate.ts';

const encode = (part: string) => new TextEncoder().encode(part);
const silent = () => undefined;
const MUTANTS = 240;

describe('the worker of the page', () => {
	it('refuses hostile files or opens them, and works on afterwards', async () => {
		const wasm = new Uint8Array(await (await fetch(wasmUrl)).arrayBuffer());
		const drop = programById('drop')!;
		const { content } = contentFromDocument(JSON.parse(text), () => drop);
		const sqlite = writeSqlite(content, drop, await startSqlEngine(wasm));
		const zip = packZip(writeFolder(content, drop));
		const whole = { name: 'd.json', bytes: encode(text) };
		const runner = new Runner(makeRunnerWorker, Promise.resolve(wasm));
		const first = await runner.open({ kind: 'files', files: [whole] }, [], silent);
		if (!first.ok) throw new Error(first.issues[0].message);
		const { production } = first.value;
		const expected = await runner.run({ config: production, baseline: null }, silent);

		const draw = makeDraw(9);
		const faults: string[] = [];
		let [refused, opened, slowest] = [0, 0, 0];
		for (let i = 0; i < MUTANTS; i++) {
			const file =
				i % 3 === 0
					? {
							name: 'm.sqlite',
							bytes: i % 2 === 0 ? mutateBytes(sqlite, draw) : mutatePages(sqlite, 4096, draw),
						}
					: i % 3 === 1
						? { name: 'm.json', bytes: encode(mutateText(text, draw)) }
						: { name: 'm.zip', bytes: mutateBytes(zip, draw) };
			const start = performance.now();
			const answer = await runner.open({ kind: 'files', files: [file] }, [], silent);
			slowest = Math.max(slowest, performance.now() - start);
			if (answer.ok) opened++;
			else {
				refused++;
				const { at, message, code } = answer.issues[0];
				if (!code.startsWith('import.') || at === '' || message.length > 2000)
					faults.push(`${at}: ${message} [${code}]`);
			}
		}
		console.log(`hostile files in the worker: ${MUTANTS} mutants: ${refused} refused, ${opened} opened, ${faults.length} faults (slowest ${Math.round(slowest)} ms)`); // prettier-ignore
		expect(faults.slice(0, 3)).toEqual([]);

		// the file it began with gives the result it began with
		await runner.open({ kind: 'files', files: [whole] }, [], silent);
		const again = await runner.run({ config: production, baseline: null }, silent);
		expect(again.ok && again.value.report.outcomeHash).toBe(expected.ok && expected.value.report.outcomeHash);
		runner.close();
	}, 120_000);
});
