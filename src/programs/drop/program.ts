import { listLevers } from '../levers.ts';
import { defineProgram, type OpenScenario } from '../program.ts';
import type { ScenarioContent } from '../tables.ts';
import { answerCase } from './answer-case.ts';
import { generateMarketplace } from './generator/generate.ts';
import { generatorSchema } from './generator/options.ts';
import { dropConfigSchema } from './levers.ts';
import { openDrop } from './open.ts';
import { dropOperations } from './operations/pack.ts';
import { dropQueries } from './queries.ts';
import { openDropPart } from './parts/cut-scenario.ts';
import { readDropConfig } from './read-config.ts';
import { rolloverRows } from './rollover-rows.ts';
import { dropStudies } from './studies/run-study.ts';
import { dropTables } from './tables.ts';

/** The Drop: weekly scoring, two-sided matching and supply budgets. */
export const drop = defineProgram({
	id: 'drop',
	title: 'Drop',
	summary: 'Weekly rewards: scoring, two-sided matching and supply budgets',
	tablesVersion: 1,
	tables: dropTables,
	configSchema: dropConfigSchema,
	presets: [
		{
			id: 'growth-push',
			title: 'Growth push',
			help: 'Leave more room for growth rewards, also for users without a sponsored one.',
			changes: [
				{ path: 'sponsorship.ratio', value: 0.5 },
				{ path: 'cities.*.sponsorshipRatio', value: 0.5 },
				{ path: 'growth.requiresSponsored', value: false },
			],
		},
		{
			id: 'revenue-push',
			title: 'Revenue push',
			help: 'Keep more of each price and hand out more of the sponsored supply.',
			changes: [
				{ path: 'sponsorship.ratio', value: 0.85 },
				{ path: 'cities.*.sponsorshipRatio', value: 0.85 },
				{ path: 'supply.target', value: 0.9 },
				{ path: 'pricing.takeRate', value: 0.3 },
			],
		},
		{
			id: 'cautious-supply',
			title: 'Cautious supply',
			help: 'Hold the chance of going over to 1 in 50 and pace supply over the period.',
			changes: [
				{ path: 'supply.mode', value: 'risk' },
				{ path: 'supply.risk', value: 0.02 },
				{ path: 'supply.pacing', value: 'even' },
			],
		},
	],
	checklistWords: {
		sales: { help: 'Brands get what their contracts promise.' },
		growth: { help: 'Users who lose or gain something were looked at.' },
		marketplace: { help: 'Ratios, supply and money are as intended.' },
		'test-drop': { title: 'Test Drop run' },
	},
	queries: dropQueries,
	rounds: { noun: ['Drop', 'Drops'], study: 'past-drops', rollOver: rolloverRows },
	studies: dropStudies,
	ledger: { forecast: 'export-forecast', score: 'ledger', health: 'health' },
	operations: dropOperations,
	generator: { options: listLevers(generatorSchema), generate: generateMarketplace },
	readConfig: readDropConfig,
	exportConfig: (config) => config,
	open: (content: ScenarioContent): OpenScenario => openDrop(content),
	openPart: openDropPart,
	answerCase,
});
