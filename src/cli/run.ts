import { main } from './main.ts';
import { nodeEffects } from './node-effects.ts';

/** Runs a real command line and leaves its exit code to the process. The bundle's only export. */
export async function run(args: readonly string[]): Promise<void> {
	// whoever reads our output may stop early: `dropbench … | head`
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
		process.exit(0);
	});
	process.exitCode = await main(args, nodeEffects());
	// nothing reads standard input any more
	process.stdin.unref?.();
}
