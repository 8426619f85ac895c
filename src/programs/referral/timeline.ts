import type { Series } from '../report.ts';
import type { ReferralDataset } from './dataset.ts';
import { YEAR_SECONDS, dollars } from './money.ts';
import type { ReferralOutcome, RevShareOutcome } from './outcome.ts';
import { instantOf, shortAddress } from './report-tables.ts';

const POINTS = 200;
const TOP = 5;

/**
 * How an edition went, at even times from its start to its end or the time looked at (spec section 13): the pool,
 * the demand so far, how many qualified, and the best five. x is epoch milliseconds. O(events).
 */
export function timeline(dataset: ReferralDataset, outcome: ReferralOutcome): Series[] {
	const { rules, counted, accurateAsOf } = outcome;
	const last = Math.max(rules.startTime, Math.min(rules.endTime, accurateAsOf));
	const span = last - rules.startTime;
	const x = Float64Array.from(
		{ length: POINTS + 1 },
		(_, i) => (rules.startTime + (span * i) / POINTS) * 1000,
	);
	const best = outcome.order.slice(0, TOP);
	const lineOf = new Map(Array.from(best, (r, line) => [r, line]));
	const column = () => new Float64Array(POINTS + 1);
	const [remaining, demand, qualified] = [column(), column(), column()];
	const tops = Array.from(best, column);
	const race = outcome.dataModelType === 'rev-share-limit' ? outcome : null;

	let k = 0;
	let [paidSoFar, claimedSoFar, qualifiedSoFar] = [0n, 0n, 0];
	const topSoFar = Array.from(best, () => 0);
	for (let i = 0; i <= POINTS; i++) {
		const until = rules.startTime + (span * i) / POINTS;
		while (k < counted.event.length && dataset.eventTime[counted.event[k]] <= until) {
			const e = counted.event[k];
			const r = dataset.eventReferrer[e];
			const line = lineOf.get(r);
			if (race === null) {
				if (line !== undefined) topSoFar[line] += dataset.eventDuration[e] / YEAR_SECONDS;
			} else {
				const paid = race.eventAward?.[k] ?? 0n;
				paidSoFar += paid;
				claimedSoFar += race.claim[k];
				if (race.crossing[r] === k) qualifiedSoFar++;
				if (line !== undefined) topSoFar[line] += Number(race.eventAward === null ? race.claim[k] : paid);
			}
			k++;
		}
		remaining[i] = Number(rules.awardPool - paidSoFar);
		demand[i] = Number(claimedSoFar);
		qualified[i] = qualifiedSoFar;
		topSoFar.forEach((value, line) => (tops[line][i] = value));
	}

	const axis = { xTitle: 'Date, UTC', xUnit: 'time' as const, x };
	const lines = Array.from(best, (r, line) => ({ label: shortAddress(dataset.addresses[r]), y: tops[line] }));
	if (race === null)
		return [{ id: 'best', title: 'Years brought by the best five', unit: 'years', ...axis, lines }];
	const emptiedAt = race.emptiedBy < 0 ? null : dataset.eventTime[counted.event[race.emptiedBy]];
	const marks = emptiedAt === null ? [] : [{ x: emptiedAt * 1000, label: 'pool empty' }];
	const pool = race.eventAward === null ? [] : [{ label: 'pool remaining', y: remaining }];
	return [
		{ id: 'pool', title: 'The pool and the demand for it', finding: poolFinding(dataset, race), unit: 'microUsdc', ...axis, lines: [...pool, { label: 'cumulative demand', y: demand }], marks }, // prettier-ignore
		{ id: 'qualified', title: 'Referrers over the bar', unit: 'count', ...axis, lines: [{ label: 'qualified', y: qualified }], marks }, // prettier-ignore
		{ id: 'best', title: race.eventAward === null ? 'Claims of the best five' : 'Awards of the best five', unit: 'microUsdc', ...axis, lines, marks }, // prettier-ignore
	];
}

/** What became of the pool, in a sentence that names the event that emptied it. */
function poolFinding(
	dataset: ReferralDataset,
	{ eventAward, emptiedBy, counted, rules, remaining, paid }: RevShareOutcome,
): string {
	// prettier-ignore
	if (eventAward === null)
		return `The pool is settled at the end: ${dollars(paid)} of ${dollars(rules.awardPool)} paid`;
	if (emptiedBy < 0) return `The pool lasts: ${dollars(remaining)} of ${dollars(rules.awardPool)} remain`;
	const e = counted.event[emptiedBy];
	const window = rules.endTime - rules.startTime;
	const elapsed = window === 0 ? 100 : Math.round((100 * (dataset.eventTime[e] - rules.startTime)) / window);
	const time = instantOf(dataset.eventTime[e]).slice(0, 16).replace('T', ' ');
	return `The pool is empty ${elapsed}% into the window: event ${dataset.eventId[e]} of ${shortAddress(dataset.addresses[dataset.eventReferrer[e]])} takes the last of it on ${time} UTC`;
}
