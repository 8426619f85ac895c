import type { Series } from '../report.ts';
import type { ReferralDataset } from './dataset.ts';
import { YEAR_SECONDS } from './money.ts';
import type { ReferralOutcome } from './outcome.ts';

const POINTS = 200;
const TOP = 5;
const DAY_SECONDS = 86_400;

/**
 * How an edition went, at even times from its start to its end or the time looked at (spec section 13): the pool,
 * the demand so far, how many qualified, and the best five. x is days since the start. O(events).
 */
export function timeline(dataset: ReferralDataset, outcome: ReferralOutcome): Series[] {
	const { rules, counted, accurateAsOf } = outcome;
	const last = Math.max(rules.startTime, Math.min(rules.endTime, accurateAsOf));
	const span = last - rules.startTime;
	const x = Float64Array.from({ length: POINTS + 1 }, (_, i) => (span * i) / POINTS / DAY_SECONDS);
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

	const xTitle = 'Days since the start';
	const lines = Array.from(best, (r, line) => ({ label: dataset.addresses[r], y: tops[line] }));
	if (race === null)
		return [{ id: 'best', title: 'Years brought by the best five', unit: 'years', xTitle, x, lines }];
	const marks = race.emptiedBy < 0 ? [] : [{ x: (dataset.eventTime[counted.event[race.emptiedBy]] - rules.startTime) / DAY_SECONDS, label: `pool empty: ${dataset.eventId[counted.event[race.emptiedBy]]}` }]; // prettier-ignore
	const pool = race.eventAward === null ? [] : [{ label: 'pool remaining', y: remaining }];
	return [
		{ id: 'pool', title: 'The pool and the demand for it', unit: 'microUsdc', xTitle, x, lines: [...pool, { label: 'cumulative demand', y: demand }], marks }, // prettier-ignore
		{ id: 'qualified', title: 'Referrers over the bar', unit: 'count', xTitle, x, lines: [{ label: 'qualified', y: qualified }], marks }, // prettier-ignore
		{ id: 'best', title: race.eventAward === null ? 'Claims of the best five' : 'Awards of the best five', unit: 'microUsdc', xTitle, x, lines, marks }, // prettier-ignore
	];
}
