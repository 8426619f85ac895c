import { z } from 'zod';
import { lever } from '../../levers.ts';
import type { OnStage, StudyResult } from '../../program.ts';
import type { Metric, ReportTable, Unit } from '../../report.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { gatherOutcome } from '../outcome.ts';
import { backtest } from '../replay/backtest.ts';
import { offPolicy } from '../replay/off-policy.ts';
import { findDrop, reproduce, type Reproduction } from '../replay/past-drop.ts';
import { fitChoice } from '../season/history-rates.ts';
import { simulate } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';
import { forecast } from '../stages/forecast.ts';

export const replayOptions = z.looseObject({
	drop: lever(z.string().default(''), {
		title: 'Past Drop',
		help: 'Id of the Drop to replay; the newest completed one when empty.',
		unit: 'none',
	}),
});

/**
 * Replays one past Drop (spec section 11): reproduced from its own time, configuration and seed; what the given
 * configuration would have changed; its forecast scored on what happened; and off-policy estimates. Nothing
 * counterfactual is computed before the reproduction.
 */
export function replayStudy(
	dataset: DropDataset,
	config: DropConfig,
	options: z.infer<typeof replayOptions>,
	cache: StageCache,
	onStage: OnStage = () => {},
): StudyResult {
	const d = options.drop === '' ? newestCompleted(dataset) : findDrop(dataset, options.drop);
	onStage('reproduce', 0);
	const past = reproduce(dataset, d, cache);
	onStage('counterfactual', 0.3);
	const changed = counterfactual(past, config, cache);
	onStage('backtest', 0.6);
	const scored = backtest(past);
	onStage('off-policy', 0.8);
	const policy = offPolicy(past, config, cache);
	const isRefused = policy.verdict === 'refuse';
	return {
		metrics: [
			metric('replay.reproduced', 'Reproduced', 'ratio', 'Share of the assignments that log and re-run have in common.', past.union > 0 ? past.reproduced / past.union : null),
			metric('replay.assignments', 'Logged assignments', 'count', 'Assignments the Drop logged.', past.logged.length),
			...changed,
			metric('backtest.brier', 'Brier score', 'number', 'Mean squared error of the forecast chances.', scored.brier),
			metric('backtest.logLoss', 'Log loss', 'number', 'Mean surprise of the forecast.', scored.logLoss),
			metric('backtest.auc', 'AUC of affinity', 'number', 'Chance that a selected assignment had the greater affinity.', scored.affinityAuc),
			metric('policy.rows', 'Random growth picks', 'count', 'Picks with a known chance that the estimates rest on.', policy.count),
			metric('policy.effectiveSize', 'Effective sample size', 'number', 'Rows that the weighted log is worth.', policy.effectiveSize),
			metric('policy.meanWeight', 'Mean weight', 'number', 'Must be near 1.', policy.meanWeight),
			metric('policy.largestWeight', 'Largest weight', 'number', 'The most that one row counts.', policy.largestWeight),
		],
		tables: [
			...scored.tables,
			differenceTable(past),
			...(isRefused ? [] : [estimateTable(policy)]),
		],
		series: [],
		notices: [
			{ code: 'replay.model-based', message: 'sponsored assignments are not random: what another configuration would have earned is model-based' },
			...policy.doubts.map((doubt) => ({ code: `policy.${doubt.code}`, message: doubt.message })),
		],
	};
} // prettier-ignore

function newestCompleted(dataset: DropDataset): number {
	let newest = -1;
	dataset.drops.forEach((drop, d) => {
		if (drop.status === 'completed' && (newest < 0 || drop.scheduledAt > dataset.drops[newest].scheduledAt))
			newest = d;
	});
	return newest >= 0 ? newest : findDrop(dataset, '');
}

function metric(id: string, title: string, unit: Unit, help: string, value: number | null): Metric {
	return {
		id,
		title,
		unit,
		better: null,
		help,
		value: value !== null && Number.isFinite(value) ? value : null,
	};
}

/** What the configuration would have changed at the Drop's own time, on its own luck. */
function counterfactual(past: Reproduction, config: DropConfig, cache: StageCache): Metric[] {
	const { run, outcome } = past;
	const other = simulate(run.dataset, run.asOf.time, { ...config, seed: run.config.seed }, cache);
	const otherOutcome = gatherOutcome(other);
	const { weights } = fitChoice(run);
	const totals = [
		{ run, outcome },
		{ run: other, outcome: otherOutcome },
	].map((side) => {
		const expected = forecast(side.run, side.outcome, weights);
		let [selections, conversions, revenue] = [0, 0, 0];
		for (let a = 0; a < side.outcome.user.length; a++) {
			selections += expected.selection[a];
			conversions += expected.conversion[a];
			revenue += expected.conversion[a] * run.dataset.contracts.priceCents[side.outcome.contract[a]];
		}
		const served = side.outcome.cities.reduce((sum, city) => sum + city.served, 0);
		return { served, assignments: side.outcome.user.length, selections, conversions, revenue };
	});
	const difference = (key: keyof (typeof totals)[number]) => totals[1][key] - totals[0][key];
	return [
		metric(
			'counterfactual.served',
			'Users served, change',
			'count',
			'Against the reproduced Drop.',
			difference('served'),
		),
		metric(
			'counterfactual.assignments',
			'Assignments, change',
			'count',
			'Against the reproduced Drop.',
			difference('assignments'),
		),
		metric(
			'counterfactual.selections',
			'Expected selections, change',
			'count',
			'Model-based.',
			difference('selections'),
		),
		metric(
			'counterfactual.conversions',
			'Expected conversions, change',
			'count',
			'Model-based.',
			difference('conversions'),
		),
		metric(
			'counterfactual.revenue',
			'Expected revenue, change',
			'cents',
			'Model-based.',
			difference('revenue'),
		),
	];
}

function differenceTable(past: Reproduction): ReportTable {
	const { differences } = past;
	return {
		id: 'differences',
		title: `The first ${differences.length} differences between log and re-run`,
		columns: [
			{ id: 'user', title: 'User', unit: 'id', values: differences.map((row) => row.user) },
			{ id: 'contract', title: 'Contract', unit: 'id', values: differences.map((row) => row.contract) },
			{ id: 'was', title: 'Difference', unit: 'text', values: differences.map((row) => row.was) },
			{ id: 'why', title: 'In the re-run', unit: 'text', values: differences.map((row) => row.why) },
		],
	};
}

function estimateTable(policy: ReturnType<typeof offPolicy>): ReportTable {
	const rows = [
		['Logged', policy.logged],
		['IPS', policy.ips],
		['Self-normalised IPS', policy.snips],
		...(policy.doublyRobust === null ? [] : [['Doubly robust', policy.doublyRobust] as const]),
	] as const;
	const column = (read: (estimate: (typeof rows)[number][1]) => number) =>
		Float64Array.from(rows, (row) => read(row[1]));
	return {
		id: 'off-policy',
		title: 'Share of growth picks selected: logged, and estimated for this configuration',
		columns: [
			{ id: 'estimator', title: 'Estimator', unit: 'text', values: rows.map((row) => row[0]) },
			{ id: 'value', title: 'Estimate', unit: 'ratio', values: column((estimate) => estimate.value) },
			{
				id: 'error',
				title: 'Standard error',
				unit: 'number',
				values: column((estimate) => estimate.standardError),
			},
			{ id: 'low', title: 'Low', unit: 'ratio', values: column((estimate) => estimate.low) },
			{ id: 'high', title: 'High', unit: 'ratio', values: column((estimate) => estimate.high) },
		],
	};
}
