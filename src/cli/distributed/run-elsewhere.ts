import type { Report } from '#programs/report.ts';
import type { Effects } from '../effects.ts';
import type { PreparedRun } from '../prepare-run.ts';
import { cutRun } from './cut-run.ts';
import type { Distribution } from './distributed-options.ts';
import { computeAll } from './distribute.ts';

/** A run, computed by workers: the same report as here. Null when cancelled. Throws `InputError`. */
export async function runElsewhere(
	prepared: PreparedRun,
	distribution: Distribution,
	effects: Effects,
): Promise<Report | null> {
	const cut = await cutRun(prepared, distribution, effects);
	const { config } = prepared;
	const results = await computeAll(cut.jobs(config, 'run'), (result) => result, distribution, effects);
	return results === null ? null : cut.report(config, results);
}
