import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referral } from '#programs/referral/program.ts';
import { openSession, runChoice, runnableOrThrow } from '#programs/referral/session.ts';
import type { ScenarioContent } from '#programs/tables.ts';

interface Recipe {
	readonly seed: number;
	readonly options: Readonly<Record<string, unknown>>;
}

function cook(name: string): ScenarioContent {
	const path = new URL(`../../../scenarios/referral/${name}/scenario.json`, import.meta.url);
	const { seed, options } = JSON.parse(readFileSync(path, 'utf8')) as Recipe;
	if (!referral.generator) throw new Error('no generator');
	const defaults = Object.fromEntries(
		referral.generator.options.map((option) => [option.path, option.default]),
	);
	return referral.generator.generate({ ...defaults, ...options }, seed);
}

function expectedOf(name: string): unknown {
	const path = new URL(`../../../scenarios/referral/${name}/expected.json`, import.meta.url);
	return (JSON.parse(readFileSync(path, 'utf8')) as { outcomeHash: unknown }).outcomeHash;
}

describe('scenario recipes', () => {
	it.each(['holiday-pie', 'rev-share-race'])('%s gives the outcome that was kept', (name) => {
		expect(referral.open(cook(name)).run({}).outcomeHash).toBe(expectedOf(name));
	});

	it('make a race whose pool runs out in the middle of an event, long before the end', () => {
		const session = openSession(cook('rev-share-race'));
		const outcome = runChoice(session, runnableOrThrow(session, {}));
		if (outcome.dataModelType !== 'rev-share-limit') throw new Error('another model');
		const paid = outcome.eventAward?.[outcome.emptiedBy] ?? 0n;
		expect(paid).toBeGreaterThan(0n);
		expect(paid).toBeLessThan(outcome.claim[outcome.emptiedBy]);
		expect(outcome.emptiedBy).toBeLessThan(outcome.counted.event.length * 0.8);
	});
});
