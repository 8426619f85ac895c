import { z } from 'zod';
import { pairedDifference } from '#engine/stats/interval.ts';
import { WEIGHT_EDGES } from '#engine/stats/off-policy.ts';
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
import { playSeeds } from './monte-carlo.ts';

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
			...changed.metrics,
			metric('backtest.brier', 'Brier score', 'number', 'Mean squared error of the forecast chances.', scored.brier),
			metric('backtest.logLoss', 'Log loss', 'number', 'Mean surprise of the forecast.', scored.logLoss),
			metric('backtest.auc', 'AUC of affinity', 'number', 'Chance that a selected assignment had the greater affinity.', scored.affinityAuc),
			metric('policy.rows', 'Random growth picks', 'count', 'Picks with a known chance that the estimates rest on.', policy.count),
			metric('policy.effectiveSize', 'Effective sample size', 'number', 'Rows that the weighted log is worth.', policy.effectiveSize),
			metric('policy.meanWeight', 'Mean weight', 'number', 'Must be near 1.', policy.meanWeight),
			metric('policy.largestWeight', 'Largest weight', 'number', 'The most that one row counts.', policy.largestWeight),
		],
		tables: [
			changed.table,
			...scored.tables,
			...(past.differences.length > 0 ? [differenceTable(past)] : []),
			weightTable(policy),
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

/** Draws of users' luck behind the interval of a difference. */
const COUNTERFACTUAL_SEEDS = 200;
const LEVEL = 0.9;

interface Counterfactual {
	readonly metrics: readonly Metric[];
	readonly table: ReportTable;
}

/**
 * What the configuration would have changed at the Drop's own time, on its own luck. Counts are exact; what users
 * would have done is expected, and the interval is that of the mean difference over paired draws. Sponsored
 * assignments were not random, so all of it rests on the choice model.
 */
function counterfactual(past: Reproduction, config: DropConfig, cache: StageCache): Counterfactual {
	const { run, outcome } = past;
	const other = simulate(run.dataset, run.asOf.time, { ...config, seed: run.config.seed }, cache);
	const { weights } = fitChoice(run);
	const [was, is] = [
		{ run, outcome },
		{ run: other, outcome: gatherOutcome(other) },
	].map((side) => {
		const expected = forecast(side.run, side.outcome, weights);
		let [selections, conversions, revenue] = [0, 0, 0];
		for (let a = 0; a < side.outcome.user.length; a++) {
			selections += expected.selection[a];
			conversions += expected.conversion[a];
			revenue += expected.conversion[a] * run.dataset.contracts.priceCents[side.outcome.contract[a]];
		}
		const served = side.outcome.cities.reduce((sum, city) => sum + city.served, 0);
		const draws = playSeeds(side.run, side.outcome, expected, run.config.seed, COUNTERFACTUAL_SEEDS);
		return { served, assignments: side.outcome.user.length, selections, conversions, revenue, draws };
	});
	const rows = [
		{ id: 'served', title: 'Users served', unit: 'count', help: 'Against the reproduced Drop.', draws: null },
		{ id: 'assignments', title: 'Assignments', unit: 'count', help: 'Against the reproduced Drop.', draws: null },
		{ id: 'selections', title: 'Expected selections', unit: 'count', help: 'Model-based.', draws: 'selections' },
		{ id: 'conversions', title: 'Expected conversions', unit: 'count', help: 'Model-based.', draws: 'conversions' },
		{ id: 'revenue', title: 'Expected revenue', unit: 'cents', help: 'Model-based.', draws: 'revenueCents' },
	] as const;
	const changes = rows.map(({ id, draws }) => {
		const interval = draws === null ? null : pairedDifference(was.draws[draws], is.draws[draws], LEVEL);
		return { was: was[id], is: is[id], low: interval?.low ?? NaN, high: interval?.high ?? NaN };
	});
	const units = rows.map(({ unit }) => unit);
	const column = (id: string, title: string, read: (change: (typeof changes)[number]) => number) => ({
		id, title, unit: 'number' as const, units, values: Float64Array.from(changes, read),
	});
	return {
		metrics: rows.map(({ id, title, unit, help }, i) =>
			metric(`counterfactual.${id}`, `${title}, change`, unit, help, changes[i].is - changes[i].was),
		),
		table: {
			id: 'counterfactual',
			title: 'What this configuration would have changed: model-based',
			columns: [
				{ id: 'metric', title: 'Metric', unit: 'text', values: rows.map(({ title }) => title) },
				column('was', 'Reproduced', ({ was }) => was),
				column('is', 'This configuration', ({ is }) => is),
				{ ...column('change', 'Change', ({ was, is }) => is - was), isChange: true },
				{ ...column('low', '90% from', ({ low }) => low), isChange: true },
				{ ...column('high', '90% to', ({ high }) => high), isChange: true },
			],
		},
	};
} // prettier-ignore

/** Rows of the log by their weight: how much the estimates rest on few of them. */
function weightTable({ weightCounts }: ReturnType<typeof offPolicy>): ReportTable {
	const last = WEIGHT_EDGES.length - 1;
	const labels = Array.from(weightCounts, (_, i) =>
		i === 0 ? '0' : i > last ? `over ${WEIGHT_EDGES[last]}` : `to ${WEIGHT_EDGES[i]}`,
	);
	return {
		id: 'policy.weights',
		title: 'Random growth picks by weight',
		columns: [
			{ id: 'weight', title: 'Weight', unit: 'text', values: labels },
			{ id: 'count', title: 'Picks', unit: 'count', values: weightCounts },
		],
	};
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
