import { chanceOver } from '#engine/stats/binomial.ts';
import { lorenzCurve } from '#engine/stats/gini.ts';
import type { StudyResult } from '../../program.ts';
import type { ReportTable, Series } from '../../report.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { gatherOutcome, type DropOutcome } from '../outcome.ts';
import { pointsByUser, rankOfGiven } from '../quality.ts';
import { simulate, type DropRun } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';
import { supply } from '../stages/supply.ts';

const LORENZ_STEPS = 20;
const LAST_RANK = 10;
const TENTHS = 10;

/**
 * How good the matching is, and what supply allows: ranks users got, percentiles of the users contracts got,
 * the Lorenz curve of points, and the target rule beside the risk rule for every open contract.
 */
export function qualityStudy(dataset: DropDataset, config: DropConfig, cache: StageCache): StudyResult {
	const run = simulate(dataset, dataset.now, config, cache);
	const outcome = gatherOutcome(run);
	return {
		metrics: [],
		tables: [supplyRules(run)],
		series: [
			ranksUsersGot(run, outcome),
			percentilesContractsGot(run, outcome),
			lorenzOfPoints(run, outcome),
		],
		notices: [],
	};
}

/** Share of sponsored assignments by place in the user's own ranking; the last place stands for all after it. */
function ranksUsersGot(run: DropRun, outcome: DropOutcome): Series {
	const counts = new Float64Array(LAST_RANK);
	for (const rank of rankOfGiven(run, outcome).rank) if (rank > 0) counts[Math.min(rank, LAST_RANK) - 1]++;
	const total = counts.reduce((sum, count) => sum + count, 0);
	return {
		id: 'quality.ranks',
		title: 'Places users got in their own ranking (10 and later together)',
		unit: 'ratio',
		xTitle: 'place in the user’s ranking',
		x: Float64Array.from(counts, (_, i) => i + 1),
		lines: [{ label: 'share', y: counts.map((count) => (total > 0 ? count / total : NaN)) }],
	};
}

/** Share of sponsored assignments by tenth of the contract's own eligible users, best tenth last; ties share the lower. */
function percentilesContractsGot(run: DropRun, outcome: DropOutcome): Series {
	const { contracts } = run.dataset;
	const byContract: number[][] = contracts.ids.map(() => []);
	for (let p = 0; p < run.pairs.contract.length; p++) {
		if (contracts.isSponsored[run.pairs.contract[p]])
			byContract[run.pairs.contract[p]].push(run.brandPoints[p]);
	}
	const sorted = byContract.map((points) => Float64Array.from(points).sort());
	const counts = new Float64Array(TENTHS);
	let total = 0;
	for (let a = 0; a < outcome.user.length; a++) {
		const points = sorted[outcome.contract[a]];
		if (points.length === 0) continue;
		const below = countBelow(points, run.brandPoints[outcome.pair[a]]);
		counts[Math.min(TENTHS - 1, Math.floor((below * TENTHS) / points.length))]++;
		total++;
	}
	return {
		id: 'quality.percentiles',
		title: 'Tenths of their eligible users that contracts got, best users last',
		unit: 'ratio',
		xTitle: 'tenth of the contract’s users, by points',
		x: Float64Array.from(counts, (_, i) => i + 1),
		lines: [{ label: 'share', y: counts.map((count) => (total > 0 ? count / total : NaN)) }],
	};
}

/** How many of ascending values are below `value`; by halving. */
function countBelow(ascending: Float64Array, value: number): number {
	let [low, high] = [0, ascending.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (ascending[middle] < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

function lorenzOfPoints(run: DropRun, outcome: DropOutcome): Series {
	const { members, amounts } = lorenzCurve(pointsByUser(run, outcome), LORENZ_STEPS);
	return {
		id: 'quality.lorenz',
		title: 'Share of all points that the users with the fewest hold (Lorenz)',
		unit: 'ratio',
		xTitle: 'share of users, fewest points first',
		x: members,
		lines: [
			{ label: 'points', y: amounts },
			{ label: 'all equal', y: members },
		],
	};
}

/** Both supply rules for each contract of the time: what they allow, the chance of going over, and whether they differ. */
function supplyRules(run: DropRun): ReportTable {
	const { contracts, brandNames } = run.dataset;
	const { selectionRate, conversionRate } = run.supply;
	const ruleSeats = (mode: 'target' | 'risk') =>
		supply(contracts, run.asOf, { ...run.config.supply, mode }).seats;
	const [byTarget, byRisk] = [ruleSeats('target'), ruleSeats('risk')];
	const rows = contracts.ids.flatMap((_, c) => (run.asOf.time >= contracts.startsAt[c] && run.asOf.time < contracts.endsAt[c] ? [c] : [])); // prettier-ignore
	const chance = (seats: Float64Array) =>
		Float64Array.from(rows, (c) =>
			chanceOver({
				supply: contracts.supply[c],
				conversions: run.asOf.conversions[c],
				outstanding: run.asOf.outstanding[c],
				convertRate: conversionRate[c],
				assigned: seats[c],
				assignRate: selectionRate[c] * conversionRate[c],
			}),
		);
	const [overByTarget, overByRisk] = [chance(byTarget), chance(byRisk)];
	const risk = run.config.supply.risk;
	const verdict = rows.map((c, i) => {
		if (byTarget[c] === byRisk[c]) return 'agree';
		return overByTarget[i] > risk ? 'target allows too much' : 'target holds back';
	});
	const differing = verdict.filter((word) => word !== 'agree').length;
	return {
		id: 'quality.supply',
		title: `The target rule and the risk rule differ for ${differing} of ${rows.length} open contracts`,
		columns: [
			{ id: 'contract', title: 'Contract', unit: 'text', values: rows.map((c) => `${brandNames[contracts.brand[c]]} (${contracts.ids[c]})`) }, // prettier-ignore
			{
				id: 'supply',
				title: 'Supply',
				unit: 'count',
				values: Float64Array.from(rows, (c) => contracts.supply[c]),
			},
			{
				id: 'target',
				title: 'Allowed by target',
				unit: 'count',
				values: Float64Array.from(rows, (c) => byTarget[c]),
			},
			{ id: 'target.over', title: 'Chance of going over', unit: 'ratio', values: overByTarget },
			{
				id: 'risk',
				title: 'Allowed by risk',
				unit: 'count',
				values: Float64Array.from(rows, (c) => byRisk[c]),
			},
			{ id: 'risk.over', title: 'Chance of going over, risk rule', unit: 'ratio', values: overByRisk },
			{ id: 'verdict', title: 'Rules', unit: 'text', values: verdict },
		],
	};
}
