import type { Effects } from './effects.ts';

/** How a message went out: status of the last answer (0 for none), and how often it was tried. */
export interface Posted {
	readonly isDone: boolean;
	readonly status: number;
	readonly tries: number;
}

const TIMEOUT_MS = 10_000;
const MOST_TRIES = 5;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * Posts a JSON document. Tries again, at most five times in all, after no answer in time, 429 and 5xx: waits 0.5 s,
 * 1 s, 2 s, …, or as long as the answer asks, at most 30 s. Any other answer is final.
 */
export async function postMessage(
	address: string,
	body: string,
	{ post, wait }: Pick<Effects, 'post' | 'wait'>,
): Promise<Posted> {
	let status = 0;
	for (let tries = 1; tries <= MOST_TRIES; tries++) {
		const answer = await post(address, body, TIMEOUT_MS);
		status = answer?.status ?? 0;
		if (status >= 200 && status < 300) return { isDone: true, status, tries };
		const isWorthAnother = status === 0 || status === 429 || status >= 500;
		if (!isWorthAnother) return { isDone: false, status, tries };
		const asked = (answer?.retryAfterSeconds ?? 0) * 1000;
		const usual = FIRST_WAIT_MS * (1 << (tries - 1));
		if (tries < MOST_TRIES) await wait(Math.min(LONGEST_WAIT_MS, Math.max(usual, asked)));
	}
	return { isDone: false, status, tries: MOST_TRIES };
}
