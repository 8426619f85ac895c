import { describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import { drop } from '#programs/drop/program.ts';
import { programById } from '#programs/registry.ts';
import { daysBefore, randomMarketplace, type Marketplace, type Row } from './marketplace.ts';

const open = (market: Marketplace) => drop.open(contentFromDocument(market, programById).content);

/** The market with the rows of one table changed. */
function withRows(market: Marketplace, table: string, change: (rows: Row[]) => Row[]): Marketplace {
	return { ...market, tables: { ...market.tables, [table]: change(market.tables[table]) } };
}

const markets = Array.from({ length: 24 }, (_, seed) => randomMarketplace(seed, { cities: 2, users: 18 }));
/** An active user of a market, and a contract. */
function subjectOf(market: Marketplace, i: number) {
	const active = market.tables.user.filter(({ status }) => status === 'active');
	const contracts = market.tables.contract;
	const user = active[(i * 7) % active.length];
	const contract = contracts[(i * 5) % contracts.length];
	return { user, contract, subject: { user: String(user.id), contract: String(contract.id) } };
}
/** The hash of a market's outcome under the default settings. */
const hashOf = (market: Marketplace) => open(market).run({}).outcomeHash;

describe('an edit of one user', () => {
	it('that gives her facts the values they have changes nothing', () => {
		markets.forEach((market, i) => {
			const { subject } = subjectOf(market, i);
			const scenario = open(market);
			const facts = scenario.facts?.(subject) ?? [];
			expect(facts.length).toBeGreaterThanOrEqual(5);
			const same = Object.fromEntries(facts.flatMap(({ id, value }) => (value === null ? [] : [[id, value]])));
			expect(scenario.withFacts?.(subject, same).run({}).outcomeHash).toBe(scenario.run({}).outcomeHash);
			expect(scenario.withFacts?.(subject, {}).run({}).outcomeHash).toBe(scenario.run({}).outcomeHash);
		});
	});

	it('gives what a cold run of the scenario with that row gives: city, place, app open', () => {
		let moved = 0;
		markets.forEach((market, i) => {
			const { user, subject } = subjectOf(market, i);
			const city = market.tables.city.find(({ id }) => id !== user.city_id) ?? market.tables.city[0];
			const [latitude, longitude] = [40.11, -73.93];
			const cold = withRows(
				withRows(market, 'user', (rows) => rows.map((row) => (row.id === user.id ? { ...row, city_id: city.id, latitude, longitude } : row))),
				'app_open',
				(rows) => [...rows.filter((row) => row.user_id !== user.id), { user_id: user.id, opened_at: daysBefore(21) }],
			);
			const scenario = open(market);
			const tried = scenario.withFacts?.(subject, { city: String(city.id), latitude, longitude, weeksAway: 3 });
			expect(tried?.run({}).outcomeHash).toBe(hashOf(cold));
			if (hashOf(cold) !== hashOf(market)) moved++;
		});
		expect(moved).toBeGreaterThan(10);
	});

	it('gives what a cold run of the scenario with that row gives: affinity and rejections of a brand', () => {
		let moved = 0;
		markets.forEach((market, i) => {
			const { user, contract, subject } = subjectOf(market, i);
			const isHers = (row: Row) => row.run_id === 'r2' && row.user_id === user.id && row.brand_id === contract.brand_id;
			const brands = new Set(market.tables.contract.filter((row) => row.brand_id === contract.brand_id).map(({ id }) => id));
			const cold = withRows(
				withRows(market, 'affinity', (rows) => [
					...rows.filter((row) => !isHers(row)),
					{ run_id: 'r2', user_id: user.id, brand_id: contract.brand_id, value: 0.93 },
				]),
				'assignment',
				(rows) => rows.map((row) => (row.user_id === user.id && brands.has(row.contract_id) ? { ...row, rejected_at: null } : row)),
			);
			const values = { [`affinity.${String(contract.brand_id)}`]: 0.93, [`rejections.${String(contract.brand_id)}`]: 0 };
			expect(open(market).withFacts?.(subject, values).run({}).outcomeHash).toBe(hashOf(cold));
			if (hashOf(cold) !== hashOf(market)) moved++;
		});
		expect(moved).toBeGreaterThan(5);
	});

	it('adds rejections one by one, each seen by the score and by no rate', () => {
		const [market] = markets;
		const { contract, subject } = subjectOf(market, 3);
		const scenario = open(market);
		const id = `rejections.${String(contract.brand_id)}`;
		const has = Number(scenario.facts?.(subject).find((fact) => fact.id === id)?.value);
		const tried = scenario.withFacts?.(subject, { [id]: has + 4 });
		expect(tried?.facts?.(subject).find((fact) => fact.id === id)?.value).toBe(has + 4);
		const seats = (report: ReturnType<typeof scenario.run> | undefined) =>
			report?.groups.find((group) => group.id === 'contract')?.columns.find((column) => column.id === 'seats')?.values;
		expect(seats(tried?.run({}))).toEqual(seats(scenario.run({})));
		expect(tried?.withFacts?.(subject, { [id]: has }).run({}).outcomeHash).toBe(scenario.run({}).outcomeHash);
	});

	it('puts her at the centre of another city, and leaves the scenario itself as it was', () => {
		const [market] = markets;
		const { user, subject } = subjectOf(market, 1);
		const scenario = open(market);
		const before = scenario.run({}).outcomeHash;
		const city = market.tables.city.find(({ id }) => id !== user.city_id);
		const facts = scenario.withFacts?.(subject, { city: String(city?.id) }).facts?.(subject) ?? [];
		const valueOf = (id: string) => facts.find((fact) => fact.id === id)?.value;
		expect([valueOf('city'), valueOf('latitude'), valueOf('longitude')]).toEqual([city?.id, 40, -74]);
		expect(open(market).run({}).outcomeHash).toBe(before);
	});

	it('refuses a value outside its range, an unknown fact and an unknown city, by name', () => {
		const [market] = markets;
		const { subject } = subjectOf(market, 0);
		const scenario = open(market);
		expect(() => scenario.withFacts?.(subject, { 'affinity.b0': 2 })).toThrow('invalid value: 2; must be a number from 0 to 1');
		expect(() => scenario.withFacts?.(subject, { height: 2 })).toThrow('unknown fact: "height"');
		expect(() => scenario.withFacts?.(subject, { city: 'Atlantis' })).toThrow('unknown city: "Atlantis"');
	});
}); // prettier-ignore
