import type { Report } from '#programs/report.ts';
import type { Effects } from '../effects.ts';
import type { PreparedRun } from '../prepare-run.ts';
import type { Distribution } from './distributed-options.ts';
import { computeAll, jobOn, wholeShard } from './distribute.ts';
import { readReport } from './read-result.ts';

/** A run, computed by workers: the same report as here. Null when cancelled. Throws `InputError`. */
export async function runElsewhere(
	prepared: PreparedRun,
	distribution: Distribution,
	effects: Effects,
): Promise<Report | null> {
	const shard = await wholeShard(prepared, distribution, effects);
	const job = jobOn(shard, prepared, prepared.config, { kind: 'run' }, effects);
	const reports = await computeAll([job], readReport, distribution, effects);
	return reports === null ? null : reports[0];
}
