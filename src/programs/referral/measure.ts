import { medianOf } from '#engine/median.ts';
import type { Metric, MetricSpec } from '../report.ts';
import type { ReferralDataset } from './dataset.ts';
import { YEAR_SECONDS, partOf, qualifiedRevenue, quotient, shareFraction, yearValue } from './money.ts';
import { grandTotals, type PieOutcome, type ReferralOutcome, type RevShareOutcome } from './outcome.ts';
import { splitGain } from './split-gain.ts';

/**
 * An outcome in figures (spec section 13). Both models report the same list, so that they can be compared; what a
 * model does not have is null, as is a ratio with nothing to divide by.
 */

interface Definition extends MetricSpec {
	readonly read: (figures: Figures) => number | bigint | null;
}

/** What the metrics of a run share, computed once. */
interface Figures {
	readonly dataset: ReferralDataset;
	readonly outcome: ReferralOutcome;
	readonly pie: PieOutcome | null;
	readonly race: RevShareOutcome | null;
	/** awards of everybody on the board, ascending */
	readonly awards: readonly bigint[];
	readonly totals: ReturnType<typeof grandTotals>;
	readonly qualifiedCount: number;
	readonly paidCount: number;
	/** rev-share-limit, micro-USDC */
	readonly qualifiedRevenue: bigint;
	readonly demand: bigint;
	readonly stranded: bigint;
	readonly forfeited: bigint;
}

function define(
	id: string,
	title: string,
	unit: MetricSpec['unit'],
	better: MetricSpec['better'],
	help: string,
	read: Definition['read'],
	isHeadline = false,
): Definition {
	return { id, title, unit, better, help, read, isHeadline };
}

const HEADLINE = true;

