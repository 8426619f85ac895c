import { chanceOver } from '#engine/stats/binomial.ts';
import { userPrefers } from '#engine/match/preference.ts';
import type { Metric, MetricColumn } from '../report.ts';
import type { DropDataset } from './dataset.ts';
import type { DecidedRun, Decision, DropOutcome, RunFacts } from './outcome.ts';
import type { CityMatch } from './stages/gather-city.ts';

/** How good the matching is for users, and what it asks of supply. */

/** Columns by assignment, and by city and contract. */
export interface GivenRanks {
	/** place of each sponsored assignment in its user's ranking of open sponsored contracts, from 1; 0 for growth */
	readonly rank: Uint16Array;
	/** users who wanted contract c in city y and did not get it: at `y · contracts + c` */
	readonly waiting: Float64Array;
}

/** The same of one city: `rank` by place in the city's `assigned`, `waiting` by contract. */
interface CityRanks {
	readonly rank: Uint16Array;
	readonly waiting: Float64Array;
}

// growth has no part in it: as long as a city's sponsored assignments are kept, so are their ranks
const ranksOf = new WeakMap<Uint32Array, CityRanks>();

/**
 * Ranks what users got. A user wanted every open sponsored contract that she ranks above the worst she got,
 * or any at all when a slot stayed open; where she does not hold it, she waits for it.
 */
export function rankOfGiven(run: DecidedRun, outcome: DropOutcome): GivenRanks {
	const { dataset, pairs } = run;
	const contractCount = dataset.contracts.ids.length;
	const rank = new Uint16Array(outcome.user.length);
	const waiting = new Float64Array(dataset.cityIds.length * contractCount);
	run.cities.forEach((city, y) => {
		const { matching } = city.sponsored;
		const { pair } = city.assigned;
		// not decided here
		if (matching === null) return;
		const ranks = ranksOf.get(pair) ?? rankCity(dataset, matching, pair);
		ranksOf.set(pair, ranks);
		waiting.set(ranks.waiting, y * contractCount);
		let u = dataset.cityUserStart[y];
		let place = 0;
		for (let i = 0; i < pair.length; i++) {
			if (pairs.start[u + 1] <= pair[i]) {
				while (pairs.start[u + 1] <= pair[i]) u++;
				place = 0;
			}
			// sponsored assignments come first, best first
			rank[outcome.byUser[outcome.userStart[u] + place++]] = ranks.rank[i];
		}
	});
	return { rank, waiting };
}

/** `assigned` are the city's assignments, each user's best first; `skip-user` takes them back, not what she wanted. */
function rankCity(dataset: DropDataset, { input, contract, pair }: CityMatch, assigned: Uint32Array): CityRanks {
	const rank = new Uint16Array(assigned.length);
	const waiting = new Float64Array(dataset.contracts.ids.length);
	const { start, points, contractBrand, quota } = input;
	const holds = new Uint8Array(dataset.brandIds.length);
	// her assignments as pairs of the input
	const held = new Uint32Array(quota);
	let next = 0;
	for (let i = 0; i < input.userCount; i++) {
		const end = start[i + 1];
		const first = next;
		while (next < assigned.length && start[i] < end && assigned[next] <= pair[end - 1]) next++;
		const count = next - first;
		for (let k = 0; k < count; k++) {
			let p = start[i];
			while (pair[p] !== assigned[first + k]) p++;
			held[k] = p;
			holds[contractBrand[input.contract[p]]] = 1;
			rank[first + k] = 1;
		}
		// what comes behind her worst is of no account, unless a slot stayed open
		const worst = count === quota && quota > 0 ? held[count - 1] : -1;
		for (let p = start[i]; quota > 0 && p < end; p++) {
			if (worst >= 0 && points[p] < points[worst]) continue;
			if (worst >= 0 && p !== worst && userPrefers(input, i, worst, p)) continue;
			for (let k = 0; k < count; k++) if (p !== held[k] && userPrefers(input, i, p, held[k])) rank[first + k]++;
			if (holds[contractBrand[input.contract[p]]] === 0) waiting[contract[input.contract[p]]]++;
		}
		for (let k = 0; k < count; k++) holds[contractBrand[input.contract[held[k]]]] = 0;
	}
	return { rank, waiting };
} // prettier-ignore

