import { chanceOver, conversionQuantiles } from '#engine/stats/binomial.ts';
import { gini, lorenzCurve } from '#engine/stats/gini.ts';
import type { Spread, StudyResult } from '../../program.ts';
import type { Metric, ReportTable, Series } from '../../report.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { gatherOutcome, type DropOutcome } from '../outcome.ts';
import { pointsByUser, rankOfGiven } from '../quality.ts';
import { checkStable } from '#engine/match/check-stable.ts';
import { userOfPair } from '../stages/eligibility.ts';
import { objectiveTotal, sponsoredRanks } from './methods-study.ts';
import { simulate, type DropRun } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';
import { pointsOfAll } from '../stages/points-of-pairs.ts';
import { supply } from '../stages/supply.ts';

const LORENZ_STEPS = 20;
const LAST_RANK = 10;
const TENTHS = 10;
const MOST_LISTED = 500;
const DOTS = 50;

/**
 * How good the matching is, and what supply allows: share of the best total there could be, blocking pairs, ranks users
 * got, percentiles of the users contracts got, the Lorenz curve of points, the target rule beside the risk rule for
 * every open contract, and how many conversions each may bring.
 */
export function qualityStudy(dataset: DropDataset, config: DropConfig, cache: StageCache): StudyResult {
	const run = simulate(dataset, dataset.now, config, cache);
	const outcome = gatherOutcome(run);
	return {
		metrics: qualityMetrics(run, outcome, cache),
		tables: [supplyRules(run), blockingPairs(run)],
		spreads: [conversionSpread(run, outcome)],
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
	const brandPoints = pointsOfAll(run.brandScores);
	const byContract: number[][] = contracts.ids.map(() => []);
	for (let p = 0; p < run.pairs.contract.length; p++) {
		if (contracts.isSponsored[run.pairs.contract[p]]) byContract[run.pairs.contract[p]].push(brandPoints[p]);
	}
	const sorted = byContract.map((points) => Float64Array.from(points).sort());
	const counts = new Float64Array(TENTHS);
	let total = 0;
	for (let a = 0; a < outcome.user.length; a++) {
		const points = sorted[outcome.contract[a]];
		if (points.length === 0) continue;
		const below = countBelow(points, brandPoints[outcome.pair[a]]);
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
	const points = pointsByUser(run, outcome);
	const { members, amounts } = lorenzCurve(points, LORENZ_STEPS);
	return {
		id: 'quality.lorenz',
		title: `Gini ${gini(points).toFixed(3)}: share of all points that the users with the fewest hold (Lorenz)`,
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
			{ id: 'contract', title: 'Contract', unit: 'id', values: rows.map((c) => contracts.ids[c]) },
			{ id: 'brand', title: 'Brand', unit: 'text', values: rows.map((c) => brandNames[contracts.brand[c]]) },
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

function qualityMetrics(run: DropRun, outcome: DropOutcome, cache: StageCache): Metric[] {
	const { config, dataset, asOf } = run;
	const best: DropConfig = { ...config, matching: { ...config.matching, method: 'optimal' } };
	const optimum = objectiveTotal(simulate(dataset, asOf.time, best, cache, run.week));
	const ranks = sponsoredRanks(run, outcome);
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const metric = (id: string, title: string, unit: Metric['unit'], better: Metric['better'], help: string, value: number): Metric => ({ id, title, unit, better, help, value: Number.isFinite(value) ? value : null });
	return [
		metric('quality.optimality', 'Share of the best total', 'ratio', 'more', `Total of the objective (${config.matching.objective}) against the largest that any matching of the same Drop could have.`, objectiveTotal(run) / optimum),
		metric('quality.blocking', 'Blocking pairs', 'count', 'less', 'Pairs that would rather have each other than what they got.', outcome.cities.reduce((sum, city) => sum + city.blockingPairs, 0)),
		metric('quality.rank', 'Mean rank users got', 'rank', 'less', 'Mean place of a sponsored assignment in its user’s own ranking.', mean(ranks)),
		metric('quality.first', 'First choices', 'ratio', 'more', 'Share of sponsored assignments that were their user’s first choice.', ranks.filter((rank) => rank === 1).length / ranks.length),
		metric('quality.gini', 'Inequality of points (Gini)', 'ratio', 'less', '0 when all users get the same, towards 1 when few get everything.', gini(pointsByUser(run, outcome))),
	];
} // prettier-ignore

/** Users and contracts that would rather have each other, most points first; at most 500 are listed. */
function blockingPairs(run: DropRun): ReportTable {
	const { dataset, pairs } = run;
	const points = pointsOfAll(run.scores);
	const found: number[] = [];
	for (const { sponsored } of run.cities) {
		const { input, pair } = sponsored.matching;
		checkStable(input, sponsored.result.isGiven, (p) => found.push(pair[p]));
	}
	found.sort((p, q) => points[q] - points[p] || p - q);
	const listed = found.slice(0, MOST_LISTED);
	const contract = listed.map((p) => pairs.contract[p]);
	const user = listed.map((p) => userOfPair(pairs, p));
	const title =
		found.length === 0
			? 'No blocking pair: nobody would rather trade'
			: `${found.length} blocking pairs would rather have each other${found.length > MOST_LISTED ? `; the ${MOST_LISTED} with most points` : ''}`;
	return {
		id: 'quality.blocking-pairs',
		title,
		columns: [
			{ id: 'user', title: 'User', unit: 'id', values: user.map((u) => dataset.users.ids[u]) },
			{ id: 'contract', title: 'Contract', unit: 'id', values: contract.map((c) => dataset.contracts.ids[c]) },
			{ id: 'brand', title: 'Brand', unit: 'text', values: contract.map((c) => dataset.brandNames[dataset.contracts.brand[c]]) },
			{ id: 'city', title: 'City', unit: 'text', values: user.map((u) => dataset.cityNames[dataset.users.city[u]]) },
			{ id: 'points', title: 'Points', unit: 'points', values: Float64Array.from(listed, (p) => points[p]) },
		],
	};
} // prettier-ignore

/** Fifty equally likely numbers of conversions for each open contract, likeliest to go over first. */
function conversionSpread(run: DropRun, outcome: DropOutcome): Spread {
	const { contracts, brandNames } = run.dataset;
	const held = new Float64Array(contracts.ids.length);
	for (const c of outcome.contract) held[c]++;
	const risks = contracts.ids.flatMap((_, c) => {
		// tokens given out before may take a contract over its supply without a single new assignment
		if (run.asOf.time < contracts.startsAt[c] || run.asOf.time >= contracts.endsAt[c]) return [];
		const risk = {
			supply: contracts.supply[c],
			conversions: run.asOf.conversions[c],
			outstanding: run.asOf.outstanding[c],
			convertRate: run.supply.conversionRate[c],
			assigned: held[c],
			assignRate: run.supply.selectionRate[c] * run.supply.conversionRate[c],
		};
		return [{ c, risk, over: chanceOver(risk) }];
	});
	risks.sort((a, b) => b.over - a.over || a.c - b.c);
	const value = new Float64Array(risks.length * DOTS);
	risks.forEach(({ risk }, i) => value.set(conversionQuantiles(risk, DOTS), i * DOTS));
	return {
		id: 'quality.conversions',
		title: 'Conversions over the period',
		limitTitle: 'supply',
		ids: risks.map(({ c }) => contracts.ids[c]),
		labels: risks.map(({ c }) => `${brandNames[contracts.brand[c]]} (${contracts.ids[c]})`),
		limit: Float64Array.from(risks, ({ c }) => contracts.supply[c]),
		value,
		count: DOTS,
	};
}
