import type { Metric, MetricColumn, MetricGroup, Unit } from '../report.ts';
import type { PledgeMetrics } from './metrics.ts';
import type { PledgeOutcome } from './outcome.ts';
import { growthBeforeLoss } from './headrooms.ts';

type Better = Metric['better'];

/** The metrics of spec section 12 as a report shows them; also those that runs of policies are compared by. */
export function measureMetrics(outcome: PledgeOutcome, metrics: PledgeMetrics): Metric[] {
	const income = incomeNow(outcome);
	const { record } = outcome;
	const last = record.monthSeq.length - 1;
	const utilisation =
		last < 0 || record.monthLimitSum.data[last] === 0
			? null
			: record.monthMatchSum.data[last] / record.monthLimitSum.data[last];
	let active = 0;
	for (const size of outcome.crowd) active += size;
	const gap = metrics.losses === 0 ? null : (metrics.triggerLimitSum - metrics.lostLimitSum) / metrics.losses;
	return [
		metric(
			'income',
			'Income a month',
			'micros',
			'more',
			'What all projects would get if crowdmatching were done now.',
			income,
			true,
		),
		metric('net', 'Funds raised', 'micros', 'more', 'What projects really received.', metrics.net, true),
		metric(
			'losses',
			'Losses',
			'count',
			'less',
			'Pledges taken out of a crowd by the policy.',
			metrics.losses,
			true,
		),
		metric('patronsEverLost', 'Patrons who lost', 'count', 'less', 'Patrons who ever lost a pledge to the policy.', metrics.patronsEverLost, true), // prettier-ignore
		metric('needlessLosses', 'Needless losses', 'count', 'less', 'Losses that the patron could have taken back at once.', metrics.needlessLosses, true), // prettier-ignore
		metric('warnings', 'Warnings', 'count', 'less', 'Warnings of the danger zone.', metrics.warnings, true),
		metric(
			'activePledges',
			'Active pledges',
			'count',
			'more',
			'Pledges that count in a crowd at the end.',
			active,
		),
		metric('matched', 'Matched', 'micros', 'more', 'What patrons came to owe.', metrics.matched),
		metric('gross', 'Charged', 'micros', null, 'What was charged, fees included.', metrics.gross),
		metric('fees', 'Card fees', 'micros', 'less', 'What the card company kept.', metrics.fees),
		metric(
			'carry',
			'Carried over',
			'micros',
			'less',
			'Balances of patrons who have not left.',
			metrics.carry,
		),
		metric(
			'uncollected',
			'Uncollected',
			'micros',
			'less',
			'Balances of patrons who left.',
			metrics.uncollected,
		),
		metric(
			'pledgesAccepted',
			'Pledges accepted',
			'count',
			'more',
			'Pledge events that were accepted.',
			metrics.pledgesAccepted,
		),
		metric(
			'refused',
			'Events refused',
			'count',
			'less',
			'Events that were refused, for whatever reason.',
			record.refusedSeq.length,
		),
		metric('refused.over-own-limit', 'Refused: over own limit', 'count', 'less', 'Pledges that would have put the pledger over.', metrics.refused.get('over-own-limit') ?? 0), // prettier-ignore
		metric('refused.would-overrun-others', 'Refused: would overrun others', 'count', 'less', 'Pledges that would have put others over.', metrics.refused.get('would-overrun-others') ?? 0), // prettier-ignore
		metric('drops', 'Drops', 'count', 'less', 'Losses that became final.', metrics.drops),
		metric(
			'lossesPerPledge',
			'Losses per pledge',
			'ratio',
			'less',
			'Losses over pledges accepted.',
			metrics.lossesPerPledge,
		),
		metric(
			'reinstatements',
			'Returns',
			'count',
			'more',
			'Pledges that came back by themselves.',
			metrics.reinstatements,
		),
		metric('expiries', 'Expiries', 'count', 'less', 'Suspensions that ran out.', metrics.expiries),
		metric(
			'monthEndDrops',
			'Month-end drops',
			'count',
			'less',
			'Pledges dropped at a month end.',
			metrics.monthEndDrops,
		),
		metric('flaps', 'Flaps', 'count', 'less', 'Lost pledges that were soon active again.', metrics.flaps),
		metric('collateralLosses', 'Collateral losses', 'count', 'less', 'Losses of projects that had not grown.', metrics.collateralLosses), // prettier-ignore
		metric('rounds', 'Rounds', 'count', 'less', 'How often the over list was computed.', metrics.rounds),
		metric('roundsMax', 'Most rounds', 'count', 'less', 'Most rounds for one pledge.', metrics.roundsMax),
		metric(
			'overLimitNotices',
			'Over-limit notices',
			'count',
			'less',
			'Notices that somebody went over.',
			metrics.overLimitNotices,
		),
		metric('overLimitPatronMonths', 'Patron months over', 'count', 'less', 'Patrons over their limit at a month end, summed.', metrics.overLimitPatronMonths), // prettier-ignore
		metric('emails', 'E-mails', 'count', 'less', 'Notices sent by e-mail.', metrics.emails),
		metric('siteNotices', 'Site notices', 'count', 'less', 'Notices on the site.', metrics.siteNotices),
		metric(
			'dashboardNotes',
			'Dashboard notes',
			'count',
			null,
			'Notes on dashboards.',
			metrics.dashboardNotes,
		),
		metric('displacementGap', 'Displacement gap', 'micros', null, 'Limit of who pledged less limit of who lost, on average.', gap), // prettier-ignore
		metric(
			'jain',
			'Fairness',
			'ratio',
			'more',
			'Jain’s index over the projects’ retention; 1 is equal.',
			metrics.jain,
		),
		metric(
			'utilisation',
			'Budget utilisation',
			'ratio',
			null,
			'Share of limits in use at the last month end.',
			utilisation,
		),
	];
}

