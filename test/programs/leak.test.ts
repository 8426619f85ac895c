import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withValue } from '#programs/levers.ts';
import { loadScenario } from '../../src/cli/load-scenario.ts';
import { nodeEffects } from '../../src/cli/node-effects.ts';

// RUNS=10000 is the long form, RUNS=400 what every test run can afford
const RUNS = Number(process.env.RUNS ?? '400');
const MOST_GROWTH = 4 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use once everything unreachable is gone. */
function bytesHeld(): number {
	collect();
	collect();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

describe('an open scenario', () => {
	it(
		`holds no more after ${RUNS} runs than after a few`,
		{ timeout: Math.max(60_000, RUNS * 100) },
		async () => {
			const effects = { ...nodeEffects(), progress: () => undefined };
			const { program, content, config } = await loadScenario('drop/two-cities', effects);
			const open = program.open(content);
			const production = program.readConfig(config ?? {}).config;
			const run = (r: number) => {
				const ratio = withValue(production, 'sponsorship.ratio', 0.3 + (r % 61) / 100);
				return open.run(withValue(ratio, 'cutoff.bottomShare', (r % 7) / 20)).outcomeHash;
			};
			for (let r = 0; r < 100; r++) run(r);
			const before = bytesHeld();
			const hashes = new Set<string>();
			for (let r = 0; r < RUNS; r++) hashes.add(run(r));
			const growth = bytesHeld() - before;
			console.log(
				`${RUNS} runs: ${hashes.size} outcomes, ${Math.round(growth / 1024)} KB more held than before`,
			);
			expect(hashes.size).toBeGreaterThan(50);
			expect(growth).toBeLessThan(MOST_GROWTH);
		},
	);
});
