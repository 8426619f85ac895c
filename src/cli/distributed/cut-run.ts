import { contentDigest } from '#data/digest.ts';
import { openWhole } from '#programs/drop/parts/run-parts.ts';
import { splitContent } from '#programs/drop/parts/split-content.ts';
import type { Config } from '#programs/levers.ts';
import type { Report } from '#programs/report.ts';
import { tableOf } from '#programs/tables.ts';
import { summaryOf, type RunSummary } from '../run-summary.ts';
import type { Effects } from '../effects.ts';
import type { PreparedRun } from '../prepare-run.ts';
import { jobOn, wholeShard } from './distribute.ts';
import type { Distribution } from './distributed-options.ts';
import type { JobSpec } from './job-spec.ts';
import { readPart, readReport, readSummary } from './read-result.ts';
import { readSplit, splitScenario, type SplitScenario } from './split-scenario.ts';

/** Runs of one scenario, as jobs: so many for each configuration, and what their results become. */
export interface CutRun {
	readonly jobsPerRun: number;
	jobs(config: Config, task: 'run' | 'summary'): readonly JobSpec[];
	/** From the results of the jobs of one run, in their order: what `OpenScenario.run` gives, to the last bit. */
	report(config: Config, results: readonly unknown[]): Report;
	summary(config: Config, results: readonly unknown[]): RunSummary;
}

/** Pairs of a user and a contract above which a run is cut, where its cities allow it; a smaller one takes a second or so. */
const MOST_PAIRS_WHOLE = 20_000_000;

/**
 * Decides how the runs of a scenario are cut, by its data alone: into the shards of the folder where it was split; else by its
 * cities where it is large and they fall apart; else not at all. Puts the files that workers need into the folder.
 */
export async function cutRun(
	prepared: PreparedRun,
	distribution: Distribution,
	effects: Effects,
): Promise<CutRun> {
	const split = await splitOf(prepared, distribution, effects);
	if (split !== null) return cutByCities(prepared, split, effects);
	const shard = await wholeShard(prepared, distribution, effects);
	return {
		jobsPerRun: 1,
		jobs: (config, task) => [jobOn(shard, prepared, config, { kind: task }, effects)],
		report: (_config, [result]) => readReport(result),
		summary: (_config, [result]) => readSummary(result),
	};
}

async function splitOf(
	{ scenario }: PreparedRun,
	{ folder }: Distribution,
	effects: Effects,
): Promise<SplitScenario | null> {
	const { content, program } = scenario;
	if (program.id !== 'drop') return null;
	const known = readSplit(folder, contentDigest(content, program.tables), effects);
	if (known !== null) return known;
	const pairs = tableOf(content, 'user').rowCount * tableOf(content, 'contract').rowCount;
	if (pairs <= MOST_PAIRS_WHOLE || splitContent(content).length === 1) return null;
	const split = await splitScenario(content, program, folder, effects);
	effects.warn(`split into ${split.shards.length} shards in ${folder}, for the workers`);
	return split;
}

function cutByCities(prepared: PreparedRun, { facts, shards }: SplitScenario, effects: Effects): CutRun {
	const whole = openWhole(prepared.scenario.content);
	const report = (config: Config, results: readonly unknown[]) => whole.report(config, results.map(readPart));
	return {
		jobsPerRun: shards.length,
		jobs: (config) =>
			shards.map(({ digest, label, cities }, i) => {
				const shard = { digest, number: i + 1, count: shards.length, label };
				return jobOn(shard, prepared, config, { kind: 'part', facts, cities }, effects);
			}),
		report,
		summary: (config, results) => summaryOf(report(config, results)),
	};
}
