import { inputError } from '#programs/input-error.ts';
import { valueAt } from '#programs/levers.ts';
import { applySettings } from '../apply-settings.ts';
import { EXIT, hasOption, textOption, textOptions, type Command, type Exit } from '../command.ts';
import { DISTRIBUTED_OPTIONS, readDistribution } from '../distributed/distributed-options.ts';
import { sweepElsewhere } from '../distributed/sweep-elsewhere.ts';
import { formatValue } from '../format-value.ts';
import { jsonText } from '../json-text.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';
import type { RunSummary } from '../run-summary.ts';
import { bestTradeOffs, readGoals, sampledSweep } from '../sampled-sweep.ts';
import { shownMetrics } from '../shown-metrics.ts';
import { readSweepAxis, sweepPoints } from '../sweep-axis.ts';
import { textTable } from '../text-table.ts';
import { sweepHere } from '../threads/compute-here.ts';
import { readWorkers, WORKERS_OPTION } from '../threads/workers-option.ts';

/** One point of a sweep: the values set, and what came of them. */
interface SweptPoint {
	/** among all points */
	readonly place: number;
	readonly values: readonly string[];
	readonly summary: RunSummary;
}

/** `dropbench sweep`: a run for each value of a lever, or for each pair of values of two. */
export const sweepCommand: Command = {
	name: 'sweep',
	usage:
		'SCENARIO --over path=a,b,c [--over path=low..high/steps]… [--sample N] [--pareto ID,ID] [--metric ID]… [--json] [--workers N] [--redis URL [--data DIR] [--resume]]',
	summary: 'run a scenario for many values of one lever or several',
	details: `Every combination of the values runs once, the last --over turning fastest. A row shows the values, the headline
numbers (or those of --metric, which --json names) and whether every guardrail was kept. With --json a line per point is
written as soon as it is known. --pareto marks the points that no other beats in both of two numbers; their lines come at
the end. With --sample the levers of --over are sampled instead (path alone, or path=low..high, or path=a,b): the first of
the N samples is the configuration itself, and in each of them every lever moves to its ends. It says which lever
matters most for the first --metric; --json ends with a line of all effects. A point the program refuses says why. With --workers points are
computed side by side in threads, or the cities of each where the scenario is large. With --redis every point is a job for the workers of a queue; a point that fails there is
told on standard error, and the others stand.`,
	options: [
		{
			name: 'over',
			type: 'string',
			multiple: true,
			value: 'PATH=VALUES',
			help: 'a,b,c or low..high/steps; may be repeated',
		},
		{
			name: 'sample',
			type: 'string',
			value: 'N',
			help: 'sample the levers N times, and say which of them matter',
		},
		{
			name: 'pareto',
			type: 'string',
			value: 'ID,ID',
			help: 'mark the best trade-offs of two numbers',
		},
		{
			name: 'metric',
			type: 'string',
			multiple: true,
			value: 'ID',
			help: 'show this number; may be repeated',
		},
		...CONFIG_OPTIONS,
		{ name: 'json', type: 'boolean', help: 'print a line of JSON per point' },
		WORKERS_OPTION,
		...DISTRIBUTED_OPTIONS,
	],
	most: 1,
	async run(words, effects) {
		const [name] = words.positionals;
		if (name === undefined)
			throw inputError('dropbench sweep', 'missing scenario; see dropbench help sweep', 'cli.word');
		const over = textOptions(words, 'over');
		if (over.length === 0)
			throw inputError('--over', 'missing lever; such as --over seed=1,2,3', 'cli.option');
		const workers = readWorkers(words);
		const distribution = readDistribution(words, effects);
		if (textOption(words, 'sample') !== undefined) {
			if (distribution !== null) throw inputError('--redis', 'does not go with --sample: a design is computed here; leave one of them away', 'cli.option'); // prettier-ignore
			if (workers > 1) throw inputError('--workers', 'does not go with --sample: a design is computed in one thread; leave one of them away', 'cli.option'); // prettier-ignore
			return sampledSweep(name, words, effects);
		}
		const axes = over.map(readSweepAxis);
		const points = sweepPoints(axes);
		const prepared = await prepareRun(name, words, effects);
		const { scenario, config } = prepared;
		// every point is read before the first one runs
		const configs = points.map((values) => {
			const settings = axes.map(({ path }, a) => `${path}=${values[a]}`);
			const turned = applySettings(config, settings, scenario.program.levers, '--over');
			return scenario.program.readConfig(turned).config;
		});

		const wanted = textOptions(words, 'metric');
		const isJson = hasOption(words, 'json');
		const pareto = textOption(words, 'pareto');
		const swept: SweptPoint[] = [];
		const lineOf = (i: number, { metrics, isKept, outcomeHash }: RunSummary) => {
			const settings = Object.fromEntries(axes.map(({ path }) => [path, valueAt(configs[i], path)]));
			const numbers = Object.fromEntries(
				shownMetrics({ metrics }, wanted).map(({ id, value }) => [id, value]),
			);
			return { settings, metrics: numbers, isKept, outcomeHash };
		};
		const take = async (i: number, summary: RunSummary) => {
			shownMetrics(summary, wanted);
			if (isJson && pareto === undefined) await effects.write(jsonText(lineOf(i, summary)));
			else swept.push({ place: i, values: points[i], summary });
		};
		let end: Exit = EXIT.done;
		if (distribution === null) await sweepHere(prepared, configs, take, workers, effects);
		else end = await sweepElsewhere(prepared, configs, take, distribution, effects);
		if (swept.length === 0) return end;
		const goals = pareto === undefined ? null : readGoals(pareto, swept[0].summary.metrics);
		const isBest = goals && bestTradeOffs(swept.map(({ summary }) => ({ isKept: summary.isKept, values: Object.fromEntries(summary.metrics.map(({ id, value }) => [id, value])) })), goals); // prettier-ignore
		if (isJson) {
			for (const [s, { place, summary }] of swept.entries())
				await effects.write(jsonText({ ...lineOf(place, summary), isBestTradeOff: isBest?.[s] === 1 }));
		} else await effects.write(sweepText(axes.map(({ path }) => path), swept, wanted, isBest)); // prettier-ignore
		return end;
	},
};

function sweepText(
	paths: readonly string[],
	swept: readonly SweptPoint[],
	wanted: readonly string[],
	isBest: Uint8Array | null,
): string {
	const metrics = swept.map(({ summary }) => shownMetrics(summary, wanted));
	return textTable([
		...paths.map((path, a) => ({ title: path, cells: swept.map(({ values }) => values[a]), isNumber: true })),
		...metrics[0].map(({ title, unit }, m) => ({
			title,
			cells: metrics.map((row) => formatValue(row[m].value, unit)),
			isNumber: true,
		})),
		{
			title: 'guardrails',
			cells: swept.map(({ summary }) => (summary.isKept ? 'kept' : 'broken')),
			isNumber: false,
		},
		...(isBest === null
			? []
			: [{ title: 'best trade-off', cells: swept.map((_, i) => (isBest[i] ? 'yes' : '')), isNumber: false }]),
	]);
}
