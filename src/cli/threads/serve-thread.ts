import { parentPort } from 'node:worker_threads';
import { InputError } from '#programs/input-error.ts';
import { makeAnswerer } from './answer-question.ts';
import type { ThreadReply, ThreadRequest } from './thread-protocol.ts';

/** Serves as a thread that `startThread` started: answers questions one by one, until it is ended. */
export function serveThread(): void {
	const port = parentPort;
	if (port === null) throw new Error('a thread was served outside one');
	const answerOf = makeAnswerer();
	const say = (reply: ThreadReply, buffers: readonly ArrayBufferLike[] = []) =>
		port.postMessage(
			reply,
			buffers.filter((buffer) => buffer instanceof ArrayBuffer),
		);
	port.on('message', ({ number, question }: ThreadRequest) => {
		try {
			const { answer, buffers } = answerOf(question);
			say({ number, kind: 'answer', answer }, buffers);
		} catch (error) {
			if (error instanceof InputError) say({ number, kind: 'refusal', issues: error.issues });
			else say({ number, kind: 'bug', error });
		}
	});
}
