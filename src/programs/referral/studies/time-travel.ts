import type { StudyResult } from '../../program.ts';
import type { ReferralDataset } from '../dataset.ts';
import { dollars } from '../money.ts';
import { STATUS_TITLES, remainingOf, statusAt, type ReferralOutcome } from '../outcome.ts';
import type { Rules } from '../rules.ts';
import { shortAddress } from '../report-tables.ts';
import { simulate } from '../simulate.ts';

const DAY_SECONDS = 86_400;
const TOP = 5;

/** The edition as of `count` even times from its start to `until`: leaders, awards and status as they stood. */
export function timeTravel(
	dataset: ReferralDataset,
	rules: Rules,
	until: number,
	count: number,
): StudyResult {
	const end = Math.max(rules.startTime, until);
	const times = Array.from({ length: count }, (_, i) =>
		Math.floor(rules.startTime + ((end - rules.startTime) * i) / Math.max(1, count - 1)),
	);
	const outcomes = times.map((time) => simulate(dataset, rules, time));
	const numbers = (read: (outcome: ReferralOutcome) => number | bigint) =>
		Float64Array.from(outcomes, (one) => Number(read(one)));
	const best = outcomes.length === 0 ? [] : [...outcomes[outcomes.length - 1].order.slice(0, TOP)];
	const x = Float64Array.from(times, (time) => (time - rules.startTime) / DAY_SECONDS);
	const line = (r: number, read: (outcome: ReferralOutcome) => number | bigint) => ({
		label: shortAddress(dataset.addresses[r]),
		y: numbers(read),
	});
	const qualified = (one: ReferralOutcome) => one.isQualified.reduce((sum, is) => sum + is, 0);
	const findings = findingsOf(dataset, outcomes);
	return {
		metrics: [],
		series: [
			{ id: 'awards', title: 'Awards of the best five, as they stood', ...findings.awards, unit: 'microUsdc', xTitle: 'Days since the start', x, lines: best.map((r) => line(r, (one) => one.award[r])) }, // prettier-ignore
			{ id: 'ranks', title: 'Ranks of the best five, as they stood', ...findings.ranks, unit: 'rank', xTitle: 'Days since the start', x, lines: best.map((r) => line(r, (one) => (one.rank[r] > 0 ? one.rank[r] : NaN))) }, // prettier-ignore
		],
		tables: [
			{
				id: 'times',
				title: 'As of each time',
				columns: [
					{
						id: 'time',
						title: 'As of',
						unit: 'time',
						values: Float64Array.from(times, (time) => time * 1000),
					},
					{ id: 'status', title: 'Status', unit: 'text', values: outcomes.map((one) => STATUS_TITLES[statusAt(one.accurateAsOf, rules, remainingOf(one))]) }, // prettier-ignore
					{ id: 'board', title: 'On the board', unit: 'count', values: numbers((one) => one.order.length) },
					{ id: 'qualified', title: 'Qualified', unit: 'count', values: numbers(qualified) },
					{ id: 'paid', title: 'Paid', unit: 'microUsdc', values: numbers((one) => one.paid) },
					{ id: 'leader', title: 'Leader', unit: 'id', values: outcomes.map((one) => (one.order.length === 0 ? null : dataset.addresses[one.order[0]])) }, // prettier-ignore
				],
			},
		],
		notices: [],
	};
}

/** What the charts show: what is paid by the last time, and how long the leader of then has led. None without a leader. */
function findingsOf(dataset: ReferralDataset, outcomes: readonly ReferralOutcome[]) {
	const last = outcomes.at(-1);
	if (!last || last.order.length === 0) return {};
	const [leader, paidCount] = [last.order[0], last.award.filter((award) => award > 0n).length];
	const who = shortAddress(dataset.addresses[leader]);
	const led = outcomes.filter(({ order }) => order[0] === leader).length;
	return {
		awards: { finding: `${dollars(last.paid)} paid to ${paidCount} ${paidCount === 1 ? 'referrer' : 'referrers'}, ${dollars(last.award[leader])} of it to ${who}` },
		ranks: { finding: `${who} leads at ${led} of ${outcomes.length} times` },
	}; // prettier-ignore
}
