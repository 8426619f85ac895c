import type { StudyResult } from '../../program.ts';
import type { ReferralDataset } from '../dataset.ts';
import { dollars, shareFraction } from '../money.ts';
import type { ReferralOutcome, RevShareOutcome } from '../outcome.ts';
import { proRata } from '../stages/pro-rata.ts';
import { splitPool } from '../stages/split-pool.ts';

/** What a pool of some size would do. */
export interface PoolPoint {
	readonly pool: bigint;
	readonly paid: bigint;
	readonly paidCount: number;
	/** the largest award */
	readonly top: bigint;
	/** Unix seconds of the event that emptied it, NaN if none */
	readonly emptiedAt: number;
}

/**
 * The outcome's rules under other pools, which must ascend. In a race all claims are those of the outcome, so one
 * pass serves every pool (spec section 6.4): O(events + pools). Otherwise O(qualified) for each pool.
 */
export function sweepPools(
	dataset: ReferralDataset,
	outcome: ReferralOutcome,
	pools: readonly bigint[],
): PoolPoint[] {
	if (outcome.dataModelType === 'rev-share-limit' && outcome.eventAward !== null)
		return sweepRace(dataset, outcome, pools);
	return pools.map((pool) => {
		const { counted, order, isQualified } = outcome;
		const award =
			outcome.dataModelType === 'pie-split'
				? splitPool(
						counted,
						order,
						isQualified,
						pool,
						outcome.rules.maxQualifiedReferrers,
						shareFraction(outcome.rules.boostStrength),
					)
				: proRata(isQualified, outcome.uncapped, pool, outcome.rules.maxAwardPerReferrer);
		let [paid, paidCount, top] = [0n, 0, 0n];
		for (const amount of award) {
			if (amount === 0n) continue;
			paid += amount;
			paidCount++;
			if (amount > top) top = amount;
		}
		return { pool, paid, paidCount, top, emptiedAt: NaN };
	});
}

function sweepRace(
	dataset: ReferralDataset,
	outcome: RevShareOutcome,
	pools: readonly bigint[],
): PoolPoint[] {
	const { claim, counted } = outcome;
	const award = new Array<bigint>(dataset.addresses.length).fill(0n);
	let [k, sum, paidCount, top, last] = [0, 0n, 0, 0n, -1];
	return pools.map((pool) => {
		// claims that this pool pays in full, beyond those the smaller ones did
		while (k < claim.length && sum + claim[k] <= pool) {
			if (claim[k] > 0n) {
				const r = dataset.eventReferrer[counted.event[k]];
				if (award[r] === 0n) paidCount++;
				award[r] += claim[k];
				if (award[r] > top) top = award[r];
				sum += claim[k];
				last = k;
			}
			k++;
		}
		const rest = k < claim.length ? pool - sum : 0n;
		const cut = rest > 0n ? dataset.eventReferrer[counted.event[k]] : -1;
		const isEmpty = pool > 0n && sum + rest === pool;
		return {
			pool,
			paid: sum + rest,
			paidCount: paidCount + Number(cut >= 0 && award[cut] === 0n),
			top: cut >= 0 && award[cut] + rest > top ? award[cut] + rest : top,
			emptiedAt: isEmpty ? dataset.eventTime[counted.event[cut >= 0 ? k : last]] : NaN,
		};
	});
}

/** A sweep of `count` even pools from one size to another, as a study. */
export function poolSweep(
	dataset: ReferralDataset,
	outcome: ReferralOutcome,
	from: bigint,
	to: bigint,
	count: number,
): StudyResult {
	const last = BigInt(Math.max(1, count - 1));
	const points = sweepPools(
		dataset,
		outcome,
		Array.from({ length: count }, (_, i) => from + ((to - from) * BigInt(i)) / last),
	);
	const numbers = (read: (point: PoolPoint) => bigint | number) =>
		Float64Array.from(points, (point) => Number(read(point)));
	const pool = numbers((point) => point.pool);
	const paid = numbers((point) => point.paid);
	const paidCount = numbers((point) => point.paidCount);
	const top = numbers((point) => point.top);
	const x = pool.map((micros) => micros / 1e6);
	const series = (id: string, title: string, unit: 'microUsdc' | 'count', lines: { label: string; y: Float64Array }[]) => ({ id, title, unit, xTitle: 'Award pool, USDC', x, lines, marks: [{ x: Number(outcome.rules.awardPool) / 1e6, label: 'pool now' }] }); // prettier-ignore
	return {
		metrics: [],
		series: [
			{
				...series('paid', 'Paid by pool', 'microUsdc', [
					{ label: 'paid', y: paid },
					{ label: 'best award', y: top },
				]),
				finding: findingOf(points),
			},
			series('referrers', 'Referrers paid by pool', 'count', [{ label: 'referrers paid', y: paidCount }]),
		],
		tables: [
			{
				id: 'pools',
				title: 'Pools',
				columns: [
					{ id: 'pool', title: 'Pool', unit: 'microUsdc', values: pool },
					{ id: 'paid', title: 'Paid', unit: 'microUsdc', values: paid },
					{ id: 'paidCount', title: 'Referrers paid', unit: 'count', values: paidCount },
					{ id: 'top', title: 'Best award', unit: 'microUsdc', values: top },
					{
						id: 'emptiedAt',
						title: 'Empty since',
						unit: 'time',
						values: numbers((point) => point.emptiedAt * 1000),
					},
				],
			},
		],
		notices: [],
	};
}

/** From which pool on everything due is paid, in a sentence. */
function findingOf(points: readonly PoolPoint[]): string {
	const last = points.at(-1);
	if (!last) return 'No pool was looked at';
	const enough = points.find(({ paid }) => paid === last.paid);
	if (!enough || enough === last) return `Every pool up to ${dollars(last.pool)} is used up`;
	return `From a pool of ${dollars(enough.pool)} on nothing more is paid: ${dollars(last.paid)}`;
}
