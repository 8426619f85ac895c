import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { residency } from '#engine/match/residency.ts';
import { optimal } from '#engine/match/optimal.ts';
import type { WarmStart } from '#engine/match/warm-start.ts';
import { exp, log, tanh } from '#engine/math.ts';
import { drop } from '#programs/drop/program.ts';
import type { Config } from '#programs/levers.ts';
import { ids, tableOf } from '#programs/tables.ts';
import { runLoops, writeInstance } from './instances/c-loops.ts';
import { makeBenchCity, toMatchInput } from './instances/city.ts';
import { measure, type Times } from './instances/measure.ts';
import { measureScratch, printScratch } from './instances/scratch.ts';
import { answerPoints, sweep } from './instances/sweep.ts';

/**
 * The rows of the performance targets that can be measured here, each as a ratio of one run: against plain loops in C
 * where there is a compiler. LEMON and matchingR are no part of the project.
 */

const bundle = fileURLToPath(import.meta.url);
const NO_COMPILER = 'no C compiler';

const rows: string[] = [];
const ratio = (number: string, what: string, value: number, target: string) => {
	rows.push(`${number.padEnd(3)} ${what.padEnd(74)} ${value.toFixed(2).padStart(8)}   ${target}`);
};

/** Measures against C on a problem of 100 000 × 200 that is written for it, and the memory of both matchings. */
function besidesC(cached: Times): void {
	const [users, contracts] = [100_000, 200];
	const input = toMatchInput(makeBenchCity(users, contracts, 1), 60);
	const instance = fileURLToPath(new URL('instance', import.meta.url));
	writeInstance(input, instance);
	const stable = measure(`stable, ${users} × ${contracts}`, input.contract.length, 7, () => residency(input));
	const loops = runLoops(instance);
	const against = (number: string, what: string, value: number | undefined, target: string) => {
		if (value === undefined) rows.push(`${number.padEnd(3)} ${what}: ${NO_COMPILER}`);
		else ratio(number, what, value, target);
	};
	const scoring = loops?.get('score');
	against('1', 'cached columns against the same loop in C', scoring && cached.min / scoring, '≤ 3');
	const textbookMs = loops?.get('textbook');
	against('2', 'textbook in C, brands left out, against stable, 100 000 × 200', textbookMs && textbookMs / stable.min, '≥ 5');
	const stableMs = loops?.get('stable');
	against('2', 'stable against the same algorithm in C, 100 000 × 200', stableMs && stable.min / stableMs, '≤ 1.3');
	if (process.platform !== 'linux') return;
	const matrix = 4 * users * contracts;
	ratio('7', 'memory beyond the input, stable, against the points matrix', measureScratch(bundle, instance, 'stable') / matrix, '≤ 0.5');
	ratio('7', 'the same, optimal', measureScratch(bundle, instance, 'optimal') / matrix, '≤ 0.5');
} // prettier-ignore

/** How the optimum grows with users and with contracts, each alone. */
function growthOfOptimal(): void {
	const timeOf = (users: number, contracts: number) => {
		const input = toMatchInput(makeBenchCity(users, contracts, 1), 60);
		return measure(`optimal, ${users} × ${contracts}`, input.contract.length, 3, () => optimal(input, input.points)).min;
	};
	const [whole, fewUsers, fewContracts] = [timeOf(100_000, 200), timeOf(25_000, 200), timeOf(100_000, 50)];
	ratio('6', 'optimal grows as users to the power of', log(whole / fewUsers) / log(4), '≤ 1.0');
	ratio('6', 'optimal grows as contracts to the power of', log(whole / fewContracts) / log(4), '≤ 1.3');
} // prettier-ignore

