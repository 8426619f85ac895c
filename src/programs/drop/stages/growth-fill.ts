import { uniform } from '#engine/random.ts';
import { mostOthers } from '#engine/share.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { compareUserPairs, LUCK_PURPOSE } from '../pair-order.ts';
import type { Pairs } from './eligibility.ts';
import { drawIndex, pickChances } from './growth-pick.ts';
import { visitOrder } from './visit-order.ts';

const PICK_PURPOSE = 3;

/** Growth assignments of one city, in the order given. */
export interface GrowthFill {
	readonly pair: Uint32Array;
	/** chance of each pick, as it was drawn */
	readonly propensity: Float64Array;
	/** pairs that pick i could have been: `candidate[candidateStart[i] … candidateStart[i + 1])`, best first */
	readonly candidateStart: Uint32Array;
	readonly candidate: Uint32Array;
}

/** What the growth fill of a city works on. */
export interface GrowthInput {
	readonly dataset: DropDataset;
	readonly y: number;
	readonly pairs: Pairs;
	/** pairs above the cutoff, from the city's first pair */
	readonly isAbove: Uint8Array;
	readonly points: Int32Array;
	/** sponsored assignments already made, by pair from the city's first one */
	readonly isGiven: Uint8Array;
	/** users of the city, by place, who take no further part: not considered, or put out by the cutoff */
	readonly isOut: Uint8Array;
	/** seats left by contract; taken from as rewards are given */
	readonly seats: Float64Array;
	readonly ratio: number;
	readonly config: DropConfig;
	/** 256 · week, added to the purpose in a stream word */
	readonly weekStream: number;
}

/**
 * Stage 6. Gives growth rewards to users with open slots, newest first, as far as the sponsorship ratio allows
 * (spec section 8). Writes to `seats` only.
 */
export function growthFill(input: GrowthInput): GrowthFill {
	const { dataset, y, pairs, config } = input;
	const [firstUser, endUser] = [dataset.cityUserStart[y], dataset.cityUserStart[y + 1]];
	const pickedPairs: number[] = [];
	const propensities: number[] = [];
	const candidateStart: number[] = [0];
	const allCandidates: number[] = [];
	const heldBy: number[][] = Array.from({ length: endUser - firstUser }, () => []);

	let sponsoredCount = 0;
	const hasSponsored = new Uint8Array(endUser - firstUser);
	for (let u = firstUser; u < endUser; u++) {
		for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
			if (!input.isGiven[p - pairs.start[firstUser]]) continue;
			heldBy[u - firstUser].push(p);
			hasSponsored[u - firstUser] = 1;
			sponsoredCount++;
		}
	}
	let left = mostOthers(sponsoredCount, input.ratio);

	const { requiresSponsored } = config.growth;
	for (
		let pass = requiresSponsored ? config.slotsPerUser - 1 : config.slotsPerUser;
		pass >= 1 && left > 0;
		pass--
	) {
		const visited = visitOrder(input, pass, (u) => {
			const i = u - firstUser;
			if (input.isOut[i] || config.slotsPerUser - heldBy[i].length !== pass) return false;
			return hasSponsored[i] === 1 || !requiresSponsored;
		});
		for (let v = 0; v < visited.length && left > 0; v++) {
			const u = visited[v];
			const candidates = growthCandidates(input, u, heldBy[u - firstUser]);
			if (candidates.length === 0) continue;
			const chances = pickChances(candidates, input.points, config.growth);
			const i = drawIndex(
				chances,
				uniform(config.seed, PICK_PURPOSE + input.weekStream, dataset.users.key[u], pass),
			);
			heldBy[u - firstUser].push(candidates[i]);
			pickedPairs.push(candidates[i]);
			propensities.push(chances.weight[i] / chances.total);
			for (const pair of candidates) allCandidates.push(pair);
			candidateStart.push(allCandidates.length);
			input.seats[pairs.contract[candidates[i]]]--;
			left--;
		}
	}
	return {
		pair: Uint32Array.from(pickedPairs),
		propensity: Float64Array.from(propensities),
		candidateStart: Uint32Array.from(candidateStart),
		candidate: Uint32Array.from(allCandidates),
	};
}

/** Growth pairs that user u could be given now, best first: above the cutoff, with a seat, of a brand not held. */
function growthCandidates(input: GrowthInput, u: number, held: readonly number[]): number[] {
	const { dataset, pairs, config } = input;
	const { brand, isSponsored } = dataset.contracts;
	const firstPair = pairs.start[dataset.cityUserStart[input.y]];
	const candidates: number[] = [];
	for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
		const c = pairs.contract[p];
		if (isSponsored[c] || !input.isAbove[p - firstPair] || input.seats[c] <= 0) continue;
		if (held.some((q) => brand[pairs.contract[q]] === brand[c])) continue;
		candidates.push(p);
	}
	const stream = LUCK_PURPOSE + input.weekStream;
	return candidates.sort((p, q) =>
		compareUserPairs(dataset, pairs, input.points, config.seed, stream, u, p, q),
	);
}
