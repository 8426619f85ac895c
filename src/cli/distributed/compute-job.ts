import { openContentPart } from '#programs/drop/parts/run-parts.ts';
import { inputError } from '#programs/input-error.ts';
import type { Config } from '#programs/levers.ts';
import type { OnStage, OpenScenario } from '#programs/program.ts';
import { summaryOf } from '../run-summary.ts';
import type { Effects } from '../effects.ts';
import { readFacts, readShard } from './data-folder.ts';
import type { JobSpec } from './job-spec.ts';

/** Scenarios that stay open: a sweep runs the same one again and again. */
const MOST_OPEN = 2;

type Opened =
	| { readonly kind: 'whole'; readonly scenario: OpenScenario }
	| { readonly kind: 'part'; readonly run: (config: Config) => unknown };

/** Computes jobs one after the other, and keeps the last scenarios open between them. */
export function makeComputer(folder: string, effects: Effects) {
	const open = new Map<string, Opened>();

	async function openShard({ shard, program, task }: JobSpec): Promise<Opened> {
		const key =
			task.kind === 'part' ? `${shard.digest} ${task.facts} ${task.cities.join(' ')}` : shard.digest;
		const kept = open.get(key);
		if (kept) return kept;
		const read = await readShard(folder, shard, effects);
		if (read.program.id !== program || (task.kind === 'part' && program !== 'drop')) {
			throw inputError('program', `mismatched program: ${program}; the file holds one of ${read.program.id}`, 'job.program'); // prettier-ignore
		}
		for (const oldest of open.keys()) if (open.size >= MOST_OPEN) open.delete(oldest);
		const opened: Opened =
			task.kind === 'part'
				? {
						kind: 'part',
						run: openContentPart(read.content, task.cities, readFacts(folder, task.facts, effects)),
					}
				: { kind: 'whole', scenario: read.program.open(read.content) };
		open.set(key, opened);
		return opened;
	}

	return {
		/** The result of a job. Throws `InputError` where file, configuration or options are wrong. */
		async compute(spec: JobSpec, onStage: OnStage): Promise<unknown> {
			const opened = await openShard(spec);
			const { task, config } = spec;
			if (opened.kind === 'part') return opened.run(config);
			switch (task.kind) {
				case 'run':
					return opened.scenario.run(config, onStage);
				case 'summary':
					return summaryOf(opened.scenario.run(config, onStage));
				case 'study':
					return opened.scenario.study(task.study, config, task.options, onStage);
				case 'part':
					throw new Error('a part was opened as a whole');
			}
		},
	};
}
