import { chanceOver } from '#engine/stats/binomial.ts';
import type { Metric, MetricColumn } from '../report.ts';
import type { DecidedRun, Decision, DropOutcome, RunFacts } from './outcome.ts';
import { compareUserPairs, LUCK_PURPOSE } from './pair-order.ts';

/** How good the matching is for users, and what it asks of supply. */

/** Columns by assignment, and by city and contract. */
export interface GivenRanks {
	/** place of each sponsored assignment in its user's ranking of open sponsored contracts, from 1; 0 for growth */
	readonly rank: Uint16Array;
	/** users who wanted contract c in city y and did not get it: at `y · contracts + c` */
	readonly waiting: Float64Array;
}

/**
 * Ranks what users got. A user wanted every open sponsored contract that she ranks above the worst she got,
 * or any at all when a slot stayed open; where she does not hold it, she waits for it.
 */
export function rankOfGiven(run: DecidedRun, outcome: DropOutcome): GivenRanks {
	const { dataset, pairs, points, config } = run;
	const { contracts } = dataset;
	const rank = new Uint16Array(outcome.user.length);
	const waiting = new Float64Array(dataset.cityIds.length * contracts.ids.length);
	const stream = LUCK_PURPOSE + 256 * run.week;
	const quota = Math.max(0, config.slotsPerUser - config.growth.reservedSlots);
	const isSkipUser = config.cutoff.mode === 'skip-user';
	const open: number[] = [];

	for (let u = 0; u < dataset.users.ids.length; u++) {
		open.length = 0;
		for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
			const c = pairs.contract[p];
			if (
				contracts.isSponsored[c] &&
				run.cities[dataset.users.city[u]].seats[c] > 0 &&
				(isSkipUser || run.isAbove[p])
			)
				open.push(p);
		}
		if (open.length === 0) continue;
		open.sort((p, q) => compareUserPairs(dataset, pairs, points, config.seed, stream, u, p, q));

		const held = new Map<number, number>();
		const heldBrands = new Set<number>();
		for (let i = outcome.userStart[u]; i < outcome.userStart[u + 1]; i++) {
			const a = outcome.byUser[i];
			const c = outcome.contract[a];
			if (!contracts.isSponsored[c]) continue;
			held.set(outcome.pair[a], a);
			heldBrands.add(contracts.brand[c]);
		}
		let found = 0;
		for (let place = 0; place < open.length; place++) {
			const a = held.get(open[place]);
			const c = pairs.contract[open[place]];
			if (a !== undefined) {
				rank[a] = place + 1;
				found++;
			} else if (!heldBrands.has(contracts.brand[c])) {
				waiting[dataset.users.city[u] * contracts.ids.length + c]++;
			}
			if (found === quota) break;
		}
	}
	return { rank, waiting };
}

/** Points of each considered user, in order of users: what inequality is measured over. */
export function pointsByUser(run: RunFacts, outcome: Decision): Float64Array {
	const points = new Float64Array(run.dataset.users.ids.length);
	for (let a = 0; a < outcome.user.length; a++) points[outcome.user[a]] += outcome.points[a];
	return points.filter((_, u) => run.asOf.isConsidered[u]);
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
