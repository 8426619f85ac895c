import { describe, expect, it } from 'vitest';
import { runLine } from './make-effects.ts';
import { smallDrop } from './small-drop.ts';

const files = {
	'small.json': JSON.stringify({ ...smallDrop, config: { seed: 3 } }),
	'one.json': '{"seed": 3, "slotsPerUser": 1, "sponsorship": {"ratio": 0.5}}',
	'same.json': '{"seed": 3}',
};

describe('dropbench plan', () => {
	it('says that nothing changes between equal configurations', async () => {
		const { exit, out } = await runLine('plan production same.json --scenario small.json', { files });
		expect(exit).toBe(0);
		expect(out).toContain('Nobody gains, loses or switches anything.');
		expect(out).toContain('No number changes.');
		expect(out).toContain('No setting differs.');
	});

	it('counts who moved, and lists numbers and settings old and new', async () => {
		const { out } = await runLine('plan production one.json --scenario small.json', { files });
		expect(out).toMatch(/^\d users? of 3 moved\. sponsored: \d lose, \d gain; growth: \d lose, \d gain\.$/m);
		expect(out).toMatch(/^Dallas +\d/m);
		expect(out).toMatch(/^slotsPerUser +3 +1$/m);
		expect(out).toMatch(/^sponsorship\.ratio +0\.7 +0\.5$/m);
		expect(out).toMatch(/^metric +old +new$/m);
		const json = JSON.parse(
			(await runLine('plan production one.json --scenario small.json --json', { files })).out,
		) as {
			movedCount: number;
			settings: unknown;
			outcomeHash: { old: string; new: string };
		};
		expect(json.movedCount).toBeGreaterThan(0);
		expect(json.settings).toEqual([
			{ path: 'slotsPerUser', before: 3, after: 1 },
			{ path: 'sponsorship.ratio', before: 0.7, after: 0.5 },
		]);
		expect(json.outcomeHash.old).not.toBe(json.outcomeHash.new);
	});

	it('says what is missing', async () => {
		expect((await runLine('plan one.json', { files })).warnings).toEqual([
			'dropbench plan: missing configuration; must be OLD NEW',
		]);
		expect((await runLine('plan a b', { files })).warnings[0]).toContain('--scenario: missing scenario');
		expect((await runLine('plan production none.json --scenario small.json', { files })).exit).toBe(2);
	});
});
