import { Worker } from 'node:worker_threads';
import { InputError, inputError } from '#programs/input-error.ts';
import type { ComputingThread, ThreadReply, ThreadRequest } from './thread-protocol.ts';

// plain text, since a bundle is one file and does more than serve when it is loaded by itself
const SCRIPT = `import(require('node:worker_threads').workerData).then(({ serveThread }) => serveThread());`;

interface Waiting {
	readonly resolve: (answer: unknown) => void;
	readonly reject: (error: unknown) => void;
}

/** Starts a thread of this process that computes: the bundle's `serveThread`. */
export function startThread(bundle: string): ComputingThread {
	// options of our own process, such as --eval, are none of the thread's
	const worker = new Worker(SCRIPT, { eval: true, workerData: bundle, execArgv: [] });
	const waiting = new Map<number, Waiting>();
	let count = 0;
	let ended: InputError | null = null;
	const end = (reason: string) => {
		ended ??= inputError('--workers', `stopped: a thread ended before its work was done (${reason}); where memory is short, use fewer workers or --workers 1`, 'cli.thread'); // prettier-ignore
		for (const { reject } of waiting.values()) reject(ended);
		waiting.clear();
		void worker.terminate();
	};
	worker.on('error', (error) => end(error instanceof Error ? error.message : String(error)));
	worker.on('messageerror', (error) => end(error.message));
	worker.on('exit', (code) => end(`exit code ${code}`));
	worker.on('message', (reply: ThreadReply) => {
		const asked = waiting.get(reply.number);
		waiting.delete(reply.number);
		if (reply.kind === 'answer') asked?.resolve(reply.answer);
		else asked?.reject(reply.kind === 'bug' ? reply.error : new InputError(reply.issues));
	});
	return {
		ask: (question) =>
			new Promise((resolve, reject) => {
				if (ended !== null) return reject(ended);
				const request: ThreadRequest = { number: ++count, question };
				waiting.set(request.number, { resolve, reject });
				worker.postMessage(request);
			}),
		close() {
			// whoever still waits has been told of another error already
			waiting.clear();
			void worker.terminate();
		},
	};
}
