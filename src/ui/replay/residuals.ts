import type { StudyResult } from '#programs/program.ts';
import { numbersOf, tableOf, wordsOf } from './read-table.ts';

/** One outcome against its interval. */
export interface ResidualDot {
	readonly drop: string;
	readonly observed: number;
	readonly low: number;
	readonly high: number;
	/** where it lies: −1 and 1 are the ends of the interval, beyond them it did not hold */
	readonly place: number;
	readonly isHeld: boolean;
}

/** The outcomes of one brand, Drop by Drop. */
export interface Residuals {
	readonly label: string;
	readonly dots: readonly ResidualDot[];
}

/** Residuals by brand from the ledger, the brand that is farthest off on average first, ties by name. */
export function residualsByBrand(ledger: StudyResult): Residuals[] {
	const table = tableOf(ledger, 'ledger.count');
	const [drop, group, member] = [wordsOf(table, 'drop'), wordsOf(table, 'group'), wordsOf(table, 'member')];
	const [low, high, observed] = [numbersOf(table, 'low'), numbersOf(table, 'high'), numbersOf(table, 'observed')]; // prettier-ignore
	const byBrand = new Map<string, ResidualDot[]>();
	group.forEach((kind, i) => {
		if (kind !== 'brand') return;
		const middle = (low[i] + high[i]) / 2;
		// an interval without width has ends all the same
		const half = Math.max(0.5, (high[i] - low[i]) / 2);
		const isHeld = observed[i] >= low[i] && observed[i] <= high[i];
		const place = (observed[i] - middle) / half;
		const label = member[i].replace(/: selections$/, '');
		const dot = { drop: drop[i], observed: observed[i], low: low[i], high: high[i], place, isHeld };
		byBrand.set(label, [...(byBrand.get(label) ?? []), dot]);
	});
	const offOf = (dots: readonly ResidualDot[]) => dots.reduce((sum, { place }) => sum + Math.abs(place), 0) / dots.length; // prettier-ignore
	return [...byBrand]
		.map(([label, dots]) => ({ label, dots }))
		.sort((a, b) => offOf(b.dots) - offOf(a.dots) || (a.label < b.label ? -1 : 1));
}
