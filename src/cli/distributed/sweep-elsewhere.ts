import type { Config } from '#programs/levers.ts';
import { EXIT, type Exit } from '../command.ts';
import type { Effects } from '../effects.ts';
import type { PreparedRun } from '../prepare-run.ts';
import type { RunSummary } from '../run-summary.ts';
import type { Distribution } from './distributed-options.ts';
import { distribute, jobOn, wholeShard } from './distribute.ts';
import { readSummary } from './read-result.ts';

/**
 * The points of a sweep, each a job; `take` gets them in order. A point that failed is told on standard error by its place, and
 * the others stand: then the command ends as one with wrong input.
 */
export async function sweepElsewhere(
	prepared: PreparedRun,
	configs: readonly Config[],
	take: (index: number, summary: RunSummary) => Promise<void>,
	distribution: Distribution,
	effects: Effects,
): Promise<Exit> {
	const shard = await wholeShard(prepared, distribution, effects);
	const jobs = configs.map((config) => jobOn(shard, prepared, config, { kind: 'summary' }, effects));
	let failed = 0;
	const end = await distribute(
		jobs,
		async (index, answer) => {
			if (answer.ok) return take(index, readSummary(answer.result));
			failed++;
			const { issues } = answer.failure;
			for (const { at, message } of issues)
				effects.warn(`point ${index + 1} of ${jobs.length}: ${at}: ${message}`);
		},
		distribution,
		effects,
	);
	if (end === 'cancelled') return EXIT.cancelled;
	return failed === 0 ? EXIT.done : EXIT.input;
}
