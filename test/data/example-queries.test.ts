import { beforeAll, describe, expect, it } from 'vitest';
import { queryScenario } from '#data/sql-console.ts';
import type { SqlEngine } from '#data/sql-engine.ts';
import { withResultTables } from '#data/write-result-tables.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { loadScenario } from '../../src/cli/load-scenario.ts';
import { nodeEffects } from '../../src/cli/node-effects.ts';
import { startEngine } from './engine.ts';

let engine: SqlEngine;
beforeAll(async () => {
	engine = await startEngine();
});

describe('the example queries of the SQL console', () => {
	it.each([
		['drop/two-cities', 10],
		['referral/rev-share-race', 4],
	])('run on %s, at least %i of them, and give rows', async (scenario, atLeast) => {
		const effects = { ...nodeEffects(), progress: () => undefined };
		const { program, content, config } = await loadScenario(scenario, effects);
		const report = program.open(content).run(program.readConfig(config ?? {}).config);
		const bytes = withResultTables(writeSqlite(content, program, engine), report, engine);
		const queries = program.queries ?? [];
		expect(queries.length).toBeGreaterThanOrEqual(atLeast);
		const answers = queries.map(({ title, sql }) => ({ title, ...queryScenario(bytes, sql, engine) }));
		expect(answers.filter(({ columns }) => columns.length === 0).map(({ title }) => title)).toEqual([]);
		expect(answers.filter(({ rows }) => rows.length > 0).length).toBeGreaterThan(queries.length / 2);
	});
});
