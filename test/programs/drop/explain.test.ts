import { describe, expect, it } from 'vitest';
import { exp } from '#engine/math.ts';
import { drop } from '#programs/drop/program.ts';
import { contentFromDocument } from '#data/read-json.ts';
import { programById } from '#programs/registry.ts';
import { withValue } from '#programs/levers.ts';
import { randomMarketplace } from './marketplace.ts';

function openRandom(seed: number) {
	return drop.open(contentFromDocument(randomMarketplace(seed), programById).content);
}

/** Every pair of a few users of a few marketplaces, explained once for all tests. */
const explained = Array.from({ length: 16 }, (_, seed) => {
	const open = openRandom(seed);
	const people = open.run({}).participants;
	if (people === null) throw new Error('a Drop has participants');
	return people.ids.slice(0, 6).flatMap((user) =>
		people.items.map((contract) => ({
			seed,
			open,
			people,
			user,
			contract,
			answer: open.explain({}, { user, contract }),
		})),
	);
}).flat();

describe('an explanation', () => {
	it('says that a user got what the outcome gave her, and nothing else', () => {
		let count = 0;
		for (const { people, user, contract, answer } of explained) {
			const i = people.ids.indexOf(user);
			const held = Array.from(people.item.subarray(people.itemStart[i], people.itemStart[i + 1]), (c) => people.items[c]);
			expect(answer.sentence.includes(' got ')).toBe(held.includes(contract));
			count++;
		}
		expect(count).toBeGreaterThan(300);
	});

	it('has factors whose effects add up to the points', () => {
		let count = 0;
		for (const { contract, answer } of explained) {
			const row = answer.rows.find((candidate) => candidate.isSubject);
			if (row === undefined) continue;
			const sum = answer.factors.reduce((total, factor) => total + factor.effect, 0);
			expect(Math.round(exp(sum) * 1e6), contract).toBe(
				Number(/^[\d,]+/.exec(row.detail)?.[0].replaceAll(',', '')),
			);
			count++;
		}
		expect(count).toBeGreaterThan(100);
	});

	it('offers only changes that flip the outcome, where one step less does not', () => {
		let count = 0;
		for (const { open, user, contract, answer } of explained) {
			for (const change of answer.changes) {
				if (change.path === undefined) continue;
				const got = (value: number) => open.explain(withValue({}, change.path ?? '', value), { user, contract }).sentence.includes(' got ');
				expect(got(Number(change.value))).toBe(true);
				expect(got(Math.round(100 * Number(change.value) + 1) / 100)).toBe(false);
				count++;
			}
		}
		expect(count).toBeGreaterThan(5);
	});

	it('offers only more supply that flips a run of all cities, where one unit less does not', () => {
		let count = 0;
		for (const { seed, user, contract, answer } of explained) {
			const least = answer.changes.map(({ sentence }) => / (\d+) more units? of supply/.exec(sentence)?.[1]).find((n) => n !== undefined);
			if (least === undefined) continue;
			const gotWith = (n: number) => {
				const market = randomMarketplace(seed);
				const rows = market.tables.contract.map((row) => (row.id === contract ? { ...row, supply: Number(row.supply) + n } : row));
				const open = drop.open(contentFromDocument({ ...market, tables: { ...market.tables, contract: rows } }, programById).content);
				return open.explain({}, { user, contract }).sentence.includes(' got ');
			};
			expect([gotWith(Number(least)), gotWith(Number(least) - 1)]).toEqual([true, false]);
			count++;
		}
		expect(count).toBeGreaterThan(5);
	});

	it('lists every reason of an ineligible pair, the first one as the headline', () => {
		const seen = new Set<string>();
		for (const { answer } of explained) {
			if (answer.reasons.length === 0) continue;
			expect(answer.sentence).toContain(answer.reasons[0].sentence.slice(1, -1));
			for (const reason of answer.reasons) seen.add(reason.code);
		}
		expect(seen.size).toBeGreaterThanOrEqual(8);
	});

	it('refuses an unknown user by name', () => {
		expect(() => openRandom(1).explain({}, { user: 'nobody', contract: 'k0' })).toThrow('unknown user: "nobody"');
	});
}); // prettier-ignore
