import type { DropRun } from '../simulate.ts';
import { listOpenPairs, offeredContracts } from '../stages/open-pairs.ts';

/**
 * The pairs that each growth pick of city y could have been (spec section 8): those of its user above the cutoff, of
 * contracts that had seats when she was visited and of brands she did not hold; ascending. Picks are taken in the order
 * they were made, which is all that the seats left and the brands held hang on. O(picks · pairs of a user).
 */
export function candidatesOfPicks(run: DropRun, y: number): number[][] {
	const { dataset, pairs } = run;
	const { brand } = dataset.contracts;
	const { seats, isAbove, assigned, growth } = run.cities[y];
	const open = listOpenPairs(dataset, y, pairs, isAbove, offeredContracts(dataset, false, seats));
	const left = seats.slice();
	const heldBrands = new Map<number, Set<number>>();
	const heldBy = (u: number) => {
		const held = heldBrands.get(u) ?? new Set<number>();
		heldBrands.set(u, held);
		return held;
	};
	let a = 0;
	assigned.heldCount.forEach((count, i) => {
		for (let k = 0; k < count; k++) heldBy(open.firstUser + i).add(brand[assigned.contract[a++]]);
	});
	return Array.from(growth.user, (u, i) => {
		const held = heldBy(u);
		const candidates: number[] = [];
		for (let j = open.start[u - open.firstUser]; j < open.start[u - open.firstUser + 1]; j++) {
			const c = open.contract[open.place[j]];
			if (left[c] > 0 && !held.has(brand[c])) candidates.push(open.pair[j]);
		}
		held.add(brand[growth.contract[i]]);
		left[growth.contract[i]]--;
		return candidates;
	});
}
