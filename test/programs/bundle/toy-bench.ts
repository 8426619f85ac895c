import { z } from 'zod';
import { defineProgram, type OpenScenario } from '../../../src/programs/program.ts';
import { contentHashOf, makeBundle } from '../../../src/programs/bundle/make-bundle.ts';
import { checklist } from '../../../src/programs/bundle/checklist.ts';
import type { Bundle } from '../../../src/programs/bundle/bundle-schema.ts';
import type { Bench } from '../../../src/programs/bundle/verify-bundle.ts';
import { canonicalJson, sha256Hex } from '../../../src/programs/hash.ts';
import type { Config } from '../../../src/programs/levers.ts';
import type { Check, Report } from '../../../src/programs/report.ts';

const lights: readonly Check[] = [
	{ id: 'supply', title: 'Never over supply', state: 'fine', proof: 'counted', isGuardrail: true },
	{ id: 'ratio', title: 'Ratio kept', state: 'fine', proof: 'counted', isGuardrail: true },
	{ id: 'recommender', title: 'Recommender fresh', state: 'over', proof: '9 days', isGuardrail: false },
];

/** A report as the toy program gives it: the outcome is the configuration itself. */
export function toyReport(config: Config, checks: readonly Check[] = lights): Report {
	return {
		program: 'toy',
		config,
		seed: 7,
		outcomeHash: sha256Hex(`outcome ${canonicalJson(config)}`),
		metrics: [
			{ id: 'served', title: 'Served', unit: 'count', better: 'more', help: '', value: 12 },
			{ id: 'odd', title: 'Odd', unit: 'number', better: null, help: '', value: NaN },
		],
		groups: [],
		tables: [],
		series: [],
		participants: null,
		checks,
		notices: [],
	};
}

/** What bundles of the toy program are held against; `checks` are the lights of its runs. */
export function toyBench(checks: readonly Check[] = lights): Bench {
	const open: OpenScenario = {
		notices: [],
		subjects: [],
		run: (config) => toyReport(config, checks),
		explain: () => ({ sentence: '', factors: [], rows: [], changes: [], reasons: [] }),
		study: () => ({ metrics: [], tables: [], series: [], notices: [] }),
	};
	const program = defineProgram({
		id: 'toy',
		title: 'Toy',
		summary: '',
		tablesVersion: 1,
		tables: [],
		configSchema: z.looseObject({}),
		studies: [],
		generator: null,
		readConfig: (document) => ({ config: document as Config, notices: [] }),
		exportConfig: (config) => config,
		open: () => open,
		answerCase: () => null,
	});
	return { program, open, datasetHash: 'd'.repeat(64), engineVersion: '1.2.3' };
}

/** A bundle that everyone agreed to and that nothing is wrong with. */
export function goodBundle(
	config: Config = { seed: 7, ratio: 0.7 },
	checks: readonly Check[] = lights,
): Bundle {
	const { datasetHash, engineVersion } = toyBench();
	const content = { program: 'toy', configuration: config, datasetHash, engineVersion };
	const contentHash = contentHashOf(content);
	return makeBundle({
		report: toyReport(config, checks),
		scenario: { name: 'toy/one', now: '' },
		datasetHash,
		engineVersion,
		base: { seed: 7 },
		approvals: checklist.map(({ role }) => ({ role, name: 'Ana', at: '2026-03-17T15:00:00Z', contentHash })),
		override: null,
		document: null,
	});
}
