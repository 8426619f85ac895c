import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/cli/load-scenario.ts';
import { nodeEffects } from '../../src/cli/node-effects.ts';
import { configOfRow, titleOfRow, type HashRow } from './hash-row.ts';

const table = new URL('hashes.json', import.meta.url);
const rows = JSON.parse(readFileSync(table, 'utf8')) as HashRow[];

describe('the table of outcome hashes', () => {
	it('has every method, combination and supply mode, several seeds, and scenarios of every program', () => {
		const text = JSON.stringify(rows);
		const words = ['contract-first', 'immediate', 'greedy', 'optimal', 'best-customer', 'arithmetic', '"risk"', '"none"', 'skip-user', 'proportional', '"seed":4294967295']; // prettier-ignore
		expect(words.filter((word) => !text.includes(word))).toEqual([]);
		expect(new Set(rows.map(({ scenario }) => scenario.split('/')[0])).size).toBe(4);
		expect(new Set(rows.map(titleOfRow)).size).toBe(rows.length);
	});

	// a result that was meant to change: run this file with vitest's -u, and look at the diff
	it('holds in Node', async () => {
		const effects = { ...nodeEffects(), progress: () => undefined };
		const found: HashRow[] = [];
		for (const scenario of new Set(rows.map((row) => row.scenario))) {
			const { program, content, config } = await loadScenario(scenario, effects);
			const production = program.readConfig(config ?? {}).config;
			const open = program.open(content);
			for (const row of rows.filter((other) => other.scenario === scenario)) {
				found.push({ ...row, outcomeHash: open.run(configOfRow(production, row)).outcomeHash });
			}
		}
		await expect(`${JSON.stringify(found, null, '\t')}\n`).toMatchFileSnapshot('hashes.json');
	});
});
