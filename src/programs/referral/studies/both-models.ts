import type { StudyResult } from '../../program.ts';
import type { Metric, ReportColumn } from '../../report.ts';
import { applyLevers } from '../apply-levers.ts';
import type { ReferralDataset } from '../dataset.ts';
import { dollars } from '../money.ts';
import { measure } from '../measure.ts';
import type { ReferralOutcome } from '../outcome.ts';
import type { Runnable } from '../session.ts';
import { simulate } from '../simulate.ts';
import { STANDINGS, standingsOf } from '../standing.ts';

/** The same events under both models, side by side: the metrics of each and what every referrer would get. */
export function bothModels(dataset: ReferralDataset, { edition, config, asOf }: Runnable): StudyResult {
	const run = (model: 'pie-split' | 'rev-share-limit') =>
		simulate(dataset, applyLevers(edition.rules, { ...config, model }), asOf);
	const [pie, race] = [run('pie-split'), run('rev-share-limit')];
	const [pieMetrics, raceMetrics] = [measure(dataset, pie), measure(dataset, race)];
	const [pieStanding, raceStanding] = [standingsOf(dataset, pie), standingsOf(dataset, race)];
	const board = [...pie.order].sort((a, b) => bestAward(pie, race, a, b) || pie.rank[a] - pie.rank[b]);
	const numbers = (read: (r: number) => number | bigint) => Float64Array.from(board, (r) => Number(read(r)));
	const both = board.filter((r) => pie.award[r] > 0n && race.award[r] > 0n).length;
	// up to the last paid rank of either, so that the lines end where they differ
	const drawn = Math.min(MOST_RANKS, board.length, Math.max(2, paidCount(pie), paidCount(race)));
	const count = (id: string, title: string, value: number): Metric => ({
		id,
		title,
		unit: 'count',
		better: null,
		help: title,
		value,
	});
	return {
		metrics: [
			count('both.paid', 'Paid under both', both),
			count(
				'both.onlyPie',
				'Paid only under the pie split',
				board.filter((r) => pie.award[r] > 0n).length - both,
			),
			count(
				'both.onlyRace',
				'Paid only under the revenue share',
				board.filter((r) => race.award[r] > 0n).length - both,
			),
		],
		tables: [
			{
				id: 'models',
				title: 'Both models',
				columns: [
					{ id: 'metric', title: 'Metric', unit: 'text', values: pieMetrics.map((metric) => metric.title) },
					figures('pieSplit', 'pie split', pieMetrics),
					figures('revShareLimit', 'revenue share', raceMetrics),
				],
			},
			{
				id: 'referrers',
				title: 'Referrers under both models',
				columns: [
					{ id: 'referrer', title: 'Referrer', unit: 'id', values: board.map((r) => dataset.addresses[r]) },
					{ id: 'pieRank', title: 'Rank, pie split', unit: 'rank', values: numbers((r) => pie.rank[r]) },
					{
						id: 'raceRank',
						title: 'Rank, revenue share',
						unit: 'rank',
						values: numbers((r) => race.rank[r]),
					},
					{
						id: 'pieAward',
						title: 'Award, pie split',
						unit: 'microUsdc',
						values: numbers((r) => pie.award[r]),
					},
					{
						id: 'raceAward',
						title: 'Award, revenue share',
						unit: 'microUsdc',
						values: numbers((r) => race.award[r]),
					},
					{ id: 'difference', title: 'More under the revenue share', unit: 'microUsdc', values: numbers((r) => race.award[r] - pie.award[r]), isChange: true }, // prettier-ignore
					{
						id: 'pieStanding',
						title: 'Standing, pie split',
						unit: 'text',
						values: board.map((r) => STANDINGS[pieStanding[r]]),
					},
					{ id: 'raceStanding', title: 'Standing, revenue share', unit: 'text', values: board.map((r) => STANDINGS[raceStanding[r]]) }, // prettier-ignore
				],
			},
		],
		series: [
			{
				id: 'awards',
				title: 'Awards by rank',
				finding: `${dollars(pie.paid)} to ${paidCount(pie)} referrers under the pie split, ${dollars(race.paid)} to ${paidCount(race)} under the revenue share`,
				unit: 'microUsdc',
				xTitle: 'Rank under each model',
				x: Float64Array.from({ length: drawn }, (_, i) => i + 1),
				lines: [pie, race].map((outcome) => ({
					label: outcome.dataModelType === 'pie-split' ? 'pie split' : 'revenue share',
					y: Float64Array.from({ length: drawn }, (_, i) => Number(outcome.award[outcome.order[i]])),
				})),
			},
		],
		notices: [],
	};
}

/** Ranks of the chart: all that are paid, up to fifty. */
const MOST_RANKS = 50;

function paidCount({ order, award }: ReferralOutcome): number {
	return order.reduce((count, r) => count + Number(award[r] > 0n), 0);
}

/** Larger awards first, under whichever model pays more. */
function bestAward(pie: ReferralOutcome, race: ReferralOutcome, a: number, b: number): number {
	const best = (r: number) => (pie.award[r] > race.award[r] ? pie.award[r] : race.award[r]);
	return best(a) > best(b) ? -1 : best(a) < best(b) ? 1 : 0;
}

/** A column of metrics, each in its own unit. */
function figures(id: string, title: string, metrics: readonly Metric[]): ReportColumn {
	const values = Float64Array.from(metrics, (metric) => metric.value ?? NaN);
	return { id, title, unit: 'number', units: metrics.map((metric) => metric.unit), values };
}