/** Deferred acceptance as textbooks have it: whole sorted lists, each contract searched for its worst holder. */
function textbook({ start, contract, points, seats, quota, userCount, contractCount }: ReturnType<typeof toMatchInput>): number {
	const lists = Array.from({ length: userCount }, (_, u) =>
		Array.from({ length: start[u + 1] - start[u] }, (_each, i) => start[u] + i).sort((p, q) => points[q] - points[p]),
	);
	const holders: number[][] = Array.from({ length: contractCount }, () => []);
	const next = new Uint32Array(userCount);
	const held = new Uint32Array(userCount);
	const owner = new Uint32Array(points.length);
	for (let u = 0; u < userCount; u++) for (let p = start[u]; p < start[u + 1]; p++) owner[p] = u;
	const waiting = Array.from({ length: userCount }, (_, u) => u);
	while (waiting.length > 0) {
		const u = waiting.pop() ?? 0;
		while (held[u] < quota && next[u] < lists[u].length) {
			const p = lists[u][next[u]++];
			const holding = holders[contract[p]];
			if (holding.length < seats[contract[p]]) {
				holding.push(p);
				held[u]++;
				continue;
			}
			let worst = 0;
			for (let i = 1; i < holding.length; i++) if (points[holding[i]] < points[holding[worst]]) worst = i;
			if (holding.length === 0 || points[holding[worst]] >= points[p]) continue;
			const out = owner[holding[worst]];
			holding[worst] = p;
			held[u]++;
			held[out]--;
			waiting.push(out);
		}
	}
	return holders.reduce((sum, holding) => sum + holding.length, 0);
} // prettier-ignore

function scoring(count: number): Times {
	const column = (salt: number) => Float64Array.from({ length: count }, (_, i) => 0.01 + ((i * 7919 + salt) % 1000) / 1011); // prettier-ignore
	const [a, d, r] = [column(1), column(2), column(3)];
	const logs = [a, d, r].map((each) => each.map(log));
	const out = new Float64Array(count);
	const read = measure('read the columns', count, 5, () => {
		let sum = 0;
		for (let i = 0; i < count; i++) sum += a[i] + d[i] + r[i];
		return sum;
	});
	const cached = measure('add and multiply cached logarithms', count, 5, () => {
		for (let i = 0; i < count; i++) out[i] = (8 * logs[0][i] + 2 * logs[1][i] + logs[2][i]) / 11;
	});
	const each = measure('logarithm and tanh for each pair', count, 3, () => {
		for (let i = 0; i < count; i++) out[i] = exp((8 * log(a[i]) + 2 * log(d[i]) + log(tanh(r[i]))) / 11);
	});
	ratio('1', 'cached columns against reading them', cached.min / read.min, '');
	ratio('1', 'logarithms for each pair against cached columns', each.min / cached.min, '≥ 40');
	return cached;
}

/** Bytes of the columns of a warm start that are its own. */
function sizeOfStart(start: WarmStart | undefined): number {
	if (start === undefined) return NaN;
	const { prices, held, demand, margin, lists } = start;
	const ofLists = [lists.users, lists.start, lists.length, lists.pair, lists.contract, lists.weight, lists.mate];
	const columns = [prices, held, demand, margin, ...ofLists, lists.outside, lists.stamp, ...lists.stamps];
	return columns.reduce((sum, each) => sum + each.byteLength, 0);
} // prettier-ignore

function matching(): void {
	const times: { pairs: number; users: number; stable: Times; best: Times }[] = [];
	for (const [users, contracts] of [[20_000, 100], [100_000, 200]]) {
		const input = toMatchInput(makeBenchCity(users, contracts, 1), 60);
		const pairs = input.contract.length;
		const stable = measure(`stable, ${users} × ${contracts}`, pairs, 3, () => residency(input));
		const best = measure(`optimal, ${users} × ${contracts}`, pairs, 3, () => optimal(input, input.points));
		times.push({ pairs, users, stable, best });
		if (users === 20_000) {
			const plain = measure('textbook, one offer per brand left out', pairs, 1, () => textbook(input));
			ratio('2', 'textbook in JavaScript against stable, 20 000 × 100', plain.min / stable.min, '');
		}
		ratio('3', `optimal against stable, ${users} × ${contracts}`, best.min / stable.min, 'LEMON is not measured here');
		const { prices, warm: start } = optimal(input, input.points, { isWarmKept: true });
		const moved = { ...input, seats: input.seats.map((count) => Math.ceil(count * 1.05)) };
		const cold = measure('  5 % more seats, cold', pairs, 7, () => optimal(moved, input.points));
		measure('  5 % more seats, from the last prices', pairs, 3, () => optimal(moved, input.points, { prices }));
		const warm = measure('  5 % more seats, warm', pairs, 7, () => optimal(moved, input.points, { warm: start }));
		const chained = measure('  5 % more seats, warm and kept warm', pairs, 7, () => optimal(moved, input.points, { warm: start, isWarmKept: true }));
		const one = { ...input, seats: input.seats.map((count, c) => count + (c === 7 ? 1 : 0)) };
		const single = measure('  one more seat, warm', pairs, 7, () => optimal(one, input.points, { warm: start }));
		ratio('5', `optimal after a supply lever, warm against cold, ${users} × ${contracts}`, warm.min / cold.min, '≤ 0.20');
		ratio('5', '  kept warm for the next lever as well', chained.min / cold.min, '');
		ratio('5', '  one more seat', single.min / cold.min, '');
		ratio('7', '  what a warm start keeps, against the points matrix', sizeOfStart(start) / (4 * users * contracts), '≤ 0.5');
	}
	const [small, large] = times;
	const growth = (of: (each: typeof small) => Times) => log(of(large).min / of(small).min) / log(large.pairs / small.pairs);
	ratio('6', 'stable grows as pairs to the power of', growth(({ stable }) => stable), '≤ 1.05');
} // prettier-ignore

