import { serveSlot as serve } from './distributed/serve-slot.ts';
import { main } from './main.ts';
import { nodeEffects } from './node-effects.ts';

/** Runs a real command line and leaves its exit code to the process. */
export async function run(args: readonly string[]): Promise<void> {
	// whoever reads our output may stop early: `dropbench … | head`
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
		process.exit(0);
	});
	// lists of processes are for everybody's eyes, and an address may hold a password
	if (args.some((arg) => arg.startsWith('--redis'))) process.title = `dropbench ${args[0]}`;
	process.exitCode = await main(args, nodeEffects());
	// nothing reads standard input any more
	process.stdin.unref?.();
}

/** Serves a worker as a process of its own, as `startSlot` starts it. */
export function serveSlot(memoryMb: number): void {
	serve(memoryMb, nodeEffects());
}

export { serveThread } from './threads/serve-thread.ts';
