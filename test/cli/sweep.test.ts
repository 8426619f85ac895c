import { describe, expect, it } from 'vitest';
import { runLine } from './make-effects.ts';
import { smallDrop } from './small-drop.ts';

const files = { 'small.json': JSON.stringify(smallDrop) };

describe('dropbench sweep', () => {
	it('runs every value and says of each what a run of it says', async () => {
		const { exit, out } = await runLine('sweep small.json --over slotsPerUser=1,2 --over seed=3 --json', {
			files,
		});
		expect(exit).toBe(0);
		const lines = out
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as { settings: unknown; outcomeHash: string });
		expect(lines.map(({ settings }) => settings)).toEqual([
			{ slotsPerUser: 1, seed: 3 },
			{ slotsPerUser: 2, seed: 3 },
		]);
		for (const [i, line] of lines.entries()) {
			const alone = await runLine(`run small.json --seed 3 --set slotsPerUser=${i + 1} --json`, { files });
			expect((JSON.parse(alone.out) as { outcomeHash: string }).outcomeHash).toBe(line.outcomeHash);
		}
	});

	it('prints a row per point with the metrics asked for', async () => {
		const { out } = await runLine(
			'sweep small.json --over sponsorship.ratio=0.5..1/3 --metric users.served',
			{ files },
		);
		expect(out.split('\n')).toEqual([
			expect.stringMatching(/^sponsorship\.ratio +Users served +guardrails$/),
			expect.stringMatching(/^ +0\.5 +\d+ +kept$/),
			expect.stringMatching(/^ +0\.75 +\d+ +kept$/),
			expect.stringMatching(/^ +1 +\d+ +kept$/),
			'',
		]);
	});

	it('refuses a wrong point before any runs, and unknown levers and metrics', async () => {
		const sweep = (line: string) => runLine(`sweep small.json ${line} --json`, { files });
		expect(await sweep('--over sponsorship.ratio=0.5,7')).toMatchObject({ exit: 2, out: '' });
		expect((await sweep('--over nothing=1')).warnings[0]).toContain('--over nothing=1: unknown lever');
		expect((await sweep('--over seed=1 --metric none')).warnings[0]).toContain(
			'--metric: unknown metric: "none"',
		);
		expect((await sweep('')).warnings[0]).toContain('--over: missing lever');
		expect((await runLine('sweep')).exit).toBe(2);
	});

	it('marks the points that no other beats in both of two numbers', async () => {
		const { out } = await runLine(
			'sweep small.json --over sponsorship.ratio=0.5,0.75,1 --pareto users.served,assignments.growth --json',
			{ files },
		);
		const lines = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { isBestTradeOff: boolean }); // prettier-ignore
		expect(lines).toHaveLength(3);
		expect(lines.some(({ isBestTradeOff }) => isBestTradeOff)).toBe(true);
	});

	it('samples many levers: the figures of the page, which lever matters, and what is refused', async () => {
		const line =
			'sweep small.json --sample 3 --over sponsorship.ratio=0.3..0.9 --over growth.reservedSlots=0,9 --metric users.served';
		const { out } = await runLine(`${line} --json`, { files });
		const lines = out.trimEnd().split('\n').map((each) => JSON.parse(each) as { settings: Record<string, number>; metrics: Record<string, number>; refused?: string; effects?: Record<string, { path: string }[]> }); // prettier-ignore
		expect(lines).toHaveLength(3 * (1 + 2 + 2) + 1);
		expect(lines.filter(({ refused }) => refused?.includes('reserved slots')).length).toBeGreaterThan(2);
		expect(lines.at(-1)?.effects?.['users.served'].map(({ path }) => path).sort()).toEqual(['growth.reservedSlots', 'sponsorship.ratio']); // prettier-ignore
		const first = lines[0];
		const alone = await runLine(`run small.json --set sponsorship.ratio=${first.settings['sponsorship.ratio']} --json`, { files }); // prettier-ignore
		const metrics = (JSON.parse(alone.out) as { metrics: { id: string; value: number }[] }).metrics;
		expect(metrics.find(({ id }) => id === 'users.served')?.value).toBe(first.metrics['users.served']);

		const text = (await runLine(`${line} --pareto users.served,assignments.growth`, { files })).out;
		expect(text).toContain('by its effect on Users served');
		expect(text).toContain('points are refused');
		expect(text).toContain('best trade-offs');
		expect((await runLine('sweep small.json --sample 0 --over slotsPerUser', { files })).exit).toBe(2);
		expect((await runLine('sweep small.json --sample 2 --over nothing', { files })).exit).toBe(2);
	});
});
