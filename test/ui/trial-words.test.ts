import { describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import { planBetween } from '#programs/plan.ts';
import { drop } from '#programs/drop/program.ts';
import { programById } from '#programs/registry.ts';
import { trialWords } from '#ui/trial-words.ts';
import { affinityRows, handMarket, userRow } from '../programs/drop/hand-market.ts';
import { contractRow } from '../programs/drop/marketplace.ts';

/** Two users and one place: the better of them gets it. */
const market = handMarket({
	user: [userRow('u1'), userRow('u2')],
	affinity: affinityRows({ u1: { a: 0.5 }, u2: { a: 0.4 } }),
	contract: [contractRow('ka', 'a', { supply: 1 })],
});
const config = drop.readConfig({ supply: { mode: 'none' }, cutoff: { bottomShare: 0 } }).config;

function tryOn(user: string, affinity: number) {
	const scenario = drop.open(contentFromDocument(market, programById).content);
	const edited = scenario.withFacts?.({ user }, { 'affinity.a': affinity });
	if (!edited) throw new Error('a Drop has facts to try');
	const before = scenario.run(config);
	const report = edited.run(config);
	const explanation = edited.explain(config, { user });
	return trialWords({ before, result: { report, plan: planBetween(before, report), took: 0 }, explanation }, user, ['city', 'cities']); // prettier-ignore
}
const textOf = (words: ReturnType<typeof trialWords>) => words.others.map(({ text }) => text).join('');

describe('a trial in words', () => {
	it('says what she would get, and who would lose it', () => {
		const words = tryOn('u2', 0.9);
		expect(words.hers).toBe('She would get Brand a (ka).');
		expect(textOf(words)).toMatch(/^1 other user would be affected\. With her counted: City y: 1 user gains/);
		expect(words.others[0].filter?.effect).toBe(255);
	});

	it('says that nothing changes for anyone where nothing does', () => {
		const words = tryOn('u1', 0.6);
		expect(words.hers).toBe('She keeps the 1 reward she has.');
		expect(textOf(words)).toBe('Nobody else gains, loses or switches anything.');
	});
});
