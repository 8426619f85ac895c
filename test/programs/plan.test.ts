import { describe, expect, it } from 'vitest';
import { gainBit, LESS, loseBit, MORE, planBetween, SWAP } from '#programs/plan.ts';
import type { Participants, Report } from '#programs/report.ts';

/** Four people in two towns; `held` lists the items of each, by index of a, b (sponsored), g, h (growth). */
function report(held: readonly (readonly number[])[], revenue = 100): Report {
	const itemStart = Uint32Array.from([0, ...held.map((_, i) => held.slice(0, i + 1).flat().length)]);
	const participants: Participants = {
		noun: ['user', 'users'],
		ids: ['u0', 'u1', 'u2', 'u3'],
		group: Int32Array.of(0, 0, 1, 1),
		groups: ['Dallas', 'Austin'],
		state: Uint8Array.from(held, (items) => items.length),
		states: ['nobody', 'one', 'two'],
		itemStart,
		item: Uint32Array.from(held.flat()),
		items: ['a', 'b', 'g', 'h'],
		itemKind: Uint8Array.of(0, 0, 1, 1),
		itemKinds: ['sponsored', 'growth'],
		value: Float64Array.from(held, (items) => items.length),
		valueUnit: 'points',
	};
	const metrics = [
		{ id: 'revenue', title: '', unit: 'cents' as const, better: null, help: '', value: revenue },
	];
	return { program: 'toy', config: {}, seed: 1, outcomeHash: '', metrics, groups: [], tables: [], series: [], participants, checks: [], notices: [] }; // prettier-ignore
}

const before = report([[0], [0, 2], [1], []]);

describe('a plan', () => {
	it('finds nothing between a run and itself', () => {
		const plan = planBetween(before, before);
		expect(plan).toMatchObject({ isUnchanged: true, movedCount: 0 });
		expect([...(plan?.movement ?? [])]).toEqual([1, 0, 0, 0, 2, 0, 0, 0, 1]);
	});

	it('counts who gains, loses and switches, town by town', () => {
		const plan = planBetween(before, report([[0, 2], [0], [0], [3]]));
		expect([...(plan?.effect ?? [])]).toEqual([gainBit(1), loseBit(1), SWAP, gainBit(1)]);
		expect(plan?.groups).toEqual([
			{ label: 'Dallas', gain: [0, 1], lose: [0, 1], swap: 0, more: 0, less: 0, same: 0 },
			{ label: 'Austin', gain: [0, 1], lose: [0, 0], swap: 1, more: 0, less: 0, same: 0 },
		]);
	});

	it('counts someone who trades a growth item for a sponsored one on both sides', () => {
		const plan = planBetween(before, report([[0], [0, 1], [1], []]));
		expect(plan?.effect[1]).toBe(gainBit(0) | loseBit(1));
	});

	it('takes no notice of the order of what someone holds', () => {
		expect(planBetween(before, report([[0], [2, 0], [1], []]))?.movedCount).toBe(0);
	});

	it('is not unchanged when a number moves though nobody does', () => {
		expect(planBetween(before, report([[0], [0, 2], [1], []], 101))?.isUnchanged).toBe(false);
	});

	it('has as many people in the movement as there are', () => {
		const plan = planBetween(before, report([[], [0, 2], [1], [1, 3]]));
		expect(plan?.movement.reduce((sum, count) => sum + count, 0)).toBe(4);
	});

	it('is nothing where a program reports no people', () => {
		expect(planBetween(before, { ...before, participants: null })).toBeNull();
	});

	it('tells of amounts that change while what is held stays, where they have a noun', () => {
		const paid = (values: number[]): Report => {
			const made = report(values.map(() => [0]));
			const people = made.participants;
			if (!people) throw new Error('no participants');
			return { ...made, participants: { ...people, value: Float64Array.from(values), valueNoun: 'award' } };
		};
		const plan = planBetween(paid([5, 5, 5, 5]), paid([4, 5, 6, 7]));
		expect([...(plan?.effect ?? [])]).toEqual([LESS, 0, MORE, MORE]);
		expect(plan?.movedCount).toBe(3);
		expect(plan?.valueBefore).toEqual(Float64Array.of(5, 5, 5, 5));
		expect(plan?.groups.map(({ more, less }) => more + less)).toEqual(expect.arrayContaining([1]));
		expect(planBetween(report([[0]]), report([[0]]))?.valueBefore).toBeNull();
	});
});
