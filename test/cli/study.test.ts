import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runLine } from './make-effects.ts';
import { smallDrop } from './small-drop.ts';

const files = { 'small.json': JSON.stringify(smallDrop), 'one.json': '{"slotsPerUser": 1}' };

describe('dropbench study', () => {
	it('lists the studies of the program with their options', async () => {
		const { exit, out } = await runLine('study small.json', { files });
		expect(exit).toBe(0);
		expect(out).toMatch(/^forecast .* seeds=\d+/m);
	});

	it('runs one with its options, the same each time, and compares on demand', async () => {
		const line = 'study small.json forecast --option seeds=20 --seed 4 --against one.json --json';
		const { exit, out } = await runLine(line, { files });
		expect(exit).toBe(0);
		expect(JSON.parse(out)).toMatchObject({
			study: 'forecast',
			config: { seed: 4 },
			options: { seeds: 20, against: { slotsPerUser: 1 } },
		});
		expect((await runLine(line, { files })).out).toBe(out);
	});

	it('prints numbers and tables', async () => {
		const { out } = await runLine('study small.json methods', { files });
		expect(out).toMatch(/^residency +/m);
		expect(out).toMatch(/^optimal +/m);
	});

	it('prints the document that a study makes, and nothing else, with --file', async () => {
		const free = {
			'free.json': readFileSync(new URL('../../scenarios/offer/free-tier/scenario.json', import.meta.url)),
		};
		const { exit, out, warnings } = await runLine('study free.json feed --file', { files: free });
		expect({ exit, warnings }).toEqual({ exit: 0, warnings: [] });
		const calls = out
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as { event?: string; userId: string });
		expect(calls.map(({ event }) => event)).toEqual(
			expect.arrayContaining(['Account Created', 'Referral Sent', 'Referral Redeemed', 'Low Credits']),
		);
		// who asked not to be tracked is left out
		expect(calls.map(({ userId }) => userId)).toContain('ann');
		expect(out).not.toContain('"dan"');
		const none = await runLine('study free.json statement --file', { files: free });
		expect(none).toMatchObject({ exit: 2, out: '' });
		expect(none.warnings[0]).toContain('unknown document: study statement makes none');
	});

	it('refuses unknown studies and options', async () => {
		expect((await runLine('study small.json luck', { files })).warnings[0]).toContain(
			'unknown study: luck; must be one of',
		);
		const option = await runLine('study small.json forecast --option seed=1', { files });
		expect(option).toMatchObject({ exit: 2, out: '' });
		expect(option.warnings[0]).toContain('--option seed=1: unknown lever: seed');
		expect((await runLine('study small.json forecast --option seeds=1', { files })).exit).toBe(2);
		expect((await runLine('study')).exit).toBe(2);
	});
});

describe('dropbench replay', () => {
	it('says that a scenario has no past Drop of an id', async () => {
		expect((await runLine('replay small.json', { files })).exit).toBe(0);
		expect(await runLine('replay small.json --drop d9', { files })).toMatchObject({
			exit: 2,
			out: '',
			warnings: [expect.stringContaining('unknown Drop: "d9"')],
		});
		expect((await runLine('replay')).exit).toBe(2);
	});
});
