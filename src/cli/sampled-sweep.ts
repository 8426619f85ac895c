import { paretoFront } from '#engine/stats/pareto.ts';
import { found, inputError } from '#programs/input-error.ts';
import { valueAt, withValue, type Config } from '#programs/levers.ts';
import type { MetricSpec } from '#programs/report.ts';
import type { SweepAxis } from '#programs/sweep/axis.ts';
import { leverEffects, type LeverEffect } from '#programs/sweep/lever-effects.ts';
import { runPoint, type PointResult } from '#programs/sweep/run-point.ts';
import { sampledDesign, type SampledPoint } from '#programs/sweep/sampled-design.ts';
import { EXIT, hasOption, textOption, textOptions, type Exit, type Words } from './command.ts';
import type { Effects } from './effects.ts';
import { formatValue } from './format-value.ts';
import { jsonText } from './json-text.ts';
import { prepareRun, type PreparedRun } from './prepare-run.ts';
import { shownMetrics } from './shown-metrics.ts';
import { MOST_POINTS, readSampledAxis } from './sweep-axis.ts';
import { textTable } from './text-table.ts';

/** A sampled sweep, run: its points in the order of the design. */
interface SampledSweep {
	readonly axes: readonly SweepAxis[];
	readonly points: readonly SampledPoint[];
	readonly results: readonly PointResult[];
}

/** Runs `count` samples of a design over the axes, starting from the configuration prepared. */
function runSampled(
	{ scenario, open, config }: PreparedRun,
	axes: readonly SweepAxis[],
	count: number,
	onProgress: (done: number) => void,
): SampledSweep {
	const { program } = scenario;
	const start = axes.map(({ path }) => startOf(program.levers, config, path));
	const points = sampledDesign(axes, start, 0, count);
	const kept = new Map<string, PointResult>();
	const results = points.map(({ values }, i) => {
		onProgress(i / points.length);
		const key = JSON.stringify(values);
		const result = kept.get(key) ?? runPoint(program, open, axes.reduce((each, { path }, a) => withValue(each, path, values[a]), config)); // prettier-ignore
		kept.set(key, result);
		return result;
	});
	return { axes, points, results };
}

function startOf(
	levers: PreparedRun['scenario']['program']['levers'],
	config: Config,
	path: string,
): unknown {
	const own = valueAt(config, path);
	if (own !== undefined) return own;
	const pattern = path.split('.');
	const spec = levers.find((lever) => {
		const parts = lever.path.split('.');
		return parts.length === pattern.length && parts.every((part, i) => part === '*' || part === pattern[i]);
	});
	return spec?.fallback === undefined ? spec?.default : valueAt(config, spec.fallback);
}

/** The effect of each lever on a metric, strongest first. */
function effectsOn({ axes, points, results }: SampledSweep, id: string): LeverEffect[] {
	return leverEffects(
		points,
		Float64Array.from(results, ({ values }) => values[id] ?? NaN),
		axes.length,
	);
}

/** Marks the points that no other beats in both goals, of those that keep the guardrails. */
export function bestTradeOffs(
	points: readonly { readonly values: PointResult['values']; readonly isKept: boolean }[],
	goals: readonly [MetricSpec, MetricSpec],
): Uint8Array {
	const [x, y] = goals.map(({ id }) => Float64Array.from(points, ({ values, isKept }) => (isKept ? (values[id] ?? NaN) : NaN))); // prettier-ignore
	return paretoFront(x, y, [goals[0].better !== 'less', goals[1].better !== 'less']);
}

/** Reads `--pareto A,B`; throws `InputError`. */
export function readGoals(text: string, metrics: readonly MetricSpec[]): readonly [MetricSpec, MetricSpec] {
	const goals = text.split(',').map((id) => {
		const metric = metrics.find((each) => each.id === id);
		if (metric) return metric;
		throw inputError('--pareto', `unknown metric: ${found(id)}; must be two of ${metrics.map((each) => each.id).join(', ')}`, 'cli.option'); // prettier-ignore
	});
	if (goals.length === 2) return [goals[0], goals[1]];
	throw inputError('--pareto', `invalid goals: ${found(text)}; must be two metrics, such as users.served,forecast.revenue`, 'cli.option'); // prettier-ignore
}