/** Points of each considered user, in order of users: what inequality is measured over. */
export function pointsByUser(run: RunFacts, outcome: Decision): Float64Array {
	const points = new Float64Array(run.dataset.users.ids.length);
	const { user, points: given } = outcome;
	for (let a = 0; a < user.length; a++) points[user[a]] += given[a];
	const { isConsidered } = run.asOf;
	let count = 0;
	for (let u = 0; u < points.length; u++) if (isConsidered[u]) points[count++] = points[u];
	return points.slice(0, count);
}

/** Risk above which a contract counts as at risk of going over. */
const AT_RISK = 0.05;

/** What each contract's supply allows and how likely it is exceeded; and the totals of the Drop. */
export function supplyOutlook(
	run: RunFacts,
	outcome: Decision,
	expectedConversions: Float64Array,
): { metrics: Metric[]; columns: MetricColumn[] } {
	const { contracts } = run.dataset;
	const { seats, selectionRate, conversionRate } = run.supply;
	const count = contracts.ids.length;
	const held = new Float64Array(count);
	for (const c of outcome.contract) held[c]++;

	const over = new Float64Array(count);
	const fulfilment = new Float64Array(count);
	let atRisk = 0;
	let offered = 0;
	for (let c = 0; c < count; c++) {
		const isActive = run.asOf.time >= contracts.startsAt[c] && run.asOf.time < contracts.endsAt[c];
		over[c] = chanceOver({
			supply: contracts.supply[c],
			conversions: run.asOf.conversions[c],
			outstanding: run.asOf.outstanding[c],
			convertRate: conversionRate[c],
			assigned: held[c],
			assignRate: selectionRate[c] * conversionRate[c],
		});
		const coming = run.asOf.outstanding[c] * conversionRate[c] + expectedConversions[c];
		fulfilment[c] = contracts.supply[c] > 0 ? (run.asOf.conversions[c] + coming) / contracts.supply[c] : NaN;
		if (!isActive) continue;
		offered += seats[c];
		if (over[c] > AT_RISK) atRisk++;
	}
	const column = (id: string, title: string, unit: MetricColumn['unit'], help: string, values: Float64Array): MetricColumn => ({ id, title, unit, better: null, help, values }); // prettier-ignore
	return {
		metrics: [
			{
				id: 'supply.atRisk',
				title: 'Contracts at risk of going over',
				unit: 'count',
				better: 'less',
				isHeadline: true,
				help: 'Active contracts with more than a 1 in 20 chance of more conversions than their supply.',
				value: atRisk,
			},
			{
				id: 'supply.offered',
				title: 'Assignments allowed by supply',
				unit: 'count',
				better: null,
				help: 'What the supply rule allows this Drop, over active contracts.',
				value: offered,
			},
		],
		columns: [
			column('supply', 'Supply', 'count', 'Most conversions over the contract’s period.', contracts.supply),
			column(
				'conversions.sofar',
				'Conversions so far',
				'count',
				'Conversions by the time of the Drop.',
				run.asOf.conversions,
			),
			column(
				'tokens',
				'Outstanding tokens',
				'count',
				'Picked rewards neither used nor expired.',
				run.asOf.outstanding,
			),
			column('seats', 'Assignments allowed', 'count', 'What the supply rule allows this Drop.', seats),
			column(
				'fulfilment',
				'Expected fulfilment',
				'ratio',
				'Conversions so far and expected, as a share of supply.',
				fulfilment,
			),
			column('chance.over', 'Chance of going over', 'ratio', 'Chance of more conversions than supply.', over),
		],
	};
}
