import { describe, expect, it } from 'vitest';
import { planBetween } from '../../../src/programs/plan.ts';
import type { Participants, Report } from '../../../src/programs/report.ts';
import { moneyRows, ownerColumns, peopleSections } from '../../../src/ui/deploy/plan-sections.ts';
import { toyReport } from '../../programs/bundle/toy-bench.ts';

/** Three users, two items of two brands; `holds` lists item indexes per user. */
function report(holds: readonly (readonly number[])[], cents: number): Report {
	const itemStart = [0];
	for (const items of holds) itemStart.push(itemStart[itemStart.length - 1] + items.length);
	const participants: Participants = {
		noun: ['user', 'users'],
		ids: ['u1', 'u2', 'u3'],
		group: Int32Array.of(0, 0, 1),
		groups: ['Austin', 'Dallas'],
		state: new Uint8Array(3),
		states: ['any'],
		itemStart: Uint32Array.from(itemStart),
		item: Uint32Array.from(holds.flat()),
		items: ['k1', 'k2'],
		itemNoun: ['reward', 'rewards'],
		itemOwners: ['Noodle Bar', 'Tea House'],
		ownerNoun: ['brand', 'brands'],
		itemKind: Uint8Array.of(0, 1),
		itemKinds: ['sponsored', 'growth'],
		value: new Float64Array(3),
		valueUnit: 'points',
	};
	const revenue = {
		id: 'revenue',
		title: 'Revenue',
		unit: 'cents',
		better: 'more',
		help: '',
		value: cents,
	} as const;
	return { ...toyReport({}), participants, metrics: [...toyReport({}).metrics, revenue] };
}

const before = report([[0, 1], [0], []], 500);
const after = report([[0], [0], [1]], 450);
const plan = planBetween(before, after);

describe('the plan of Deploy', () => {
	it('says who loses before who gains, group by group, each number with its people', () => {
		if (!plan || !after.participants) throw new Error('no plan');
		const { lose, gain, swap } = peopleSections(plan, after.participants);
		expect([lose.count, gain.count, swap.count]).toEqual([1, 1, 0]);
		expect(lose.pieces.map(({ text }) => text).join('')).toBe('Austin: 1 user loses a growth reward');
		expect(gain.pieces.map(({ text }) => text).join('')).toBe('Dallas: 1 user gains a growth reward');
		expect(lose.pieces[1].filter).toMatchObject({ group: 0 });
	});

	it('lists brands whose assignments differ, those that lose most first', () => {
		const [two, one, fewer] = [before, after, report([[0], [], []], 0)].map((each) => each.participants!);
		expect(ownerColumns(two, one)[0].values).toEqual([]);
		const [owner, was, is, change] = ownerColumns(two, fewer);
		expect(owner.title).toBe('Brand');
		expect(owner.values).toEqual(['Noodle Bar', 'Tea House']);
		expect([was, is, change].map(({ values }) => [...values])).toEqual([[2, 1], [1, 0], [-1, -1]]); // prettier-ignore
	});

	it('lists an owner that the draft no longer has, with what is lost', () => {
		const was = before.participants!;
		const gone = { ...after.participants!, items: ['k1'], itemOwners: ['Noodle Bar'], item: Uint32Array.of(0, 0) }; // prettier-ignore
		const [owner, , , change] = ownerColumns(was, gone);
		expect(owner.values).toEqual(['Tea House']);
		expect([...change.values]).toEqual([-1]);
	});

	it('lists amounts of money that differ, and no other number', () => {
		expect(moneyRows(before, after)).toMatchObject([{ metric: { id: 'revenue', value: 450 }, was: 500 }]);
		expect(moneyRows(before, before)).toEqual([]);
	});
});
