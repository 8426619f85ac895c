import { defineProgram, type OpenScenario } from '../program.ts';
import type { ScenarioContent } from '../tables.ts';
import { answerCase } from './answer-case.ts';
import { dropConfigSchema } from './levers.ts';
import { openDrop } from './open.ts';
import { readDropConfig } from './read-config.ts';
import { dropTables } from './tables.ts';

/** The Drop: weekly scoring, two-sided matching and supply budgets. */
export const drop = defineProgram({
	id: 'drop',
	title: 'Drop',
	summary: 'Weekly rewards: scoring, two-sided matching and supply budgets',
	tablesVersion: 1,
	tables: dropTables,
	configSchema: dropConfigSchema,
	studies: [],
	generator: null,
	readConfig: readDropConfig,
	exportConfig: (config) => config,
	open: (content: ScenarioContent): OpenScenario => openDrop(content),
	answerCase,
});
