import type { Config } from '#programs/levers.ts';
import type { Issue } from '#programs/input-error.ts';
import { EXIT, type Exit } from '../command.ts';
import type { Effects } from '../effects.ts';
import type { PreparedRun } from '../prepare-run.ts';
import type { RunSummary } from '../run-summary.ts';
import { cutRun } from './cut-run.ts';
import type { Distribution } from './distributed-options.ts';
import { distribute } from './distribute.ts';

/**
 * The points of a sweep, each a job or one for each shard; `take` gets them in order. A point that failed is told on standard
 * error by its place, and the others stand: then the command ends as one with wrong input.
 */
export async function sweepElsewhere(
	prepared: PreparedRun,
	configs: readonly Config[],
	take: (index: number, summary: RunSummary) => Promise<void>,
	distribution: Distribution,
	effects: Effects,
): Promise<Exit> {
	const cut = await cutRun(prepared, distribution, effects);
	const jobs = configs.flatMap((config) => cut.jobs(config, 'summary'));
	let failed = 0;
	let results: unknown[] = [];
	let issues: Issue[] = [];
	const end = await distribute(
		jobs,
		async (index, answer) => {
			if (answer.ok) results.push(answer.result);
			else issues.push(...answer.failure.issues);
			if ((index + 1) % cut.jobsPerRun > 0) return;
			// the last job of a point
			const point = (index + 1) / cut.jobsPerRun - 1;
			if (issues.length === 0) await take(point, cut.summary(configs[point], results));
			else failed++;
			for (const { at, message } of issues) effects.warn(`point ${point + 1} of ${configs.length}: ${at}: ${message}`); // prettier-ignore
			[results, issues] = [[], []];
		},
		distribution,
		effects,
	);
	if (end === 'cancelled') return EXIT.cancelled;
	return failed === 0 ? EXIT.done : EXIT.input;
}
