import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { makeEffects, runLine } from './make-effects.ts';

describe('dropbench case', () => {
	it('answers every line in order, skips empty ones, and ends with its input', async () => {
		const line = (id: number) => `{"id": ${id}, "program": "none", "input": {}}`;
		const { exit, out } = await runLine('case', {
			batches: [
				[line(1), ''],
				['faulty', line(2)],
				[' ', line(3)],
			],
		});
		expect(exit).toBe(0);
		expect(out.endsWith('\n')).toBe(true);
		const answers = out
			.trimEnd()
			.split('\n')
			.map((text) => JSON.parse(text) as { id: unknown; error: { code: string } });
		expect(answers.map(({ id, error }) => [id, error.code])).toEqual([
			[1, 'case.program'],
			[null, 'import.json'],
			[2, 'case.program'],
			[3, 'case.program'],
		]);
	});

	it('writes the answers of a batch before it waits for the next', async () => {
		const { effects, written } = makeEffects();
		const seen: number[] = [];
		const asking = {
			...effects,
			async *lines() {
				for (let i = 0; i < 3; i++) {
					yield await Promise.resolve(['x']);
					seen.push(written.length);
				}
			},
		};
		expect(await main(['case'], asking)).toBe(0);
		expect(seen).toEqual([1, 2, 3]);
	});

	it('reads no further while its reader is slow', async () => {
		const { effects } = makeEffects();
		let unread = 0;
		let most = 0;
		const slow = {
			...effects,
			async *lines() {
				for (let i = 0; i < 50; i++) {
					most = Math.max(most, ++unread);
					yield await Promise.resolve(['x']);
				}
			},
			async write() {
				await new Promise((resolve) => setTimeout(resolve, 1));
				unread--;
			},
		};
		expect(await main(['case'], slow)).toBe(0);
		expect([unread, most]).toEqual([0, 1]);
	});
});
