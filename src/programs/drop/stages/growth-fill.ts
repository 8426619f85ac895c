import { uniform } from '#engine/random.ts';
import { compareTiedPairs, LUCK_PURPOSE } from '../pair-order.ts';
import { addPick, firstPicks, type GrowthFill } from './growth-list.ts';
import { drawIndex, pickChances } from './growth-pick.ts';
import type { GrowthRun } from './growth-run.ts';
import { visitOrder } from './visit-order.ts';

const PICK_PURPOSE = 3;

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
			return input.assigned.heldCount[i] > 0 || !growth.requiresSponsored;
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
	const { input, points, heldBrand, heldCount, seatsLeft, brand, best } = run;
	const { dataset, config, weekStream } = input;
	const { pair, place, start, contract } = run.open;
	const i = u - dataset.cityUserStart[input.y];
	const firstHeld = i * config.slotsPerUser;
	const endHeld = firstHeld + heldCount[i];

	// the best few, best first, as places among the growth pairs
	let count = 0;
	for (let j = start[i]; j < start[i + 1]; j++) {
		const ownPoints = points[j];
		if (count === best.length && ownPoints < points[best[count - 1]]) continue;
		const c = place[j];
		if (seatsLeft[c] <= 0 || isAmong(heldBrand, firstHeld, endHeld, brand[c])) continue;
		let k = count < best.length ? count++ : count;
		for (; k > 0; k--) {
			const ahead = points[best[k - 1]];
			if (ownPoints < ahead || (ownPoints === ahead && !winsTie(run, u, j, best[k - 1]))) break;
			if (k < count) best[k] = best[k - 1];
		}
		if (k < count) best[k] = j;
	}
	if (count === 0) return;

	const bestPoints: number[] = [];
	for (let k = 0; k < count; k++) bestPoints.push(points[best[k]]);
	const chances = pickChances(bestPoints, config.growth);
	const luck = uniform(config.seed, PICK_PURPOSE + weekStream, dataset.users.key[u], run.pass);
	const k = drawIndex(chances, luck);
	const j = best[k];
	const c = place[j];
	const propensity = chances.weight[k] / chances.total;
	const pick = { user: u, pair: pair[j], contract: contract[c], points: points[j], propensity };
	addPick(run.fill, pick);
	heldBrand[firstHeld + heldCount[i]++] = brand[c];
	seatsLeft[c]--;
}

/** Whether user u ranks growth pair j, by its place in the list, ahead of another of hers that has as many points. */
function winsTie({ input, open }: GrowthRun, u: number, j: number, other: number): boolean {
	const { dataset, pairs, config } = input;
	const { pair } = open;
	const stream = LUCK_PURPOSE + input.weekStream;
	return compareTiedPairs(dataset, pairs, config.seed, stream, u, pair[j], pair[other]) < 0;
}

function isAmong(values: Int32Array, from: number, end: number, value: number): boolean {
	for (let i = from; i < end; i++) if (values[i] === value) return true;
	return false;
}