const DEFINITIONS: readonly Definition[] = [
	define('award.paid', 'Paid', 'microUsdc', null, 'All awards together.', (f) => f.outcome.paid, HEADLINE),
	define('award.poolUse', 'Pool use', 'ratio', null, 'Part of the pool that is paid.', (f) => quotient(f.outcome.paid, f.outcome.rules.awardPool), HEADLINE),
	define('board.paid', 'Referrers paid', 'count', 'more', 'Referrers with an award above 0.', (f) => f.paidCount, HEADLINE),
	define('board.qualified', 'Referrers qualified', 'count', 'more', 'Referrers who met the rules, paid or not.', (f) => f.qualifiedCount, HEADLINE),
	define('board.count', 'Referrers on the board', 'count', 'more', 'Referrers with at least one counted event.', (f) => f.outcome.order.length),
	define('award.top1', 'Best paid referrer', 'ratio', 'less', 'Its part of all awards.', (f) => topShare(f, 1), HEADLINE),
	define('award.top5', 'Five best paid', 'ratio', 'less', 'Their part of all awards.', (f) => topShare(f, 5)),
	define('award.top10', 'Ten best paid', 'ratio', 'less', 'Their part of all awards.', (f) => topShare(f, 10)),
	define('award.gini', 'Inequality of awards', 'number', 'less', '0 when everybody on the board has the same, near 1 when one has everything.', gini, HEADLINE),
	define('award.herfindahl', 'Herfindahl of awards', 'number', 'less', 'Sum of squared parts: 1 when one has everything.', herfindahl),
	define('award.perYear', 'Paid per year brought', 'microUsdc', 'less', 'Awards by years of incremental duration.', (f) => quotient(f.outcome.paid * BigInt(YEAR_SECONDS), f.totals.duration), HEADLINE),
	define('award.perReferral', 'Paid per referral', 'microUsdc', 'less', 'Awards by counted events.', (f) => quotient(f.outcome.paid, BigInt(f.totals.referrals))),
	define('total.referrals', 'Referrals', 'count', 'more', 'Counted events.', (f) => f.totals.referrals),
	define('total.years', 'Years brought', 'years', 'more', 'Incremental duration of all counted events.', (f) => Number(f.totals.duration) / YEAR_SECONDS),
	define('total.revenue', 'Revenue', 'wei', 'more', 'What customers paid, premiums included.', (f) => f.totals.revenue),
	define('race.exhausted', 'Window gone when the pool emptied', 'ratio', 'more', 'Share of the window elapsed at the event that took the last of the pool; none if it never did.', exhaustedShare, HEADLINE),
	define('race.remaining', 'Pool remaining', 'microUsdc', null, 'What the pool still holds.', (f) => f.race?.remaining ?? null),
	define('race.qualifiedRevenue', 'Qualified revenue', 'microUsdc', 'more', 'Revenue that counts, of everybody on the board.', (f) => f.race && f.qualifiedRevenue),
	define('race.costRate', 'Cost rate', 'ratio', 'less', 'Paid by qualified revenue.', (f) => f.race && quotient(f.outcome.paid, f.qualifiedRevenue)),
	define('race.demand', 'Demand', 'microUsdc', null, 'What the qualified would get with an endless pool.', (f) => f.race && f.demand),
	define('race.shortfall', 'Shortfall', 'microUsdc', 'less', 'Demand that was not paid.', (f) => f.race && f.demand - f.outcome.paid),
	define('race.coverage', 'Coverage', 'ratio', 'more', 'Paid by demand.', (f) => f.race && quotient(f.outcome.paid, f.demand)),
	define('race.stranded', 'Stranded below the bar', 'microUsdc', 'less', 'What those below the bar would get if there were none.', (f) => f.race && f.stranded),
	define('race.forfeited', 'Forfeited', 'microUsdc', null, 'What the disqualified would get with an endless pool.', (f) => f.race && f.forfeited),
	define('race.nearMisses', 'Near misses', 'count', 'less', 'Referrers with 80% of the bar and less than all of it.', nearMisses),
	define('race.timeToQualify', 'Time to qualify', 'seconds', 'less', 'Median over the qualified, from the first event to crossing the bar.', timeToQualify),
	define('race.yearsToBar', 'Years to the bar', 'years', 'less', 'Years a referrer must bring to be paid.', (f) => f.race && quotient(f.race.rules.minQualifiedRevenueContribution, f.race.rules.qualifiedRevenuePerYear)),
	define('race.awardAtBar', 'Award at the bar', 'microUsdc', null, 'What reaching the bar exactly pays.', (f) => f.race && awardAtBar(f.race)),
	define('race.poolBuys', 'Revenue the pool pays for', 'microUsdc', 'more', 'Pool by share.', (f) => f.race && poolBuys(f.race)),
	define('race.seatsAtBar', 'Referrers at the bar the pool serves', 'number', 'more', 'How many who just reach the bar the pool can pay.', (f) => f.race && quotient(f.race.rules.awardPool, awardAtBar(f.race))),
	define('pie.residue', 'Residue', 'microUsdc', 'less', 'What rounding leaves of the pool; none when nobody has a share.', (f) => (f.pie && f.pie.paid > 0n ? f.pie.residue : null)),
	define('pie.freePlaces', 'Free places', 'count', null, 'Paid ranks that nobody holds.', (f) => f.pie && f.pie.rules.maxQualifiedReferrers - f.qualifiedCount),
	define('pie.leastScore', 'Lowest score paid', 'number', null, 'Smallest final score among the qualified; says so even when places are free.', (f) => f.pie && f.pie.scores.least),
	define('pie.totalScore', 'Final scores', 'number', null, 'Final scores of the qualified together.', (f) => f.pie && f.pie.scores.total),
	define('pie.cutoffGap', 'Gap at the cutoff', 'seconds', null, 'Seconds between the last paid rank and the next.', cutoffGap),
	define('pie.boostTransfer', 'Moved by the boost', 'ratio', 'less', 'Part of the pool that the boost moves between referrers.', boostTransfer),
	define('pie.splitGain', 'Split gain', 'microUsdc', 'less', 'What rank 1 would gain by moving half of its time to a second address.', (f) => f.pie && (f.pie.order.length === 0 ? null : splitGain(f.pie, f.pie.order[0])), HEADLINE),
	define('dropped.outsideWindow', 'Events outside the window', 'count', null, 'Not counted: before the start or after the end.', (f) => f.outcome.counted.dropped.outsideWindow),
	define('dropped.notYet', 'Events still to come', 'count', null, 'Not counted: later than the time looked at.', (f) => f.outcome.counted.dropped.notYet),
	define('dropped.withoutReferrer', 'Events without referrer', 'count', null, 'Not counted: nobody to credit.', (f) => f.outcome.counted.dropped.withoutReferrer),
	define('dropped.otherMarket', 'Events of other markets', 'count', null, 'Not counted: another registry or chain.', (f) => f.outcome.counted.dropped.otherMarket),
]; // prettier-ignore

/** The metrics of a run. Cost: O(R log R) for R referrers on the board. */
export function measure(dataset: ReferralDataset, outcome: ReferralOutcome): Metric[] {
	const figures = gather(dataset, outcome);
	return DEFINITIONS.map(({ read, ...spec }) => {
		const value = read(figures);
		return { ...spec, value: value === null ? null : Number(value) };
	});
}

