import type { ComputingThread, ThreadQuestion } from './thread-protocol.ts';

/**
 * Asks questions of whichever thread is free, each its next one. `take` gets the answers in order of the questions; an error
 * is thrown in its place, when all answers before it have been taken.
 */
export async function dealOut(
	threads: readonly ComputingThread[],
	questions: readonly ThreadQuestion[],
	take: (index: number, answer: unknown) => void | Promise<void>,
): Promise<void> {
	const early = new Map<number, { readonly answer: unknown } | { readonly error: unknown }>();
	let next = 0;
	let taken = 0;
	let taking = Promise.resolve();
	const takeAll = async () => {
		for (let found = early.get(taken); found; found = early.get(++taken)) {
			early.delete(taken);
			if ('error' in found) throw found.error;
			await take(taken, found.answer);
		}
	};
	await Promise.all(
		threads.map(async (thread) => {
			while (next < questions.length) {
				const i = next++;
				early.set(i, await thread.ask(questions[i]).then((answer) => ({ answer }), (error: unknown) => ({ error }))); // prettier-ignore
				taking = taking.then(takeAll);
				await taking;
			}
		}),
	);
}