function wholeDrop(): void {
	const path = new URL('../../../scenarios/drop/national/scenario.json', import.meta.url);
	const recipe = JSON.parse(readFileSync(path, 'utf8')) as { seed: number; options: Config };
	const content = drop.generator?.generate(recipe.options, recipe.seed);
	if (!content) throw new Error('the Drop has a generator');
	const users = 100_000;
	const cold: number[] = [];
	let opened = drop.open(content);
	for (let i = 0; i < 4; i++) {
		if (i > 0) opened = drop.open(content);
		const began = performance.now();
		opened.run({});
		cold.push(performance.now() - began);
	}
	const [first, ...later] = cold;
	const least = Math.min(...later);
	console.log(`national Drop, ${users} users, nothing kept: first ${first.toFixed(0)} ms, then ${later.map((ms) => ms.toFixed(0)).join(', ')} ms`);
	const [cityId] = ids(tableOf(content, 'city'), 'id');
	let n = 0;
	const byCity = measure('national Drop, another ratio in one city', users, 5, () => opened.run({ cities: { [cityId]: { sponsorshipRatio: 0.5 + ++n / 100 } } }));
	const byRatio = measure('national Drop, another ratio', users, 5, () => opened.run({ sponsorship: { ratio: 0.5 + (++n % 7) / 100 } }));
	const bySupply = measure('national Drop, another supply target', users, 5, () => opened.run({ supply: { target: 0.5 + ++n / 100 } }));
	ratio('5', 'national Drop after the ratio lever of one city against a cold one', byCity.min / least, '≤ 0.05');
	ratio('5', 'national Drop after the ratio lever of all cities against a cold one', byRatio.min / least, '≤ 0.05');
	ratio('5', 'national Drop after a supply lever against a cold one', bySupply.min / least, '≤ 0.20');
	ratio('8', 'first national Drop against later cold ones, opening left out', first / least, '≤ 1.5');
} // prettier-ignore

async function main(): Promise<void> {
	// first of all: a process that has run nothing else is what the first Drop of a session meets
	wholeDrop();
	besidesC(scoring(2_000_000));
	matching();
	growthOfOptimal();
	const { ms, differing } = await sweep(bundle);
	console.log(`21 × 21 sweep, 20 000 users, two threads: ${(ms / 1000).toFixed(1)} s, ${differing} points differ`);
	ratio('10', '21 × 21 sweep over ratio × cutoff at 20 000 users, two threads, seconds', ms / 1000, '≤ 60');

	console.log(`\nrow ${'what'.padEnd(74)}    ratio   target`);
	for (const row of rows) console.log(row);
	console.log('3   LEMON is not measured here');
	console.log('4   in a Chromium worker: see the bench chromium');
	console.log('9   blocking pairs 0, gap 0 and equal bytes: asserted by bench match and by the tests');
} // prettier-ignore

if (process.argv[2] === '--scratch') printScratch(process.argv[3], process.argv[4]);
else if (process.argv[2] === '--sweep') answerPoints();
else await main();
