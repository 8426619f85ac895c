import { Worker } from 'node:worker_threads';

// a thread of its own, since the process computes without a pause; plain text, since a bundle is one file
const GUARD = `
const { workerData } = require('node:worker_threads');
const parent = process.ppid;
setInterval(() => {
	if (process.memoryUsage.rss() > workerData || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 200);
`;

/** Ends this process at once when it holds more than `memoryMb` in all, or when the one that started it is gone. */
export function guardMemory(memoryMb: number): void {
	new Worker(GUARD, { eval: true, execArgv: [], workerData: memoryMb * 1024 * 1024 }).unref();
}
