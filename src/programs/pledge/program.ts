import { listLevers } from '../levers.ts';
import { defineProgram } from '../program.ts';
import { answerPledgeCase } from './answer-case.ts';
import { exportPledgeConfig } from './export.ts';
import { generateHistory } from './generator/generate.ts';
import { generatorSchema } from './generator/options.ts';
import { pledgeConfigSchema } from './levers.ts';
import { openPledge } from './open.ts';
import { readPledgeConfig } from './read-config.ts';
import { arenaSchema } from './studies/arena.ts';
import { staircaseSchema } from './studies/staircase.ts';
import { pledgeTables } from './tables.ts';

/** Pledges: crowdmatching under monthly limits, and what happens when a crowd outgrows somebody’s limit. */
export const pledge = defineProgram({
	id: 'pledge',
	title: 'Pledges',
	summary: 'Crowdmatching under monthly limits: nine policies on the same history with the same luck',
	tablesVersion: 1,
	tables: pledgeTables,
	configSchema: pledgeConfigSchema,
	presets: [
		{
			id: 'gentle',
			title: 'Gentle',
			help: 'Set a pledge aside until it fits again, with one warning a month at most.',
			changes: [
				{ path: 'policy', value: 'over-budget' },
				{ path: 'warnRepeat', value: 'oncePerMonth' },
			],
		},
		{
			id: 'reason-to-give',
			title: 'A reason to give',
			help: 'Last in, first out, so that every notice can say why it was this pledge.',
			changes: [{ path: 'policy', value: 'drop-newest' }],
		},
		{
			id: 'promise-kept',
			title: 'Never more than the limit',
			help: 'The limit holds whatever the card fee.',
			changes: [{ path: 'feesWithinLimit', value: true }],
		},
	],
	studies: [
		{
			id: 'arena',
			title: 'Policy arena',
			help: 'All nine policies on the same history with the same luck, side by side.',
			options: listLevers(arenaSchema),
		},
		{
			id: 'staircase',
			title: 'Room to grow',
			help: 'How far each project can grow before the first loss, and how many the next newcomers would put over.',
			options: listLevers(staircaseSchema),
		},
	],
	generator: { options: listLevers(generatorSchema), generate: generateHistory },
	readConfig: readPledgeConfig,
	exportConfig: exportPledgeConfig,
	open: openPledge,
	answerCase: answerPledgeCase,
});
