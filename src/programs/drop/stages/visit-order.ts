import { makeWords, threefry, unitFromWords } from '#engine/random.ts';
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
	const order = Uint32Array.from(chosen.keys()).sort((i, j) => day[j] - day[i] || luck[i] - luck[j] || i - j);
	return order.map((i) => chosen[i]);
}
