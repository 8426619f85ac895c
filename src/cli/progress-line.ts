import type { OnStage } from '#programs/program.ts';

/** Work shorter than this shows no progress, and it is shown no more often. */
const PERIOD_MS = 1000;
const TERMINAL_PERIOD_MS = 100;

/** Progress of long work, and a way to wipe its line before other text is written. */
export interface ProgressLine {
	readonly onStage: OnStage;
	clear(): void;
}

/**
 * Progress for a stream of words: one line, written over again, on a terminal; lines of JSON, `{ stage, done }`, for
 * a program that reads them. Nothing in the first second.
 */
export function progressLine(
	write: (text: string) => void,
	isTerminal: boolean,
	now: () => number,
): ProgressLine {
	const start = now();
	let last = start;
	let isOpen = false;
	return {
		onStage(stage, done) {
			const time = now();
			const period = isTerminal ? TERMINAL_PERIOD_MS : PERIOD_MS;
			if (time - start < PERIOD_MS || time - last < period) return;
			last = time;
			const share = Math.min(1, Math.max(0, done));
			if (isTerminal) write(`\r\u001b[K${stage} ${Math.floor(share * 100)} %`);
			else write(`${JSON.stringify({ stage, done: Number(share.toFixed(4)) })}\n`);
			isOpen = isTerminal;
		},
		clear() {
			if (isOpen) write('\r\u001b[K');
			isOpen = false;
		},
	};
}
