import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MatchInput } from '#engine/match/match-input.ts';

/** Writes a matching problem as `c/loops.c` reads it. */
export function writeInstance(input: MatchInput, path: string): void {
	const { userCount, contractCount, quota, start, contract, points, seats, contractBrand } = input;
	const head = Int32Array.of(userCount, contractCount, quota, contract.length);
	writeFileSync(
		path,
		Buffer.concat(
			[head, start, contract, points, seats, contractBrand].map((part) => new Uint8Array(part.buffer)),
		),
	);
}

/** Times of the plain C loops on a written problem, in milliseconds by name; null where there is no C compiler. */
export function runLoops(instance: string): ReadonlyMap<string, number> | null {
	const program = fileURLToPath(new URL('loops', import.meta.url));
	// the bundle stands three folders below the root
	const sources = ['loops.c', 'stable.c'].map((name) =>
		fileURLToPath(new URL(`../../../test/bench/c/${name}`, import.meta.url)),
	);
	const built = spawnSync('cc', ['-O3', '-march=native', '-o', program, ...sources, '-lm'], { encoding: 'utf8' }); // prettier-ignore
	if (built.error) return null;
	if (built.status !== 0) throw new Error(built.stderr);
	const { stdout, status } = spawnSync(program, [instance], { encoding: 'utf8' });
	if (status !== 0) throw new Error(`the C loops ended with ${status}`);
	const rows = stdout.trim().split('\n').map((line) => line.split(' ')); // prettier-ignore
	return new Map(rows.map(([name, value]) => [name, Number(value)]));
}
