import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import type { MatchInput } from '#engine/match/match-input.ts';
import { optimal } from '#engine/match/optimal.ts';
import { residency } from '#engine/match/residency.ts';
import { withSharedPoints } from './city.ts';

/** The matchings whose memory is measured. */
const matchings = {
	stable: (input: MatchInput) => residency(input),
	optimal: (input: MatchInput) => optimal(input, input.points),
};

/**
 * Peak memory of a matching beyond its input, in bytes, in a process of its own, on Linux: what `bundle --scratch instance
 * name` prints, which must come to `printScratch`.
 */
export function measureScratch(bundle: string, instance: string, name: keyof typeof matchings): number {
	// what is measured is the matching: the engine's own heap for young objects is kept from growing
	const args = ['--max-semi-space-size=1', bundle, '--scratch', instance, name];
	const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
	if (status !== 0) throw new Error(stderr);
	return Number(stdout);
}

/** Reads the problem that `writeInstance` wrote, matches it, and prints what the peak of memory rose by. */
export function printScratch(instance: string, name: string): void {
	// read in place: a second copy would hide what the matching takes
	const words = new Uint32Array(statSync(instance).size / 4);
	const file = openSync(instance, 'r');
	readSync(file, words);
	closeSync(file);
	const [userCount, contractCount, quota, pairCount] = words;
	let at = 4;
	const column = (count: number) => words.subarray(at, (at += count));
	const [start, contract, points] = [userCount + 1, pairCount, pairCount].map(column);
	const [seats, contractBrand] = [column(contractCount), column(contractCount)];
	const input = withSharedPoints({
		userCount,
		contractCount,
		start,
		contract,
		contractBrand,
		seats,
		quota,
		points: new Int32Array(points.buffer, points.byteOffset, points.length),
	});
	// of this program alone: the peak that resourceUsage tells counts that of its parent
	const peak = () => 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
	const before = peak();
	matchings[name === 'optimal' ? 'optimal' : 'stable'](input);
	console.log(peak() - before);
}
