import { gini } from '#engine/stats/gini.ts';
import type { Metric, MetricColumn, MetricGroup, MetricSpec, Participants } from '../report.ts';
import { cityRatio } from './levers.ts';
import { rewardCents } from './stages/reward-factor.ts';
import type { Forecast } from './stages/forecast.ts';
import { SKIP_REASONS, type DropOutcome } from './outcome.ts';
import { rankOfGiven, supplyOutlook } from './quality.ts';
import type { DropRun } from './simulate.ts';

/**
 * Outcome and forecast, added up (spec section 12): the same totals for the whole Drop and for each city,
 * brand and contract, from one table of metric definitions.
 */

/** Running totals of a member: a city, a brand, a contract or the whole Drop. */
interface Totals {
	considered: Float64Array;
	served: Float64Array;
	skipped: readonly Float64Array[];
	sponsored: Float64Array;
	growth: Float64Array;
	points: Float64Array;
	rankSum: Float64Array;
	firstChoices: Float64Array;
	waiting: Float64Array;
	selections: Float64Array;
	sponsoredSelections: Float64Array;
	conversions: Float64Array;
	revenueCents: Float64Array;
	valueCents: Float64Array;
	blocking: Float64Array;
}

function makeTotals(count: number): Totals {
	const column = () => new Float64Array(count);
	return {
		considered: column(),
		served: column(),
		skipped: SKIP_REASONS.map(column),
		sponsored: column(),
		growth: column(),
		points: column(),
		rankSum: column(),
		firstChoices: column(),
		waiting: column(),
		selections: column(),
		sponsoredSelections: column(),
		conversions: column(),
		revenueCents: column(),
		valueCents: column(),
		blocking: column(),
	};
}

/** A metric and how it is read off totals, for member i. */
interface Definition {
	readonly spec: MetricSpec;
	readonly read: (totals: Totals, i: number) => number;
	/** only for members that have users: the Drop and its cities */
	readonly isOfUsers: boolean;
	/** stack its columns belong to */
	readonly stack?: string;
	readonly tone?: MetricColumn['tone'];
}

function define(
	id: string,
	title: string,
	unit: MetricSpec['unit'],
	better: MetricSpec['better'],
	help: string,
	read: Definition['read'],
	more: Partial<Omit<Definition, 'spec' | 'read'>> & { isHeadline?: boolean } = {},
): Definition {
	const { isHeadline = false, ...rest } = more;
	return { spec: { id, title, unit, better, help, isHeadline }, read, isOfUsers: false, ...rest };
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : NaN);

