import { makeWords, threefry, unitFromWords } from '#engine/random.ts';
import { radixSort } from '#engine/sort.ts';
import { DAY_MS } from '../../instant.ts';
import type { GrowthInput } from './growth-input.ts';

const JITTER_PURPOSE = 2;

/** Users of a pass, newest first by jittered age; ties by the luck word of the same draw, then id. */
export function visitOrder(input: GrowthInput, pass: number, isVisited: (u: number) => boolean): Uint32Array {
	const { dataset, y, config } = input;
	const chosen: number[] = [];
	for (let u = dataset.cityUserStart[y]; u < dataset.cityUserStart[y + 1]; u++)
		if (isVisited(u)) chosen.push(u);

	const day = new Float64Array(chosen.length);
	const luck = new Uint32Array(chosen.length);
	const words = makeWords();
	for (let i = 0; i < chosen.length; i++) {
		const u = chosen[i];
		threefry(config.seed, JITTER_PURPOSE + input.weekStream, dataset.users.key[u], pass, words);
		day[i] = dataset.users.createdAt[u] / DAY_MS + config.growth.jitterDays * (unitFromWords(words) - 0.5);
		luck[i] = words[0];
	}
	const order = new Uint32Array(chosen.length);
	for (let i = 0; i < order.length; i++) order[i] = i;
	const key = ageKeys(day);
	radixSort(order, key);
	// keys are coarser than days: those of one key are put in order among themselves
	for (let i = 0, end = 0; i < order.length; i = end) {
		while (end < order.length && key[order[end]] === key[order[i]]) end++;
		if (end > i + 1) order.subarray(i, end).sort((j, k) => day[k] - day[j] || luck[j] - luck[k] || j - k);
	}
	return order.map((i) => chosen[i]);
}

/** Whole numbers below 2^32 that never fall from a later day to an earlier one. */
function ageKeys(day: Float64Array): Uint32Array {
	let [first, last] = [Infinity, -Infinity];
	for (const each of day) {
		if (each < first) first = each;
		if (each > last) last = each;
	}
	const scale = last > first ? 4294967295 / (last - first) : 0;
	return Uint32Array.from(day, (each) => Math.min(4294967295, (last - each) * scale));
}
