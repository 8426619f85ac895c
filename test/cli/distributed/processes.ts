import { spawn, type ChildProcess } from 'node:child_process';
import { ensureCli } from '../../../src/cli/setup/build-cli.mjs';

/** A command line that runs as a process of its own. */
export interface Running {
	readonly process: ChildProcess;
	/** what it wrote to standard error so far */
	readonly said: () => string;
	/** how it ended */
	readonly ended: Promise<{ readonly exit: number | string; readonly out: string; readonly said: string }>;
}

/** Starts `dropbench` with these words, from its bundle or another one. */
export async function start(
	words: readonly string[],
	options: { readonly env?: NodeJS.ProcessEnv; readonly bundle?: string } = {},
): Promise<Running> {
	const bundle = options.bundle ?? (await ensureCli());
	const script = 'const [bundle, ...words] = process.argv.slice(1); await (await import(bundle)).run(words);';
	const child = spawn(process.execPath, ['--input-type=module', '--eval', script, bundle, ...words], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, ...options.env },
	});
	let [out, said] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
	const ended = new Promise<Awaited<Running['ended']>>((resolve) => {
		child.on('close', (code, signal) => resolve({ exit: signal ?? code ?? -1, out, said }));
	});
	return { process: child, said: () => said, ended };
}

/** Runs `dropbench` to its end. */
export async function run(
	words: readonly string[],
	options: Parameters<typeof start>[1] = {},
): Promise<Awaited<Running['ended']>> {
	return (await start(words, options)).ended;
}

/** Waits until something holds, looking often; fails after two minutes. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
	const start = performance.now();
	while (!(await holds())) {
		if (performance.now() - start > 120_000) throw new Error(`waited in vain until ${what}`);
		await new Promise((resolve) => void setTimeout(resolve, 20));
	}
}

/** Workers of a test, all ended with it. */
export function makeCrew() {
	const all: Running[] = [];
	return {
		/** Starts a worker and waits until it listens. */
		async hire(words: readonly string[], options: Parameters<typeof start>[1] = {}): Promise<Running> {
			const worker = await start(['worker', ...words], options);
			all.push(worker);
			await until('a worker listens', () => worker.said().includes('listens at'));
			return worker;
		},
		async dismiss(): Promise<void> {
			for (const worker of all) worker.process.kill('SIGKILL');
			await Promise.all(all.map((worker) => worker.ended));
			all.length = 0;
		},
	};
}
