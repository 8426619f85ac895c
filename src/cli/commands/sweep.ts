import { found, inputError } from '#programs/input-error.ts';
import { valueAt } from '#programs/levers.ts';
import { applySettings } from '../apply-settings.ts';
import { EXIT, hasOption, textOptions, type Command, type Exit } from '../command.ts';
import { DISTRIBUTED_OPTIONS, readDistribution } from '../distributed/distributed-options.ts';
import { sweepElsewhere } from '../distributed/sweep-elsewhere.ts';
import { formatValue } from '../format-value.ts';
import { jsonText } from '../json-text.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';
import { summaryOf, type RunSummary } from '../run-summary.ts';
import { readSweepAxis, sweepPoints } from '../sweep-axis.ts';
import { textTable } from '../text-table.ts';

/** One point of a sweep: the values set, and what came of them. */
interface SweptPoint {
	readonly values: readonly string[];
	readonly summary: RunSummary;
}

/** `dropbench sweep`: a run for each value of a lever, or for each pair of values of two. */
export const sweepCommand: Command = {
	name: 'sweep',
	usage:
		'SCENARIO --over path=a,b,c [--over path=low..high/steps]… [--metric ID]… [--json] [--redis URL [--data DIR] [--resume]]',
	summary: 'run a scenario for many values of one lever or several',
	details: `Every combination of the values runs once, the last --over turning fastest. A row shows the values, the headline
numbers (or those of --metric, which --json names) and whether every guardrail was kept. With --json a line per point is
written as soon as it is known. With --redis every point is a job for the workers of a queue; a point that fails there is
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
			name: 'metric',
			type: 'string',
			multiple: true,
			value: 'ID',
			help: 'show this number; may be repeated',
		},
		...CONFIG_OPTIONS,
		{ name: 'json', type: 'boolean', help: 'print a line of JSON per point' },
		...DISTRIBUTED_OPTIONS,
	],
	most: 1,
	async run(words, effects) {
		const [name] = words.positionals;
		if (name === undefined)
			throw inputError('dropbench sweep', 'missing scenario; see dropbench help sweep', 'cli.word');
		const axes = textOptions(words, 'over').map(readSweepAxis);
		if (axes.length === 0)
			throw inputError('--over', 'missing lever; such as --over seed=1,2,3', 'cli.option');
		const points = sweepPoints(axes);
		const distribution = readDistribution(words, effects);
		const prepared = await prepareRun(name, words, effects);
		const { scenario, open, config } = prepared;
		// every point is read before the first one runs
		const configs = points.map((values) => {
			const settings = axes.map(({ path }, a) => `${path}=${values[a]}`);
			const turned = applySettings(config, settings, scenario.program.levers, '--over');
			return scenario.program.readConfig(turned).config;
		});

		const wanted = textOptions(words, 'metric');
		const isJson = hasOption(words, 'json');
		const swept: SweptPoint[] = [];
		const take = async (i: number, summary: RunSummary) => {
			const metrics = shownMetrics(summary, wanted);
			if (!isJson) return void swept.push({ values: points[i], summary });
			const settings = Object.fromEntries(axes.map(({ path }) => [path, valueAt(configs[i], path)]));
			const numbers = Object.fromEntries(metrics.map(({ id, value }) => [id, value]));
			const { isKept, outcomeHash } = summary;
			await effects.write(jsonText({ settings, metrics: numbers, isKept, outcomeHash }));
		};
		let end: Exit = EXIT.done;
		if (distribution === null) {
			for (let i = 0; i < points.length; i++) {
				effects.progress('sweep', i / points.length);
				await take(i, summaryOf(open.run(configs[i])));
			}
		} else end = await sweepElsewhere(prepared, configs, take, distribution, effects);
		if (!isJson && swept.length > 0) await effects.write(sweepText(axes.map(({ path }) => path), swept, wanted)); // prettier-ignore
		return end;
	},
};

function shownMetrics(report: RunSummary, wanted: readonly string[]) {
	if (wanted.length === 0) {
		const headline = report.metrics.filter(({ isHeadline }) => isHeadline);
		return headline.length > 0 ? headline : report.metrics;
	}
	return wanted.map((id) => {
		const metric = report.metrics.find((candidate) => candidate.id === id);
		if (metric) return metric;
		const known = report.metrics.map((candidate) => candidate.id).join(', ');
		throw inputError('--metric', `unknown metric: ${found(id)}; must be one of ${known}`, 'cli.option');
	});
}

function sweepText(
	paths: readonly string[],
	swept: readonly SweptPoint[],
	wanted: readonly string[],
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
	]);
}
