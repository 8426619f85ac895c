import { gini } from '#engine/stats/gini.ts';
import type { Metric, MetricColumn, MetricGroup } from '../report.ts';
import { cityRatio } from './levers.ts';
import { rewardCentsColumn } from './stages/reward-factor.ts';
import type { Forecast } from './stages/forecast.ts';
import { DEFINITIONS, makeTotals, type Totals } from './metric-definitions.ts';
import type { Decision, RunFacts } from './outcome.ts';
import { pointsByUser, supplyOutlook, type GivenRanks } from './quality.ts';

/**
 * Outcome and forecast, added up (spec section 12): the same totals for the whole Drop and for each city,
 * brand and contract, from one table of metric definitions.
 */

/** The Drop's metrics, and the same by city, brand and contract. */
export function measure(
	run: RunFacts,
	outcome: Decision,
	{ rank, waiting }: GivenRanks,
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

	countUsers(run, outcome, byCity);
	outcome.cities.forEach((city, y) => (byCity.blocking[y] = city.blockingPairs));
	for (let y = 0; y < dataset.cityIds.length; y++) {
		all.considered[0] += byCity.considered[y];
		all.served[0] += byCity.served[y];
		all.blocking[0] += byCity.blocking[y];
		all.skipped.forEach((count, reason) => (count[0] += byCity.skipped[reason][y]));
	}

	addCounts(run, countCells(run, outcome, rank, waiting), all, byCity, byBrand, byContract);
	addExpected(run, outcome, expected, all, byCity, byBrand, byContract);

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

/** Counts the users of each city: considered, served, and skipped by reason. */
function countUsers({ dataset, asOf }: RunFacts, { userStart, skipReason }: Decision, byCity: Totals): void {
	const { considered, served, skipped } = byCity;
	const { city } = dataset.users;
	const { isConsidered } = asOf;
	for (let u = 0; u < city.length; u++) {
		if (!isConsidered[u]) continue;
		considered[city[u]]++;
		if (userStart[u + 1] > userStart[u]) served[city[u]]++;
		else if (skipReason[u] >= 0) skipped[skipReason[u]][city[u]]++;
	}
}

/** Whole numbers by city and contract, that of (y, c) at `y · contracts + c`: their sums are exact in any order. */
interface CellCounts {
	readonly given: Float64Array;
	readonly points: Float64Array;
	readonly rankSum: Float64Array;
	readonly firstChoices: Float64Array;
	readonly waiting: Float64Array;
}

function countCells(run: RunFacts, outcome: Decision, rank: Uint16Array, waiting: Float64Array): CellCounts {
	const { users, contracts } = run.dataset;
	const contractCount = contracts.ids.length;
	const [given, points, rankSum, firstChoices] = Array.from(
		{ length: 4 },
		() => new Float64Array(waiting.length),
	);
	const { user, contract, points: pointsOf } = outcome;
	for (let a = 0; a < user.length; a++) {
		const cell = users.city[user[a]] * contractCount + contract[a];
		given[cell]++;
		points[cell] += pointsOf[a];
		rankSum[cell] += rank[a];
		if (rank[a] === 1) firstChoices[cell]++;
	}
	return { given, points, rankSum, firstChoices, waiting };
}

/** Adds the cells to the totals of those they belong to. */
function addCounts(
	run: RunFacts,
	cells: CellCounts,
	all: Totals,
	byCity: Totals,
	byBrand: Totals,
	byContract: Totals,
): void {
	const { contracts } = run.dataset;
	const contractCount = contracts.ids.length;
	for (let cell = 0; cell < cells.given.length; cell++) {
		const y = Math.floor(cell / contractCount);
		const c = cell % contractCount;
		const kind = contracts.isSponsored[c] ? 'sponsored' : 'growth';
		for (const [totals, i] of [
			[all, 0],
			[byCity, y],
			[byBrand, contracts.brand[c]],
			[byContract, c],
		] as const) {
			totals[kind][i] += cells.given[cell];
			totals.points[i] += cells.points[cell];
			totals.rankSum[i] += cells.rankSum[cell];
			totals.firstChoices[i] += cells.firstChoices[cell];
			totals.waiting[i] += cells.waiting[cell];
		}
	}
}

/** What is expected of an assignment, side by side in sums: selections, of these sponsored, conversions, revenue, value. */
const SUMS = 5;

/** Adds what is expected in the order of the assignments, on which the last bits of a sum depend. */
function addExpected(
	run: RunFacts,
	outcome: Decision,
	expected: Forecast,
	all: Totals,
	byCity: Totals,
	byBrand: Totals,
	byContract: Totals,
): void {
	const { users, contracts } = run.dataset;
	const contractCount = contracts.ids.length;
	const rewardOf = rewardCentsColumn(run);
	const members = [all, byCity, byBrand, byContract];
	const [sum, citySum, brandSum, contractSum] = members.map(
		({ selections }) => new Float64Array(SUMS * selections.length),
	);
	const { user, contract } = outcome;
	for (let a = 0; a < user.length; a++) {
		const c = contract[a];
		const y = users.city[user[a]];
		const selection = expected.selection[a];
		const sponsored = contracts.isSponsored[c] ? selection : 0;
		const conversion = expected.conversion[a];
		const revenueCents = conversion * contracts.priceCents[c];
		const valueCents = conversion * rewardOf[y * contractCount + c];
		addRow(sum, 0, selection, sponsored, conversion, revenueCents, valueCents);
		addRow(citySum, y, selection, sponsored, conversion, revenueCents, valueCents);
		addRow(brandSum, contracts.brand[c], selection, sponsored, conversion, revenueCents, valueCents);
		addRow(contractSum, c, selection, sponsored, conversion, revenueCents, valueCents);
	}
	[sum, citySum, brandSum, contractSum].forEach((sums, m) => {
		const { selections, sponsoredSelections, conversions, revenueCents, valueCents } = members[m];
		[selections, sponsoredSelections, conversions, revenueCents, valueCents].forEach((column, k) => {
			for (let i = 0; i < column.length; i++) column[i] = sums[SUMS * i + k];
		});
	});
}

function addRow(
	sums: Float64Array,
	i: number,
	selection: number,
	sponsored: number,
	conversion: number,
	revenueCents: number,
	valueCents: number,
): void {
	const at = SUMS * i;
	sums[at] += selection;
	sums[at + 1] += sponsored;
	sums[at + 2] += conversion;
	sums[at + 3] += revenueCents;
	sums[at + 4] += valueCents;
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

function giniMetric(run: RunFacts, outcome: Decision): Metric {
	return {
		id: 'points.gini',
		title: 'Inequality of points',
		unit: 'ratio',
		better: 'less',
		help: 'Gini coefficient of the users’ points: 0 when all get the same, towards 1 when few get everything.',
		value: finite(gini(pointsByUser(run, outcome))),
	};
}

function finite(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
