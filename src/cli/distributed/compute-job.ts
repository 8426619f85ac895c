import type { OnStage, OpenScenario } from '#programs/program.ts';
import { inputError } from '#programs/input-error.ts';
import { summaryOf } from '../run-summary.ts';
import type { Effects } from '../effects.ts';
import { readShard } from './data-folder.ts';
import type { JobSpec } from './job-spec.ts';

/** Scenarios that stay open: a sweep runs the same one again and again. */
const MOST_OPEN = 2;

/** Computes jobs one after the other, and keeps the last scenarios open between them. */
export function makeComputer(folder: string, effects: Effects) {
	const open = new Map<string, OpenScenario>();

	async function openShard({ shard, program }: JobSpec): Promise<OpenScenario> {
		const kept = open.get(shard.digest);
		if (kept) return kept;
		const read = await readShard(folder, shard, effects);
		if (read.program.id !== program) {
			throw inputError('program', `mismatched program: ${program}; the file holds one of ${read.program.id}`, 'job.program'); // prettier-ignore
		}
		for (const oldest of open.keys()) if (open.size >= MOST_OPEN) open.delete(oldest);
		const opened = read.program.open(read.content);
		open.set(shard.digest, opened);
		return opened;
	}

	return {
		/** The result of a job. Throws `InputError` where file, configuration or options are wrong. */
		async compute(spec: JobSpec, onStage: OnStage): Promise<unknown> {
			const scenario = await openShard(spec);
			const { task, config } = spec;
			switch (task.kind) {
				case 'run':
					return scenario.run(config, onStage);
				case 'summary':
					return summaryOf(scenario.run(config, onStage));
				case 'study':
					return scenario.study(task.study, config, task.options, onStage);
			}
		},
	};
}
