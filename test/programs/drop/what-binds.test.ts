import { describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import { planBetween } from '#programs/plan.ts';
import { drop } from '#programs/drop/program.ts';
import { programById } from '#programs/registry.ts';
import { contractRow } from './marketplace.ts';
import { affinityRows, handMarket, userRow } from './hand-market.ts';
import { randomMarketplace, type Marketplace, type Row } from './marketplace.ts';

const open = (market: Marketplace) => drop.open(contentFromDocument(market, programById).content);

/** The market with more supply for the contracts named; one assignment per unit with the rule `none`. */
function withSupply(market: Marketplace, isFor: (row: Row) => boolean, more: number): Marketplace {
	const contract = market.tables.contract.map((row) =>
		isFor(row) ? { ...row, supply: Number(row.supply) + more } : row,
	);
	return { ...market, tables: { ...market.tables, contract } };
}

const oneForOne = { supply: { mode: 'none' }, cutoff: { bottomShare: 0 } };

describe('what binds', () => {
	// three users hold the sponsored reward, and the one growth place is taken at either ratio
	const users = ['u1', 'u2', 'u3'];
	const market = handMarket({
		user: users.map((id) => userRow(id)),
		affinity: affinityRows(Object.fromEntries(users.map((id) => [id, { a: 0.5, b: 0.4 }]))),
		contract: [contractRow('ka', 'a', { supply: 3 }), contractRow('kb', 'b', { kind: 'growth', price_cents: 0, supply: 1 })],
	});
	const settings = (ratio: number) => drop.readConfig({ ...oneForOne, cities: { y: { sponsorshipRatio: ratio } } }).config;
	const path = 'cities.y.sponsorshipRatio';

	it('names the growth supply that a city ran out of, and how much more it needs', () => {
		const scenario = open(market);
		expect(planBetween(scenario.run(settings(0.7)), scenario.run(settings(0.5)))?.isUnchanged).toBe(true);
		expect(scenario.whatBinds?.(settings(0.7), settings(0.5), path)).toBe(
			'City y has no growth supply left for it to act on (needs 1 more of its one growth contract).',
		);
	});

	it('says nothing of supply where more of it would not help', () => {
		// a lone user with one slot: sponsored fills it, whatever the growth supply
		const scenario = open(handMarket({ ...market.tables, user: [userRow('u1')], affinity: affinityRows({ u1: { a: 0.5, b: 0.4 } }) }));
		const oneSlot = (ratio: number) => ({ ...settings(ratio), slotsPerUser: 1 });
		expect(scenario.whatBinds?.(oneSlot(0.7), oneSlot(0.5), path)).toBeNull();
	});

	it('needs just as much as it says, by a cold run of the scenario with it and with one less', () => {
		let count = 0;
		for (let seed = 0; seed < 60; seed++) {
			const random = randomMarketplace(seed, { cities: 1 });
			const scenario = open(random);
			const [before, after] = [0.9, 0.4].map((ratio) => drop.readConfig({ ...oneForOne, sponsorship: { ratio } }).config);
			if (planBetween(scenario.run(before), scenario.run(after))?.movedCount !== 0) continue;
			const sentence = scenario.whatBinds?.(before, after, 'sponsorship.ratio') ?? '';
			const [, needs, kind] = /needs ([\d,]+) more of .* (growth|sponsored) contract/.exec(sentence) ?? [];
			if (needs === undefined) continue;
			const least = Number(needs.replaceAll(',', ''));
			const isFor = (row: Row) => row.kind === kind;
			const moved = (more: number) => {
				const other = open(withSupply(random, isFor, more));
				return planBetween(other.run(before), other.run(after))?.movedCount ?? 0;
			};
			// a contract whose supply is used up is not open in a run with the seats alone
			if (random.tables.contract.some((row) => isFor(row) && Number(row.supply) < 3)) continue;
			expect(moved(least), sentence).toBeGreaterThan(0);
			expect(moved(least - 1), sentence).toBe(0);
			count++;
		}
		expect(count).toBeGreaterThan(0);
	});
}); // prettier-ignore

describe('the worth of one more unit of supply', () => {
	it('is what a cold run of the scenario with that unit gives', () => {
		let [worth, nothing] = [0, 0];
		for (let seed = 0; seed < 20; seed++) {
			const market = randomMarketplace(seed, { cities: 2, users: 20 });
			const scenario = open(market);
			const config = drop.readConfig(oneForOne).config;
			const before = scenario.run(config);
			for (const { id } of market.tables.contract.slice(0, 4)) {
				const after = open(withSupply(market, (row) => row.id === id, 1)).run(config);
				const finding = scenario.explain(config, { contract: String(id) }).findings?.[0].sentence ?? '';
				const revenue = (report: typeof before) => report.metrics.find((metric) => metric.id === 'forecast.revenue')?.value ?? 0;
				const cents = revenue(after) - revenue(before);
				if (finding.includes('changes nothing')) {
					expect(planBetween(before, after)?.holdersAfter, `${seed} ${String(id)}`).toEqual(planBetween(before, before)?.holdersAfter);
					nothing++;
					continue;
				}
				const [, said] = /is worth (.+) of expected revenue|is worth (nothing) in/.exec(finding) ?? [];
				const text = `${cents > 0 ? '+' : '−'}$${(Math.abs(cents) / 100).toFixed(2)}`;
				if (said !== undefined) expect(said, finding).toBe(text);
				else expect(Math.abs(cents)).toBeLessThan(1e-6);
				worth++;
			}
		}
		expect(Math.min(worth, nothing)).toBeGreaterThan(10);
	});
}); // prettier-ignore
