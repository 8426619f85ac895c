import type { Config } from '#programs/levers.ts';
import type { StudyResult } from '#programs/program.ts';
import type { Effects } from '../effects.ts';
import type { PreparedRun } from '../prepare-run.ts';
import { cutStudy } from './cut-study.ts';
import type { Distribution } from './distributed-options.ts';
import { computeAll, jobOn, wholeShard } from './distribute.ts';
import { readStudy } from './read-result.ts';

/** A study, computed by workers in as many pieces as it falls into: the same result as here. Null when cancelled. */
export async function studyElsewhere(
	prepared: PreparedRun,
	id: string,
	options: Config,
	distribution: Distribution,
	effects: Effects,
): Promise<StudyResult | null> {
	const { scenario, config } = prepared;
	const other = options.against === undefined ? {} : { against: scenario.program.readConfig(options.against).config }; // prettier-ignore
	const cut = cutStudy(id, config, { ...options, ...other }, scenario.content);
	const shard = await wholeShard(prepared, distribution, effects);
	const jobs = cut.pieces.map((piece) =>
		jobOn(shard, prepared, piece.config, { kind: 'study', study: id, options: piece.options }, effects),
	);
	const results = await computeAll(jobs, readStudy, distribution, effects);
	return results === null ? null : cut.merge(results);
}
