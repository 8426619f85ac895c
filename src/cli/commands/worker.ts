import { availableParallelism, totalmem } from 'node:os';
import { found, inputError } from '#programs/input-error.ts';
import { EXIT, textOption, type Command, type Words } from '../command.ts';
import { DEFAULT_FOLDER } from '../distributed/data-folder.ts';
import { DATA_OPTION } from '../distributed/distributed-options.ts';
import { connectRedis, loadQueueEngine } from '../distributed/queue-engine.ts';
import { readRedisAddress } from '../distributed/redis-address.ts';
import { serveQueue, type ServingWorker } from '../distributed/serve-queue.ts';
import type { Effects } from '../effects.ts';

const DEFAULT_MEMORY_MB = 4096;
const DEFAULT_TIME_SECONDS = 3600;

/** `dropbench worker`: computes what other command lines submit to a queue. */
export const workerCommand: Command = {
	name: 'worker',
	usage: '--redis URL [--data DIR] [--concurrency N] [--memory MB] [--time SECONDS]',
	summary: 'compute what run, sweep, season and replay submit with --redis',
	details: `Any number of workers on any number of machines share the work of a queue. Each reads scenarios from the folder given by
--data, by digest; nothing of a scenario goes through Redis. It serves until Ctrl-C, then finishes what it has in hand; a
second Ctrl-C leaves that to other workers. A worker computes only for command lines of its very own release.`,
	options: [
		{ name: 'redis', type: 'string', value: 'URL', help: 'redis://[user:password@]host[:port][/database], or rediss:// for TLS' }, // prettier-ignore
		DATA_OPTION,
		{ name: 'concurrency', type: 'string', value: 'N', help: 'jobs at a time; one for each core that memory suffices for, unless given' }, // prettier-ignore
		{ name: 'memory', type: 'string', value: 'MB', help: `most memory of a job; ${DEFAULT_MEMORY_MB} unless given` }, // prettier-ignore
		{ name: 'time', type: 'string', value: 'SECONDS', help: `most time of a job; ${DEFAULT_TIME_SECONDS} unless given` }, // prettier-ignore
	],
	most: 0,
	async run(words, effects) {
		const redis = textOption(words, 'redis');
		if (redis === undefined) throw inputError('--redis', 'missing address; such as --redis redis://127.0.0.1:6379', 'cli.option'); // prettier-ignore
		const address = readRedisAddress(redis, effects.env);
		const folder = textOption(words, 'data') ?? DEFAULT_FOLDER;
		const memoryMb = wholeOption(words, 'memory', DEFAULT_MEMORY_MB, 64, 1_048_576);
		const timeSeconds = wholeOption(words, 'time', DEFAULT_TIME_SECONDS, 1, 1_000_000);
		const concurrency = wholeOption(words, 'concurrency', defaultConcurrency(memoryMb), 1, 1024);

		const engine = await loadQueueEngine(effects);
		const client = await connectRedis(engine, address, effects);
		try {
			const limits = { folder, concurrency, memoryMb, timeSeconds };
			const worker = await serveQueue(engine, client, limits, effects);
			effects.warn(`worker of release ${effects.engine()} listens at ${address.shown}: ${concurrency} jobs at a time, up to ${memoryMb} MB and ${timeSeconds} s each, scenarios from ${folder}`); // prettier-ignore
			await untilStopped(worker, effects);
		} finally {
			client.disconnect();
		}
		return EXIT.done;
	},
};

/** A job for each core, as long as three quarters of the memory hold them all; at least one. */
function defaultConcurrency(memoryMb: number): number {
	const fitting = Math.floor((0.75 * totalmem()) / (memoryMb * 1024 * 1024));
	return Math.max(1, Math.min(availableParallelism(), fitting));
}

async function untilStopped(worker: ServingWorker, effects: Effects): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		let isClosing = false;
		const off = effects.onInterrupt(() => {
			if (!isClosing) effects.warn('finishing the jobs in hand; Ctrl-C again leaves them to other workers');
			worker.close(isClosing).then(resolve, reject);
			// with its Redis gone a worker cannot take its leave: a third one ends the process as it is
			if (isClosing) off();
			isClosing = true;
		});
	});
}

function wholeOption(words: Words, name: string, fallback: number, least: number, most: number): number {
	const text = textOption(words, name);
	if (text === undefined) return fallback;
	const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
	if (value >= least && value <= most) return value;
	throw inputError(`--${name}`, `invalid number: ${found(text)}; must be a whole number from ${least} to ${most}`, 'cli.option'); // prettier-ignore
}
