import { gini } from '#engine/stats/gini.ts';
import { grouped } from '../../number-text.ts';
import type { OnStage, StudyResult } from '../../program.ts';
import type { ReportColumn, Unit } from '../../report.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { gatherOutcome, type DropOutcome } from '../outcome.ts';
import { pointsByUser, rankOfGiven } from '../quality.ts';
import { simulate, type DropRun } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';
import { shadowPrices, shadowPriceTable } from './shadow-prices.ts';

const METHODS: readonly DropConfig['matching']['method'][] = [
	'residency',
	'contract-first',
	'immediate',
	'greedy',
	'optimal',
];

/** Up to this share of the total, stability counts as cheap. */
const CHEAP = 0.05;

/** What a method did, over all cities. */
interface MethodNumbers {
	readonly sponsored: number;
	readonly served: number;
	/** pairs of a user and a contract that would rather have each other */
	readonly blocking: number;
	/** of the greatest total of the objective */
	readonly share: number;
	/** of the sponsored assignments of this method and of residency, those in both */
	readonly same: number;
	readonly rank: number;
	readonly first: number;
	readonly gini: number;
}

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
		onStage(method, i / METHODS.length / 2);
		const run = simulate(
			dataset,
			dataset.now,
			{ ...config, matching: { ...config.matching, method } },
			cache,
		);
		return { method, run, outcome: gatherOutcome(run) };
	});
	const last = runs[METHODS.length - 1].run;
	const optimum = objectiveTotal(last);
	const numbers = runs.map(({ run, outcome }): MethodNumbers => ({
		sponsored: sum(outcome.cities.map((city) => city.sponsored)),
		served: sum(outcome.cities.map((city) => city.served)),
		blocking: sum(outcome.cities.map((city) => city.blockingPairs)),
		share: optimum > 0 ? objectiveTotal(run) / optimum : NaN,
		same: sameShare(runs[0].run, run),
		rank: meanRank(run, outcome),
		first: firstChoices(run, outcome),
		gini: gini(pointsByUser(run, outcome)),
	}));
	const column = (id: keyof MethodNumbers, title: string, unit: Unit): ReportColumn => ({
		id,
		title,
		unit,
		values: Float64Array.from(numbers, (each) => each[id]),
	});
	// prices in dollars, whatever the objective of the configuration
	const matching = { ...config.matching, method: 'optimal', objective: 'revenue' } as const;
	const priced = simulate(dataset, dataset.now, { ...config, matching }, cache);
	const answer = answerOf(numbers, config);
	return {
		answer,
		metrics: [],
		tables: [
			{
				id: 'methods',
				title: 'Five matching methods on the same Drop',
				columns: [
					{ id: 'method', title: 'Method', unit: 'text', values: [...METHODS] },
					column('blocking', 'Blocking pairs', 'count'),
					column('share', 'Share of the optimum', 'ratio'),
					column('same', 'Same as residency', 'ratio'),
					column('sponsored', 'Sponsored assignments', 'count'),
					column('served', 'Users served', 'count'),
					column('rank', 'Mean rank users got', 'rank'),
					column('first', 'First choices', 'ratio'),
					column('gini', 'Inequality of points', 'ratio'),
				],
			},
			shadowPriceTable(shadowPrices(priced, (stage, done) => onStage(stage, 0.5 + done / 2))),
		],
		series: [],
		notices: gaps(last),
	};
}

/** Objective value of the sponsored matchings, before any user is put out. */
export function objectiveTotal(run: DropRun): number {
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

/** Places of the sponsored assignments in their users' own rankings, from 1. */
export function sponsoredRanks(run: DropRun, outcome: DropOutcome): number[] {
	return Array.from(rankOfGiven(run, outcome).rank).filter((rank) => rank > 0);
}

/**
 * Whether residency matching suits scores that both sides share, from the numbers of this scenario: what its stability
 * costs, what the optimum would leave unstable, and how far the scores alone decide.
 */
function answerOf(columns: readonly MethodNumbers[], config: DropConfig): NonNullable<StudyResult['answer']> {
	const [stable, , , greedy, optimum] = columns;
	const cost = 1 - stable.share;
	const isCheap = cost <= CHEAP;
	const sentences = [
		Number.isNaN(cost)
			? 'There is nothing to match: no sponsored contract has a seat that an eligible user could take.'
			: `${isCheap ? 'Yes' : 'It depends on what stability is worth'}: residency leaves ${pairsOf(stable.blocking)} that would rather have each other, and reaches ${percent(stable.share)} of the greatest total there is, which is proven. Stability costs ${percent(cost)}.`, // prettier-ignore
	];
	if (optimum.blocking > 0)
		sentences.push(
			`The optimal method would add that ${percent(cost)}, but leave ${pairsOf(optimum.blocking)}: someone could show each of these users a reward that she ranks higher and whose brand ranks her higher.`,
		);
	sentences.push(
		greedy.same === 1
			? `The greedy method gives the very same assignments: ${config.matching.brandScore === 'shared' ? 'both sides rank by one derived score, so the scores decide and the algorithm does not' : 'on this data both rankings agree where it counts'}.`
			: `The greedy method gives ${percent(1 - greedy.same)} other assignments: users and brands do not rank alike, and the algorithm matters.`, // prettier-ignore
		`A sponsored reward is, on average, number ${stable.rank.toFixed(2)} of its user’s own ranking under residency and ${optimum.rank.toFixed(2)} under the optimum; inequality of points is ${(100 * stable.gini).toFixed(1)}% and ${(100 * optimum.gini).toFixed(1)}%.`,
	);
	return { question: 'Is residency matching the right algorithm for derived scores?', sentences };
}

function pairsOf(count: number): string {
	return count === 0 ? 'no pair' : count === 1 ? 'one pair' : `${count} pairs`;
}

function percent(share: number): string {
	return `${Number((100 * share).toFixed(2))}%`;
}

/** Share of the sponsored assignments of two runs that are in both. */
function sameShare(a: DropRun, b: DropRun): number {
	let both = 0;
	let either = 0;
	a.cities.forEach(({ sponsored }, y) => {
		const [own, other] = [sponsored.result.isGiven, b.cities[y].sponsored.result.isGiven];
		for (let p = 0; p < own.length; p++) {
			if (own[p] && other[p]) both++;
			if (own[p] || other[p]) either++;
		}
	});
	return either > 0 ? both / either : 1;
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
				message: `${run.dataset.cityNames[y]}: the optimum is proven: it totals ${grouped(primal)} points, no assignment more than ${grouped(dual)}, gap ${certificate.gap}`,
			},
		];
	});
}
