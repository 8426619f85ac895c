import { gini } from '#engine/stats/gini.ts';
import type { OnStage, StudyResult } from '../../program.ts';
import type { ReportColumn, Unit } from '../../report.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { gatherOutcome, type DropOutcome } from '../outcome.ts';
import { pointsByUser, rankOfGiven } from '../quality.ts';
import { simulate, type DropRun } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';

const METHODS: readonly DropConfig['matching']['method'][] = [
	'residency',
	'contract-first',
	'immediate',
	'greedy',
	'optimal',
];

/**
 * The five matching methods side by side on one scenario and configuration (spec section 7): stability, share
 * of the optimum, ranks and fairness; and what one more unit of each contract's supply would add.
 */
export function methodsStudy(
	dataset: DropDataset,
	config: DropConfig,
	cache: StageCache,
	onStage: OnStage = () => {},
): StudyResult {
	const runs = METHODS.map((method, i) => {
		onStage(method, i / METHODS.length);
		const run = simulate(
			dataset,
			dataset.now,
			{ ...config, matching: { ...config.matching, method } },
			cache,
		);
		return { method, run, outcome: gatherOutcome(run) };
	});
	const optimum = total(runs[METHODS.length - 1].run);
	const column = (
		id: string,
		title: string,
		unit: Unit,
		read: (run: DropRun, outcome: DropOutcome) => number,
	): ReportColumn => ({
		id,
		title,
		unit,
		values: Float64Array.from(runs, ({ run, outcome }) => read(run, outcome)),
	});
	return {
		metrics: [],
		tables: [
			{
				id: 'methods',
				title: 'Five matching methods on the same Drop',
				columns: [
					{ id: 'method', title: 'Method', unit: 'text', values: [...METHODS] },
					column('sponsored', 'Sponsored assignments', 'count', (_, outcome) =>
						sum(outcome.cities.map((city) => city.sponsored)),
					),
					column('served', 'Users served', 'count', (_, outcome) =>
						sum(outcome.cities.map((city) => city.served)),
					),
					column('blocking', 'Blocking pairs', 'count', (_, outcome) =>
						sum(outcome.cities.map((city) => city.blockingPairs)),
					),
					column('share', 'Share of the optimum', 'ratio', (run) =>
						optimum > 0 ? total(run) / optimum : NaN,
					),
					column('rank', 'Mean rank users got', 'rank', meanRank),
					column('first', 'First choices', 'ratio', firstChoices),
					column('gini', 'Inequality of points', 'ratio', (run, outcome) => gini(pointsByUser(run, outcome))),
				],
			},
			shadowPrices(runs[METHODS.length - 1].run),
		],
		series: [],
		notices: gaps(runs[METHODS.length - 1].run),
	};
}

/** Objective value of the sponsored matchings, before any user is put out. */
function total(run: DropRun): number {
	let value = 0;
	for (const { sponsored } of run.cities) {
		const { isGiven } = sponsored.result;
		for (let p = 0; p < isGiven.length; p++) if (isGiven[p]) value += sponsored.weights[p];
	}
	return value;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

function meanRank(run: DropRun, outcome: DropOutcome): number {
	const ranks = sponsoredRanks(run, outcome);
	return ranks.length > 0 ? sum(ranks) / ranks.length : NaN;
}

function firstChoices(run: DropRun, outcome: DropOutcome): number {
	const ranks = sponsoredRanks(run, outcome);
	return ranks.length > 0 ? ranks.filter((rank) => rank === 1).length / ranks.length : NaN;
}

function sponsoredRanks(run: DropRun, outcome: DropOutcome): number[] {
	return Array.from(rankOfGiven(run, outcome).rank).filter((rank) => rank > 0);
}

/** Dual prices of the optimum: what one more unit of a contract's assignments adds to the objective in a city. */
function shadowPrices(run: DropRun): StudyResult['tables'][number] {
	const { dataset } = run;
	const rows: { city: string; contract: string; brand: string; price: number }[] = [];
	run.cities.forEach(({ sponsored }, y) => {
		const prices = sponsored.result.optimum?.prices;
		if (prices === undefined) return;
		sponsored.matching.contract.forEach((c, k) => {
			if (prices[k] <= 0) return;
			rows.push({
				city: dataset.cityNames[y],
				contract: dataset.contracts.ids[c],
				brand: dataset.brandNames[dataset.contracts.brand[c]],
				price: prices[k],
			});
		});
	});
	rows.sort((a, b) => b.price - a.price || (a.contract < b.contract ? -1 : 1));
	// an objective of revenue counts millionths of a cent
	const isRevenue = run.config.matching.objective === 'revenue';
	return {
		id: 'shadow-prices',
		title: isRevenue
			? 'What one more assignment is worth, in expected revenue'
			: 'What one more assignment is worth, in the objective’s units',
		columns: [
			{ id: 'city', title: 'City', unit: 'text', values: rows.map((row) => row.city) },
			{ id: 'contract', title: 'Contract', unit: 'id', values: rows.map((row) => row.contract) },
			{ id: 'brand', title: 'Brand', unit: 'text', values: rows.map((row) => row.brand) },
			{
				id: 'price',
				title: 'Worth',
				unit: isRevenue ? 'cents' : 'points',
				values: Float64Array.from(rows, (row) => (isRevenue ? row.price / 1_000_000 : row.price)),
			},
		],
	};
}

/** The certificate of each city's optimum, in words. */
function gaps(run: DropRun): StudyResult['notices'] {
	return run.cities.flatMap(({ sponsored }, y) => {
		const certificate = sponsored.result.optimum?.certificate;
		if (certificate === undefined) return [];
		const { primal, dual } = certificate;
		return [
			{
				code: 'certificate',
				message: `${run.dataset.cityNames[y]}: the optimum is proven, primal ${primal} = dual ${dual}, gap ${certificate.gap}`,
			},
		];
	});
}
