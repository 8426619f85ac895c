import type { Series } from '../report.ts';
import type { PledgeOutcome } from './outcome.ts';
import type { Timeline } from './timeline.ts';

/** Most projects drawn as lines of their own: the largest at the end. */
const MOST_LINES = 20;

/** The lines of a report: crowds, income, losses and returns over time, money by month. */
export function reportSeries(outcome: PledgeOutcome, timeline: Timeline, names: readonly string[]): Series[] {
	const { levers, crowd, record, data } = outcome;
	const projectCount = crowd.length;
	const xTitle = timeline.isByDay ? 'day' : 'event';
	const shown = Array.from(crowd.keys())
		.sort((a, b) => crowd[b] - crowd[a] || a - b)
		.slice(0, MOST_LINES)
		.sort((a, b) => a - b);
	const crowdOf = (p: number) => timeline.x.map((_, i) => timeline.crowd[i * projectCount + p]);
	const marks = [
		...timeline.monthEnds.map((x) => ({ x, label: 'month end' })),
		...timeline.triggers.map((x) => ({ x, label: 'loss' })),
	].sort((a, b) => a.x - b.x);

	const months = record.monthSeq.length;
	const monthX = Float64Array.from({ length: months }, (_, t) => data.events.day[record.monthSeq.data[t]]);
	const byMonth = (value: (t: number) => number) => Float64Array.from({ length: months }, (_, t) => value(t));
	const utilisation = (t: number) =>
		record.monthLimitSum.data[t] === 0 ? NaN : record.monthMatchSum.data[t] / record.monthLimitSum.data[t];
	return [
		{
			id: 'crowd',
			title: 'Patrons per project',
			unit: 'count',
			xTitle,
			x: timeline.x,
			lines: shown.map((p) => ({ label: names[p], y: crowdOf(p) })),
			marks,
		},
		{
			id: 'income',
			title: 'Income a month per project',
			unit: 'micros',
			xTitle,
			x: timeline.x,
			lines: shown.map((p) => ({
				label: names[p],
				y: crowdOf(p).map((size) => levers.baseRate * size * size),
			})),
			marks,
		},
		{
			id: 'losses',
			title: 'Losses and returns so far',
			unit: 'count',
			xTitle,
			x: timeline.x,
			lines: [
				{ label: 'Losses', y: timeline.losses },
				{ label: 'Returns', y: timeline.returns },
			],
			marks,
		},
		{
			id: 'money',
			title: 'Money by month',
			unit: 'micros',
			xTitle: 'day',
			x: monthX,
			lines: [
				{ label: 'Matched', y: byMonth((t) => record.monthMatchSum.data[t]) },
				{ label: 'Raised', y: byMonth((t) => record.monthNet.data[t]) },
				{ label: 'Carried over', y: byMonth((t) => record.monthCarry.data[t]) },
			],
		},
		{
			id: 'utilisation',
			title: 'Budget utilisation by month',
			unit: 'ratio',
			xTitle: 'day',
			x: monthX,
			lines: [{ label: 'Share of limits in use', y: byMonth(utilisation) }],
		},
	];
}
