import { uniform } from '#engine/random.ts';
import type { GrowthInput } from './growth-input.ts';
import { addPick, emptyFill, firstPicks, type GrowthFill, type OpenFill } from './growth-list.ts';
import { sortOnce, type GrowthPairs } from './growth-pairs.ts';
import { drawIndex, pickChances } from './growth-pick.ts';
import { visitOrder } from './visit-order.ts';

const PICK_PURPOSE = 3;

/**
 * A growth fill that can go on. Who is visited in what order, and what she gets, does not depend on how many picks
 * there may be: a fill of n picks is the first n of a longer one.
 */
export interface GrowthRun {
	readonly input: GrowthInput;
	readonly growthPairs: GrowthPairs;
	/** brands of a user's assignments, by place in the city: `slots` a user, the first `heldCount` of them used */
	readonly heldBrand: Int32Array;
	readonly heldCount: Uint8Array;
	readonly hasSponsored: Uint8Array;
	readonly seatsLeft: Float64Array;
	readonly fill: OpenFill;
	/** the pass it is in, whom that visits, and who is next; null before the pass */
	pass: number;
	visited: Uint32Array | null;
	next: number;
}

/** Makes a city's growth fill ready, no pick made yet. `growthPairs` are those of the input; other fills may share them. */
export function startGrowth(input: GrowthInput, growthPairs: GrowthPairs): GrowthRun {
	const { dataset, y, pairs, config } = input;
	const { slotsPerUser } = config;
	const firstUser = dataset.cityUserStart[y];
	const userCount = dataset.cityUserStart[y + 1] - firstUser;
	const heldBrand = new Int32Array(userCount * slotsPerUser);
	const heldCount = new Uint8Array(userCount);
	const hasSponsored = new Uint8Array(userCount);
	let i = 0;
	for (const p of input.sponsoredPair) {
		// ascending: the pairs of a user lie side by side
		while (pairs.start[firstUser + i + 1] <= p) i++;
		heldBrand[i * slotsPerUser + heldCount[i]++] = dataset.contracts.brand[pairs.contract[p]];
		hasSponsored[i] = 1;
	}
	return {
		input,
		growthPairs,
		heldBrand,
		heldCount,
		hasSponsored,
		seatsLeft: input.seats.slice(),
		fill: emptyFill(),
		pass: config.growth.requiresSponsored ? slotsPerUser - 1 : slotsPerUser,
		visited: null,
		next: 0,
	};
}

/**
 * Stage 6. The first `most` growth rewards of a city, or all there are: users with open slots, newest first, pass by
 * pass (spec section 8). Goes on from where `run` stands; O(1) where it has got that far.
 */
export function growthFill(run: GrowthRun, most: number): GrowthFill {
	const { input, fill } = run;
	const { slotsPerUser, growth } = input.config;
	const firstUser = input.dataset.cityUserStart[input.y];
	while (fill.count < most && run.pass >= 1) {
		run.visited ??= visitOrder(input, run.pass, (u) => {
			const i = u - firstUser;
			if (input.isOut[i] || slotsPerUser - run.heldCount[i] !== run.pass) return false;
			return run.hasSponsored[i] === 1 || !growth.requiresSponsored;
		});
		while (run.next < run.visited.length && fill.count < most) visit(run, run.visited[run.next++]);
		if (run.next < run.visited.length) break;
		run.pass--;
		run.visited = null;
		run.next = 0;
	}
	return firstPicks(fill, most);
}

/** Gives user u one growth reward, if there is one with a seat, of a brand she does not hold. */
function visit(run: GrowthRun, u: number): void {
	const { input, growthPairs, heldBrand, heldCount, seatsLeft } = run;
	const { dataset, pairs, points, config } = input;
	const i = u - dataset.cityUserStart[input.y];
	const held = heldBrand.subarray(i * config.slotsPerUser, i * config.slotsPerUser + heldCount[i]);
	sortOnce(growthPairs, input, u);
	const candidates: number[] = [];
	for (let j = growthPairs.start[i]; j < growthPairs.start[i + 1]; j++) {
		const c = pairs.contract[growthPairs.pair[j]];
		if (seatsLeft[c] > 0 && !held.includes(dataset.contracts.brand[c])) candidates.push(growthPairs.pair[j]);
	}
	if (candidates.length === 0) return;

	const chances = pickChances(candidates, points, config.growth);
	const luck = uniform(config.seed, PICK_PURPOSE + input.weekStream, dataset.users.key[u], run.pass);
	const at = drawIndex(chances, luck);
	const c = pairs.contract[candidates[at]];
	addPick(run.fill, u, candidates, at, chances.weight[at] / chances.total);
	heldBrand[i * config.slotsPerUser + heldCount[i]++] = dataset.contracts.brand[c];
	seatsLeft[c]--;
}
