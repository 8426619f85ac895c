import { spawn } from 'node:child_process';
import type { SlotMessage, SlotProcess } from './slot-protocol.ts';

/**
 * Starts a process that computes jobs: the bundle's `serveSlot`, in a process of its own, so that the worker stays free to
 * keep its locks, and can end a job at any moment. Heap and whole memory are bounded by `memoryMb`.
 */
export function startSlot(bundle: string, memoryMb: number): SlotProcess {
	const script =
		'const [bundle, memory] = process.argv.slice(1); (await import(bundle)).serveSlot(Number(memory));';
	const child = spawn(
		process.execPath,
		[`--max-old-space-size=${memoryMb}`, '--input-type=module', '--eval', script, bundle, String(memoryMb)],
		{ stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' },
	);
	return {
		// a send to a process that has just ended fails; its exit is told anyway
		send: (request) => void child.send(request, () => undefined),
		onMessage: (listen) => void child.on('message', (message) => listen(message as SlotMessage)),
		onExit(listen) {
			let isTold = false;
			const tell = (reason: string) => {
				if (!isTold) listen(reason);
				isTold = true;
			};
			child.on('error', (error) => tell(error.message));
			child.on('exit', (code, signal) => tell(signal ?? `exit code ${code}`));
		},
		kill: () => void child.kill('SIGKILL'),
	};
}
