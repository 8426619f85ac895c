import { describe, expect, it } from 'vitest';
import { progressLine } from '../../src/cli/progress-line.ts';

function watch(isTerminal: boolean) {
	const clock = { now: 0 };
	const written: string[] = [];
	const line = progressLine(
		(text) => void written.push(text),
		isTerminal,
		() => clock.now,
	);
	const at = (now: number, stage: string, done: number) => {
		clock.now = now;
		line.onStage(stage, done);
	};
	return { at, written, line };
}

describe('progressLine', () => {
	it('is silent for work of less than a second', () => {
		const { at, written, line } = watch(true);
		at(10, 'score', 0.1);
		at(999, 'match', 0.9);
		line.clear();
		expect(written).toEqual([]);
	});

	it('writes one line over and over on a terminal, at most ten times a second, and wipes it', () => {
		const { at, written, line } = watch(true);
		at(1000, 'score', 0.129);
		at(1050, 'score', 0.2);
		at(1100, 'match', 2);
		line.clear();
		line.clear();
		expect(written).toEqual(['\r\u001b[Kscore 12 %', '\r\u001b[Kmatch 100 %', '\r\u001b[K']);
	});

	it('writes JSON lines for a program, at most one a second', () => {
		const { at, written, line } = watch(false);
		at(1000, 'score', 0.123456);
		at(1900, 'score', 0.2);
		at(2000, 'match', 0.5);
		line.clear();
		expect(written).toEqual(['{"stage":"score","done":0.1235}\n', '{"stage":"match","done":0.5}\n']);
	});
});