const DEFINITIONS: readonly Definition[] = [
	define('users.served', 'Users served', 'count', 'more', 'Users with at least one assignment.', (t, i) => t.served[i], { isOfUsers: true, isHeadline: true }),
	define('users.withoutShare', 'Without assignments', 'ratio', 'less', 'Share of the users considered who get nothing.', (t, i) => share(t.considered[i] - t.served[i], t.considered[i]), { isOfUsers: true, isHeadline: true }),
	define('users.considered', 'Users considered', 'count', null, 'Active users of the city, registered by the time of the Drop.', (t, i) => t.considered[i], { isOfUsers: true }),
	define('ratio.assignments', 'Sponsorship ratio by assignments', 'ratio', null, 'Sponsored share of all assignments.', (t, i) => share(t.sponsored[i], t.sponsored[i] + t.growth[i]), { isHeadline: true }),
	define('ratio.selections', 'Sponsorship ratio by expected selections', 'ratio', null, 'Sponsored share of the selections expected: the ratio that counts once the Drop has completed.', (t, i) => share(t.sponsoredSelections[i], t.selections[i]), { isHeadline: true }),
	define('assignments.sponsored', 'Sponsored assignments', 'count', 'more', 'Assignments that a brand pays for when they convert.', (t, i) => t.sponsored[i], { tone: 'sponsored' }),
	define('assignments.growth', 'Growth assignments', 'count', 'more', 'Assignments nobody pays for.', (t, i) => t.growth[i], { tone: 'growth' }),
	define('assignments.all', 'Assignments', 'count', 'more', 'Sponsored and growth assignments.', (t, i) => t.sponsored[i] + t.growth[i]),
	define('forecast.selections', 'Expected selections', 'count', 'more', 'Sum of the chances that users pick an assignment.', (t, i) => t.selections[i], { isHeadline: true }),
	define('forecast.conversions', 'Expected conversions', 'count', 'more', 'Sum of the chances that picked rewards are used.', (t, i) => t.conversions[i], { isHeadline: true }),
	define('forecast.revenue', 'Expected revenue', 'cents', 'more', 'Prices of the conversions expected.', (t, i) => t.revenueCents[i], { isHeadline: true }),
	define('forecast.consumerValue', 'Expected consumer value', 'cents', 'more', 'Reward values of the conversions expected.', (t, i) => t.valueCents[i], { isHeadline: true }),
	define('forecast.margin', 'Expected margin', 'cents', 'more', 'Revenue less consumer value: what the marketplace keeps.', (t, i) => t.revenueCents[i] - t.valueCents[i]),
	define('points.mean', 'Mean points', 'points', 'more', 'Mean points of the assignments.', (t, i) => share(t.points[i], t.sponsored[i] + t.growth[i])),
	define('rank.mean', 'Mean rank', 'rank', 'less', 'Mean place of a sponsored assignment in its user’s own ranking.', (t, i) => share(t.rankSum[i], t.sponsored[i])),
	define('rank.first', 'First choices', 'ratio', 'more', 'Share of sponsored assignments that were their user’s first choice.', (t, i) => share(t.firstChoices[i], t.sponsored[i])),
	define('blocking', 'Blocking pairs', 'count', 'less', 'Pairs that would rather have each other than what they got.', (t, i) => t.blocking[i], { isOfUsers: true }),
	define('waiting', 'Waiting demand', 'count', 'less', 'Times that a user wanted a contract which was full.', (t, i) => t.waiting[i]),
	...SKIP_REASONS.map((reason, r) =>
		define(`skipped.${reason}`, `Skipped: ${reason.replaceAll('-', ' ')}`, 'count', 'less', 'Users without assignments for this reason.', (t, i) => t.skipped[r][i], { isOfUsers: true, stack: 'reasons', tone: 'nobody' }),
	),
]; // prettier-ignore

/** The Drop's metrics, and the same by city, brand and contract. */
export function measure(
	run: DropRun,
	outcome: DropOutcome,
	expected: Forecast,
): { metrics: Metric[]; groups: MetricGroup[] } {
	const { dataset } = run;
	const { contracts } = dataset;
	const [all, byCity, byBrand, byContract] = [
		1,
		dataset.cityIds.length,
		dataset.brandIds.length,
		contracts.ids.length,
	].map(makeTotals);

	for (let u = 0; u < dataset.users.ids.length; u++) {
		if (!run.asOf.isConsidered[u]) continue;
		for (const [totals, i] of [
			[all, 0],
			[byCity, dataset.users.city[u]],
		] as const) {
			// prettier-ignore
			totals.considered[i]++;
			if (outcome.userStart[u + 1] > outcome.userStart[u]) totals.served[i]++;
			else if (outcome.skipReason[u] >= 0) totals.skipped[outcome.skipReason[u]][i]++;
		}
	}
	outcome.cities.forEach((city, y) => {
		byCity.blocking[y] = city.blockingPairs;
		all.blocking[0] += city.blockingPairs;
	});

	const { rank, waiting } = rankOfGiven(run, outcome);
	for (let a = 0; a < outcome.user.length; a++) {
		const c = outcome.contract[a];
		const y = dataset.users.city[outcome.user[a]];
		const value = rewardCents(dataset, run.config, y, c);
		for (const [totals, i] of [
			[all, 0],
			[byCity, y],
			[byBrand, contracts.brand[c]],
			[byContract, c],
		] as const) {
			// prettier-ignore
			if (contracts.isSponsored[c]) {
				totals.sponsored[i]++;
				totals.sponsoredSelections[i] += expected.selection[a];
				totals.rankSum[i] += rank[a];
				if (rank[a] === 1) totals.firstChoices[i]++;
			} else totals.growth[i]++;
			totals.points[i] += outcome.points[a];
			totals.selections[i] += expected.selection[a];
			totals.conversions[i] += expected.conversion[a];
			totals.revenueCents[i] += expected.conversion[a] * contracts.priceCents[c];
			totals.valueCents[i] += expected.conversion[a] * value;
		}
	}
	for (let y = 0; y < dataset.cityIds.length; y++) {
		for (let c = 0; c < contracts.ids.length; c++) {
			const count = waiting[y * contracts.ids.length + c];
			all.waiting[0] += count;
			byCity.waiting[y] += count;
			byBrand.waiting[contracts.brand[c]] += count;
			byContract.waiting[c] += count;
		}
	}

	const outlook = supplyOutlook(run, outcome, byContract.conversions);
	const metrics = DEFINITIONS.map(({ spec, read }): Metric => ({ ...spec, value: finite(read(all, 0)) }));
	return {
		metrics: [...metrics, ...outlook.metrics, giniMetric(run, outcome)],
		groups: [
			{
				id: 'city',
				title: 'Cities',
				ids: dataset.cityIds,
				labels: dataset.cityNames,
				columns: columnsOf(
					byCity,
					true,
					Float64Array.from(dataset.cityIds, (id) => cityRatio(run.config, id)),
				),
			},
			{
				id: 'brand',
				title: 'Brands',
				ids: dataset.brandIds,
				labels: dataset.brandNames,
				columns: columnsOf(byBrand, false),
			},
			{
				id: 'contract',
				title: 'Contracts',
				ids: contracts.ids,
				labels: contracts.ids.map((id, c) => `${dataset.brandNames[contracts.brand[c]]} (${id})`),
				columns: [...columnsOf(byContract, false), ...outlook.columns],
			},
		],
	};
}

