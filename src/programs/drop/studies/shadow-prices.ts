import { optimal } from '#engine/match/optimal.ts';
import type { WarmStart } from '#engine/match/warm-start.ts';
import type { OnStage } from '../../program.ts';
import type { ReportTable } from '../../report.ts';
import type { DropRun } from '../simulate.ts';

/** What one more assignment of a contract in a city would add to the expected revenue. */
export interface ShadowPrice {
	readonly city: string;
	readonly contract: string;
	readonly brand: string;
	/** dual price of the optimum, cents */
	readonly priceCents: number;
	/** what the optimum with one more seat has more, cents; NaN where it was not run again */
	readonly gainCents: number;
}

/** Most optima computed again; what is beyond is listed with its dual price alone. */
const MOST_RERUNS = 60;
/** Weights count millionths of a cent. */
const MILLIONTHS = 1_000_000;

/**
 * Dual prices of a run with the optimal method and expected revenue as its objective, highest first, ties by city and
 * contract; those of 0 are left out. The highest are confirmed: the city's optimum is computed again with one more
 * seat. A dual price is never below that gain (linear programming duality), and above it only where prices are not
 * unique.
 */
export function shadowPrices(run: DropRun, onStage: OnStage = () => {}): ShadowPrice[] {
	const { dataset } = run;
	// of the cities whose optima are computed again
	const starts = new Map<number, WarmStart | undefined>();
	const priced = run.cities.flatMap(({ sponsored }, y) => {
		const prices = sponsored.result.optimum?.prices;
		return prices === undefined ? [] : Array.from(prices, (price, k) => ({ y, k, price }));
	});
	return priced
		.filter(({ price }) => price > 0)
		.sort((a, b) => b.price - a.price || a.y - b.y || a.k - b.k)
		.map(({ y, k, price }, i, all) => {
			const c = run.cities[y].sponsored.matching.contract[k];
			const isAgain = i < MOST_RERUNS;
			if (isAgain && !starts.has(y)) starts.set(y, warmStartOf(run, y));
			if (isAgain) onStage('shadow prices', i / Math.min(MOST_RERUNS, all.length));
			return {
				city: dataset.cityNames[y],
				contract: dataset.contracts.ids[c],
				brand: dataset.brandNames[dataset.contracts.brand[c]],
				priceCents: price / MILLIONTHS,
				gainCents: isAgain ? gainOfSeat(run, y, k, starts.get(y)) / MILLIONTHS : NaN,
			};
		})
		.sort((a, b) => worthOf(b) - worthOf(a));
}

/** The confirmed gain, else the dual price; cents. */
function worthOf({ gainCents, priceCents }: ShadowPrice): number {
	return Number.isNaN(gainCents) ? priceCents : gainCents;
}

/** What city y's optima with other seats may start from. The Drop's own run keeps none: few runs are asked for it. */
function warmStartOf(run: DropRun, y: number): WarmStart | undefined {
	const { matching, weights, result } = run.cities[y].sponsored;
	return optimal(matching.input, weights, { prices: result.optimum?.prices, isWarmKept: true }).warm;
}

/** What the optimum of city y has more with one more seat at contract k of its input. Its value is the same from any start. */
function gainOfSeat(run: DropRun, y: number, k: number, warm: WarmStart | undefined): number {
	const { matching, weights, result } = run.cities[y].sponsored;
	const seats = matching.input.seats.slice();
	seats[k]++;
	const more = optimal({ ...matching.input, seats }, weights, { warm }).certificate.primal;
	return more - (result.optimum?.certificate.primal ?? 0);
}

/** Shadow prices as ranked bars, with the finding in dollars as their title. */
export function shadowPriceTable(prices: readonly ShadowPrice[]): ReportTable {
	const text = (id: 'city' | 'contract' | 'brand', title: string, unit: 'text' | 'id') => ({ id, title, unit, values: prices.map((price) => price[id]) }); // prettier-ignore
	return {
		id: 'shadow-prices',
		title: findingOf(prices),
		bars: { label: 'reward', value: 'worth' },
		columns: [
			{ id: 'reward', title: 'One more', unit: 'text', values: prices.map(({ brand, city, contract }) => `${brand} in ${city} (${contract})`) }, // prettier-ignore
			text('city', 'City', 'text'),
			text('contract', 'Contract', 'id'),
			text('brand', 'Brand', 'text'),
			{
				id: 'worth',
				title: 'Expected revenue it adds',
				unit: 'cents',
				values: Float64Array.from(prices, worthOf),
			},
			{ id: 'price', title: 'Shadow price', unit: 'cents', values: Float64Array.from(prices, ({ priceCents }) => priceCents) }, // prettier-ignore
			{ id: 'confirmed', title: 'Confirmed', unit: 'text', values: prices.map(({ gainCents }) => (Number.isNaN(gainCents) ? 'not re-run' : 'by a re-run')) }, // prettier-ignore
		],
	};
}

function findingOf(prices: readonly ShadowPrice[]): string {
	const [first] = prices;
	if (!first) return 'No sponsored contract is full: one more assignment would add nothing';
	const proof = Number.isNaN(first.gainCents) ? '' : ', confirmed by a re-run';
	return `One more ${first.brand} reward in ${first.city} is worth $${(worthOf(first) / 100).toFixed(2)} of expected revenue${proof}`;
}