/** Effects of a sampled sweep as a table for people; flat levers last, and called so. */
function effectsText({ axes }: SampledSweep, effects: readonly LeverEffect[], metric: MetricSpec): string {
	const cells = (read: (effect: LeverEffect) => string) => effects.map(read);
	return textTable([
		{ title: `lever, by its effect on ${metric.title}`, cells: cells(({ lever }) => axes[lever].path), isNumber: false },
		{ title: 'swing', cells: cells(({ swing, isFlat }) => (isFlat ? 'no effect' : formatValue(swing, metric.unit))), isNumber: true },
		{ title: 'mean change at', cells: cells(({ lever, levels }) => levels.map(({ mean }, l) => `${String(axes[lever].levels[l])}: ${formatValue(mean, metric.unit)}`).join(', ')), isNumber: false },
	]); // prettier-ignore
}

/** `dropbench sweep --sample N`: which of many levers matter, and the best trade-offs of two numbers. */
export async function sampledSweep(name: string, words: Words, effects: Effects): Promise<Exit> {
	const text = textOption(words, 'sample') ?? '';
	const count = Number(text);
	if (!/^\d{1,5}$/.test(text) || count < 1)
		throw inputError(
			'--sample',
			`invalid count: ${found(text)}; must be a whole number from 1`,
			'cli.option',
		);
	const prepared = await prepareRun(name, words, effects);
	const { levers } = prepared.scenario.program;
	const axes = textOptions(words, 'over').map((axis) => readSampledAxis(axis, levers));
	const runCount = count * (1 + axes.reduce((sum, { levels }) => sum + levels.length, 0));
	if (runCount > MOST_POINTS)
		throw inputError('--sample', `${runCount} points; must be at most ${MOST_POINTS}`, 'cli.option');

	const known = prepared.open.run(prepared.config).metrics;
	const metrics = shownMetrics({ metrics: known }, textOptions(words, 'metric'));
	const pareto = textOption(words, 'pareto');
	const goals = pareto === undefined ? null : readGoals(pareto, known);
	const sweep = runSampled(prepared, axes, count, (done) => effects.progress('sweep', done));
	const isFront = goals && bestTradeOffs(sweep.results.map(({ values, broken }) => ({ values, isKept: broken.length === 0 })), goals); // prettier-ignore

	if (hasOption(words, 'json')) {
		for (const [i, { sample, values }] of sweep.points.entries()) {
			const { values: numbers, broken, refused } = sweep.results[i];
			const settings = Object.fromEntries(axes.map(({ path }, a) => [path, values[a]]));
			const shown = Object.fromEntries(metrics.map(({ id }) => [id, numbers[id] ?? null]));
			await effects.write(
				jsonText({
					sample,
					settings,
					metrics: shown,
					isKept: broken.length === 0 && refused === '',
					...(refused === '' ? {} : { refused }),
					...(isFront === null ? {} : { isBestTradeOff: isFront[i] === 1 }),
				}),
			);
		}
		const effectsById = metrics.map(({ id }) => [
			id,
			effectsOn(sweep, id).map(({ lever, swing, isFlat }) => ({ path: axes[lever].path, swing, isFlat })),
		]);
		await effects.write(jsonText({ effects: Object.fromEntries(effectsById) as unknown }));
		return EXIT.done;
	}
	await effects.write(effectsText(sweep, effectsOn(sweep, metrics[0].id), metrics[0]));
	const refusedCount = sweep.results.filter(({ refused }) => refused !== '').length;
	if (refusedCount > 0)
		await effects.write(`${refusedCount} of ${sweep.points.length} points are refused; --json says why\n`);
	if (goals && isFront) {
		// a setting met twice is one trade-off
		const front = [...new Map(sweep.points.flatMap((point, i) => (isFront[i] ? [[JSON.stringify(point.values), i] as const] : []))).values()]; // prettier-ignore
		await effects.write('\nbest trade-offs\n');
		await effects.write(
			textTable([
				...axes.map(({ path }, a) => ({ title: path, cells: front.map((i) => String(sweep.points[i].values[a])), isNumber: true })), // prettier-ignore
				...goals.map(({ id, title, unit }) => ({ title, cells: front.map((i) => formatValue(sweep.results[i].values[id] ?? null, unit)), isNumber: true })), // prettier-ignore
			]),
		);
	}
	return EXIT.done;
}