function metric(
	id: string,
	title: string,
	unit: Unit,
	better: Better,
	help: string,
	value: number | null,
	isHeadline = false,
): Metric {
	return { id, title, unit, better, help, value, ...(isHeadline ? { isHeadline } : {}) };
}

/** b Σ N²: a month’s income of all projects as things stand, in micros. */
function incomeNow({ levers, crowd }: PledgeOutcome): number {
	let income = 0;
	for (const size of crowd) income += levers.baseRate * size * size;
	return income;
}

/** The projects, a row each. */
export function measureProjects(outcome: PledgeOutcome, names: readonly string[]): MetricGroup {
	const { data, levers, crowd, acceptedCount, lossCount } = outcome;
	const column = (
		id: string,
		title: string,
		unit: Unit,
		better: Better,
		help: string,
		values: Float64Array,
	): MetricColumn => ({
		id,
		title,
		unit,
		better,
		help,
		values,
	});
	const byProject = (value: (p: number) => number) => Float64Array.from(data.projectIds, (_, p) => value(p));
	const finite = (value: number) => (Number.isFinite(value) ? value : NaN);
	return {
		id: 'project',
		title: 'Projects',
		ids: data.projectIds,
		labels: names,
		columns: [
			column('patrons', 'Patrons', 'count', 'more', 'Active pledges.', Float64Array.from(crowd)),
			column(
				'value',
				'Value of a pledge',
				'micros',
				'more',
				'What each patron gives a month.',
				byProject((p) => levers.baseRate * crowd[p]),
			),
			column('income', 'Income a month', 'micros', 'more', 'What the project would get if crowdmatching were done now.', byProject((p) => levers.baseRate * crowd[p] * crowd[p])), // prettier-ignore
			column('matched', 'Matched', 'micros', 'more', 'What patrons came to owe it.', outcome.matched.slice()),
			column('paid', 'Received', 'micros', 'more', 'What it really received.', outcome.paid.slice()),
			column(
				'accepted',
				'Pledges accepted',
				'count',
				'more',
				'Pledge events accepted.',
				Float64Array.from(acceptedCount),
			),
			column(
				'losses',
				'Losses',
				'count',
				'less',
				'Pledges it lost to the policy.',
				Float64Array.from(lossCount),
			),
			column('retention', 'Retention', 'ratio', 'more', 'Accepted pledges over accepted and lost ones.', byProject((p) => (acceptedCount[p] === 0 ? NaN : acceptedCount[p] / (acceptedCount[p] + lossCount[p])))), // prettier-ignore
			column('growthBeforeLoss', 'Growth before a loss', 'count', 'more', 'Newcomers it can gain before the next one puts somebody over.', byProject((p) => finite(growthBeforeLoss(outcome, p)))), // prettier-ignore
		],
	};
}
