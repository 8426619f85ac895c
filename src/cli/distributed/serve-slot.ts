import type { Effects } from '../effects.ts';
import { makeComputer } from './compute-job.ts';
import { failureOf } from './failure.ts';
import { jobTitle } from './job-spec.ts';
import { guardMemory } from './memory-guard.ts';
import { pack } from './pack.ts';
import type { SlotMessage, SlotRequest } from './slot-protocol.ts';

const STAGE_PERIOD_MS = 500;

/** Serves as a slot: takes jobs from the worker that started this process, one at a time, until that worker is gone. */
export function serveSlot(memoryMb: number, effects: Effects): void {
	guardMemory(memoryMb);
	let computer: ReturnType<typeof makeComputer> | null = null;
	const say = (message: SlotMessage) => void process.send?.(message);
	process.on('disconnect', () => process.exit(0));
	process.on('message', (message) => {
		const { spec, folder } = message as SlotRequest;
		computer ??= makeComputer(folder, effects);
		let last = performance.now();
		const onStage = (stage: string, done: number) => {
			if (performance.now() - last < STAGE_PERIOD_MS) return;
			last = performance.now();
			say({ kind: 'stage', stage, done });
		};
		computer.compute(spec, onStage).then(
			(result) => say({ kind: 'result', result: pack(result) }),
			(error: unknown) => say({ kind: 'failure', failure: failureOf(error, jobTitle(spec)) }),
		);
	});
	say({ kind: 'ready' });
}
