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

	for (let u = 0; u < dataset.users.ids.length; u++) {
		if (!run.asOf.isConsidered[u]) continue;
		const y = dataset.users.city[u];
		all.considered[0]++;
		byCity.considered[y]++;
		const reason = outcome.skipReason[u];
		if (outcome.userStart[u + 1] > outcome.userStart[u]) {
			all.served[0]++;
			byCity.served[y]++;
		} else if (reason >= 0) {
			all.skipped[reason][0]++;
			byCity.skipped[reason][y]++;
		}
	}
	outcome.cities.forEach((city, y) => {
		byCity.blocking[y] = city.blockingPairs;
		all.blocking[0] += city.blockingPairs;
	});

	const rewardOf = rewardCentsColumn(run);
	const place = new Uint32Array(4);
	const members = [all, byCity, byBrand, byContract];
	for (let a = 0; a < outcome.user.length; a++) {
		const c = outcome.contract[a];
		const y = dataset.users.city[outcome.user[a]];
		place[1] = y;
		place[2] = contracts.brand[c];
		place[3] = c;
		const selection = expected.selection[a];
		const conversion = expected.conversion[a];
		const revenueCents = conversion * contracts.priceCents[c];
		const valueCents = conversion * rewardOf[y * contracts.ids.length + c];
		for (let m = 0; m < 4; m++) {
			const totals = members[m];
			const i = place[m];
			if (contracts.isSponsored[c]) {
				totals.sponsored[i]++;
				totals.sponsoredSelections[i] += selection;
				totals.rankSum[i] += rank[a];
				if (rank[a] === 1) totals.firstChoices[i]++;
			} else totals.growth[i]++;
			totals.points[i] += outcome.points[a];
			totals.selections[i] += selection;
			totals.conversions[i] += conversion;
			totals.revenueCents[i] += revenueCents;
			totals.valueCents[i] += valueCents;
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
