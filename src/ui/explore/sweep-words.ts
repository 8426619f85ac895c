import type { Config, LeverUnit } from '#programs/levers.ts';
import type { MetricSpec, ReportColumn, Unit } from '#programs/report.ts';
import { countOf, formatSetting, formatValue } from '../format.ts';
import { effectiveValue, leverName, type LeverAt } from '../lever-list.ts';
import type { SweepPlan } from './sweep-setup.ts';
import type { Binding } from './sweep.svelte.ts';
import { meanOf, type SweptPoint } from './sweep-view.ts';

const NAMED = 3;

/** What holds a lever without effect back, in a sentence; every claim was confirmed by the runs it counts. */
export function bindingInWords(binding: Binding, levers: readonly LeverAt[], base: Config): string {
	const runs = countOf(binding.runCount, ['re-run', 're-runs']);
	switch (binding.kind) {
		case 'setting': {
			const { path, value } = binding.trial;
			const lever = levers.find((each) => each.path === path);
			if (!lever || value === undefined) {
				const own = levers.filter(({ spec }) => spec.path === path).map(leverName);
				return `No effect: ${listed(own)} stand in front of it. Without them it counts, by ${runs}.`;
			}
			const { unit } = lever.spec;
			const now = formatSetting(effectiveValue(base, lever), unit);
			return `No effect while ${leverName(lever).toLowerCase()} is ${now}: at ${formatSetting(value, unit)} it counts, by ${runs}.`;
		}
		case 'range': {
			const ends = [binding.below, binding.above].filter((end) => end !== null);
			return `No effect here: it starts to count at ${ends.join(' or ')}, by ${runs}.`;
		}
		case 'nothing':
			return `No effect, and nothing tried makes it count on this data: ${runs}.`;
	}
}

/** For a lever that changes other numbers than the one shown. */
export function otherwiseInWords(changed: readonly MetricSpec[]): string {
	return `Does not change this number, but ${countOf(changed.length, ['other', 'others'])}: ${listed(changed.map(({ title }) => title.toLowerCase()))}.`;
}

function listed(words: readonly string[]): string {
	const more = words.length - NAMED;
	if (more > 0) return `${words.slice(0, NAMED).join(', ')} and ${more} more`;
	return words.length < 2
		? words.join('')
		: `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** The settings of a point: `Dallas sponsorship ratio 40%, Cutoff 30%`. */
export function settingsInWords(plan: SweepPlan, values: readonly unknown[]): string {
	return values
		.map((value, a) => `${leverName(plan.levers[a])} ${formatSetting(value, plan.levers[a].spec.unit)}`)
		.join(', ');
}

/** All points of a sweep as a table: settings, every metric, and what a point breaks. */
export function sweepColumns(
	plan: SweepPlan,
	points: readonly SweptPoint[],
	metrics: readonly MetricSpec[],
	isFront: Uint8Array | null = null,
): ReportColumn[] {
	const settings = plan.levers.map((lever, a): ReportColumn => {
		const values = points.map(({ point }) => point.values[a]);
		const isNumber = values.every((value) => typeof value === 'number');
		return {
			id: lever.path,
			title: leverName(lever),
			unit: isNumber ? unitOf(lever.spec.unit) : 'text',
			values: isNumber
				? Float64Array.from(values, Number)
				: values.map((value) => formatSetting(value, lever.spec.unit)),
		};
	});
	const numbers = metrics.map(({ id, title, unit }): ReportColumn => {
		return { id, title, unit, values: Float64Array.from(points, ({ results }) => meanOf(results, id)) };
	});
	const verdict: ReportColumn = { id: 'verdict', title: 'Guardrails and limit', unit: 'text', values: points.map(({ why }) => why || 'kept') }; // prettier-ignore
	const front: ReportColumn[] = isFront === null ? [] : [{ id: 'front', title: 'Best trade-off', unit: 'text', values: points.map((_, i) => (isFront[i] ? 'yes' : 'no')) }]; // prettier-ignore
	return [...settings, verdict, ...front, ...numbers];
}

function unitOf(unit: LeverUnit): Unit {
	switch (unit) {
		case 'ratio':
		case 'count':
		case 'cents':
		case 'micros':
		case 'microUsdc':
		case 'days':
		case 'seconds':
			return unit;
		default:
			return 'number';
	}
}

/** The best point that keeps guardrails and limit, by the mean of a metric; null where none is better than another. */
export function bestPoint(points: readonly SweptPoint[], metric: MetricSpec): SweptPoint | null {
	if (metric.better === null) return null;
	const sign = metric.better === 'more' ? 1 : -1;
	const valueOf = (each: SweptPoint) => sign * meanOf(each.results, metric.id);
	const known = points.filter((each) => each.isFeasible && !Number.isNaN(valueOf(each)));
	if (known.length === 0) return null;
	return known.reduce((best, each) => (valueOf(each) > valueOf(best) ? each : best));
}

/** What a sweep of one or two levers found, in a sentence. */
export function gridFinding(
	plan: SweepPlan,
	points: readonly SweptPoint[],
	metric: MetricSpec,
	productionValue: number,
	isDone: boolean,
): string {
	const names = plan.levers.map((lever) => leverName(lever).toLowerCase()).join(' and ');
	const values = points.map(({ results }) => meanOf(results, metric.id));
	if (isDone && values.length > 2 && values.every((value) => Object.is(value, values[0])))
		return `${metric.title} does not change with ${names}`;
	const best = bestPoint(points, metric);
	if (!best) {
		if (isDone && metric.better !== null && points.length > 0)
			return `No point keeps the guardrails and the limit`;
		return `${metric.title} by ${names}`;
	}
	const was = Number.isNaN(productionValue) ? '' : `, against ${formatValue(productionValue, metric.unit)} in production`; // prettier-ignore
	return `${isDone ? metric.title : `So far ${metric.title.toLowerCase()}`} is best at ${settingsInWords(plan, best.point.values)}: ${formatValue(meanOf(best.results, metric.id), metric.unit)}${was}`;
}