function columnsOf(totals: Totals, hasUsers: boolean, target?: Float64Array): MetricColumn[] {
	const count = totals.considered.length;
	return DEFINITIONS.filter((definition) => hasUsers || !definition.isOfUsers).map(
		({ spec, read, stack, tone }): MetricColumn => ({
			...spec,
			values: Float64Array.from({ length: count }, (_value, i) => read(totals, i)),
			...(stack === undefined ? {} : { stack }),
			...(tone === undefined ? {} : { tone }),
			...(target !== undefined && spec.id === 'ratio.assignments' ? { target } : {}),
		}),
	);
}

function giniMetric(run: DropRun, outcome: DropOutcome): Metric {
	const points: number[] = [];
	for (let u = 0; u < run.dataset.users.ids.length; u++) {
		if (!run.asOf.isConsidered[u]) continue;
		let sum = 0;
		for (let i = outcome.userStart[u]; i < outcome.userStart[u + 1]; i++)
			sum += outcome.points[outcome.byUser[i]];
		points.push(sum);
	}
	return {
		id: 'points.gini',
		title: 'Inequality of points',
		unit: 'ratio',
		better: 'less',
		help: 'Gini coefficient of the users’ points: 0 when all get the same, towards 1 when few get everything.',
		value: finite(gini(Float64Array.from(points))),
	};
}

function finite(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}

/** Who was in the Drop and what became of each. */
export function participantsOf(run: DropRun, outcome: DropOutcome): Participants {
	const { dataset, config } = run;
	const { contracts } = dataset;
	const considered = Uint32Array.from(dataset.users.ids.keys()).filter((u) => run.asOf.isConsidered[u]);
	const states = [
		'nobody',
		'growth only',
		...Array.from({ length: config.slotsPerUser }, (_, i) => `${i + 1} sponsored`),
	];
	const itemStart = new Uint32Array(considered.length + 1);
	const item = new Uint32Array(outcome.user.length);
	const state = new Uint8Array(considered.length);
	const value = new Float64Array(considered.length);
	let count = 0;
	considered.forEach((u, i) => {
		let sponsored = 0;
		for (let j = outcome.userStart[u]; j < outcome.userStart[u + 1]; j++) {
			const a = outcome.byUser[j];
			item[count++] = outcome.contract[a];
			sponsored += contracts.isSponsored[outcome.contract[a]];
			value[i] += outcome.points[a];
		}
		itemStart[i + 1] = count;
		state[i] = sponsored > 0 ? sponsored + 1 : count > itemStart[i] ? 1 : 0;
	});
	return {
		noun: ['user', 'users'],
		ids: Array.from(considered, (u) => dataset.users.ids[u]),
		group: Int32Array.from(considered, (u) => dataset.users.city[u]),
		groups: dataset.cityNames,
		state,
		states,
		itemStart,
		item,
		items: contracts.ids,
		itemNoun: ['reward', 'rewards'],
		itemOwners: contracts.ids.map((_, c) => dataset.brandNames[contracts.brand[c]]),
		subjectKinds: ['user', 'contract'],
		itemKind: contracts.isSponsored.map((sponsored) => 1 - sponsored),
		itemKinds: ['sponsored', 'growth'],
		value,
		valueUnit: 'points',
	};
}