function gather(dataset: ReferralDataset, outcome: ReferralOutcome): Figures {
	const race = outcome.dataModelType === 'rev-share-limit' ? outcome : null;
	let [qualifiedCount, paidCount] = [0, 0];
	let [revenue, demand, stranded, forfeited] = [0n, 0n, 0n, 0n];
	for (const r of outcome.order) {
		qualifiedCount += outcome.isQualified[r];
		if (outcome.award[r] > 0n) paidCount++;
		if (race === null) continue;
		revenue += race.revenue[r];
		if (race.isQualified[r] === 1) demand += race.uncapped[r];
		else if (race.isDisqualified[r] === 1) forfeited += race.uncapped[r];
		else stranded += race.uncapped[r];
	}
	return {
		dataset,
		outcome,
		race,
		pie: outcome.dataModelType === 'pie-split' ? outcome : null,
		awards: Array.from(outcome.order, (r) => outcome.award[r]).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
		totals: grandTotals(outcome),
		qualifiedCount,
		paidCount,
		qualifiedRevenue: revenue,
		demand,
		stranded,
		forfeited,
	};
}

function topShare({ awards, outcome }: Figures, k: number): number | null {
	let sum = 0n;
	for (const award of awards.slice(-k)) sum += award;
	return quotient(sum, outcome.paid);
}

/** 2·Σ k·x(k) / (m·Σ x) − (m + 1)/m over ascending awards, as one fraction of whole numbers. */
function gini({ awards, outcome }: Figures): number | null {
	const count = BigInt(awards.length);
	let weighted = 0n;
	for (const [i, award] of awards.entries()) weighted += BigInt(i + 1) * award;
	return quotient(2n * weighted - (count + 1n) * outcome.paid, count * outcome.paid);
}

function herfindahl({ awards, outcome }: Figures): number | null {
	let squares = 0n;
	for (const award of awards) squares += award * award;
	return quotient(squares, outcome.paid * outcome.paid);
}

function exhaustedShare({ race, dataset }: Figures): number | null {
	if (race === null || race.emptiedBy < 0) return null;
	const { startTime, endTime } = race.rules;
	const time = dataset.eventTime[race.counted.event[race.emptiedBy]];
	return quotient(BigInt(time - startTime), BigInt(endTime - startTime));
}

function nearMisses({ race }: Figures): number | null {
	if (race === null) return null;
	const bar = race.rules.minQualifiedRevenueContribution;
	let count = 0;
	for (const r of race.order) {
		if (race.isDisqualified[r] === 0 && race.revenue[r] < bar && race.revenue[r] * 10n >= bar * 8n) count++;
	}
	return count;
}

function timeToQualify({ race, dataset }: Figures): number | null {
	if (race === null) return null;
	const first = new Float64Array(dataset.addresses.length).fill(NaN);
	for (const e of race.counted.event) {
		const r = dataset.eventReferrer[e];
		if (Number.isNaN(first[r])) first[r] = dataset.eventTime[e];
	}
	const times: number[] = [];
	for (const r of race.order) {
		if (race.isQualified[r] === 1)
			times.push(dataset.eventTime[race.counted.event[race.crossing[r]]] - first[r]);
	}
	return times.length === 0 ? null : medianOf(Float64Array.from(times));
}

function awardAtBar({ rules }: RevShareOutcome): bigint {
	return partOf(rules.minQualifiedRevenueContribution, shareFraction(rules.qualifiedRevenueShare));
}

function poolBuys({ rules }: RevShareOutcome): bigint | null {
	const { num, den } = shareFraction(rules.qualifiedRevenueShare);
	return num === 0n ? null : (rules.awardPool * den) / num;
}

function cutoffGap({ pie }: Figures): number | null {
	if (pie === null) return null;
	const places = pie.rules.maxQualifiedReferrers;
	const [last, next] = [pie.order[places - 1], pie.order[places]];
	if (last === undefined || next === undefined || pie.isDisqualified[next] === 1) return null;
	return pie.counted.duration[last] - pie.counted.duration[next];
}

function boostTransfer({ pie }: Figures): number | null {
	if (pie === null || pie.scores.total === 0) return null;
	let [scores, moved] = [0, 0];
	for (const r of pie.order) if (pie.isQualified[r] === 1) scores += pie.scores.score[r];
	for (const r of pie.order) {
		if (pie.isQualified[r] === 1) moved += Math.abs(pie.scores.share[r] - pie.scores.score[r] / scores);
	}
	return moved / 2;
}

/** The least seconds that a referrer with `duration` still lacks to the bar; null where no time helps. */
export function secondsToBar(
	{ minQualifiedRevenueContribution: bar, qualifiedRevenuePerYear: perYear }: RevShareOutcome['rules'],
	duration: number,
): number | null {
	if (qualifiedRevenue(duration, yearValue(perYear)) >= bar) return 0;
	if (perYear === 0n) return null;
	// the least d with floor(perYear · d / YEAR) ≥ bar
	const least = (bar * BigInt(YEAR_SECONDS) + perYear - 1n) / perYear;
	return Number(least) - duration;
}
