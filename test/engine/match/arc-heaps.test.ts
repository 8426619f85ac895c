import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearArcs, makeArcHeaps, popArc, pushArc } from '#engine/match/arc-heaps.ts';

describe('arc heaps', () => {
	it('hold nothing at first: no top, at a cost that is never reached', () => {
		const heaps = makeArcHeaps(2, 1);
		expect([...heaps.top]).toEqual([-1, -1, -1, -1]);
		expect([...heaps.topCost]).toEqual([Infinity, Infinity, Infinity, Infinity]);
		expect(heaps.count).toBe(0);
	});

	it('keep the first of equal arcs on top', () => {
		const heaps = makeArcHeaps(1, 4);
		pushArc(heaps, 0, 7, 5);
		pushArc(heaps, 0, 8, 5);
		expect(heaps.user[heaps.top[0]]).toBe(7);
		pushArc(heaps, 0, 9, 4);
		expect(heaps.user[heaps.top[0]]).toBe(9);
	});

	it('give up their arcs cheapest first, each heap its own, however pushes and pops mix and room grows', () => {
		const step = fc.record({
			at: fc.integer({ min: 0, max: 3 }),
			cost: fc.integer({ min: -5, max: 5 }),
			isPop: fc.boolean(),
		});
		const steps = fc.array(step, { minLength: 40, maxLength: 120, size: 'max' });
		fc.assert(
			fc.property(steps, fc.integer({ min: 0, max: 3 }), (all, room) => {
				const heaps = makeArcHeaps(2, room);
				const left: { user: number; cost: number }[][] = [[], [], [], []];
				all.forEach(({ at, cost, isPop }, user) => {
					const arcs = left[at];
					if (!isPop) {
						pushArc(heaps, at, user, cost);
						arcs.push({ user, cost });
					} else if (arcs.length > 0) {
						const top = heaps.user[heaps.top[at]];
						arcs.splice(
							arcs.findIndex((arc) => arc.user === top),
							1,
						);
						popArc(heaps, at);
					}
					left.forEach((arcsLeft, heap) => {
						const least = Math.min(...arcsLeft.map((arc) => arc.cost));
						expect(heaps.topCost[heap]).toBe(least);
						const top = heaps.top[heap];
						if (arcsLeft.length === 0) expect(top).toBe(-1);
						else expect(arcsLeft).toContainEqual({ user: heaps.user[top], cost: least });
					});
				});
				expect(heaps.count).toBe(all.filter(({ isPop }) => !isPop).length);
			}),
			{ seed: 1, numRuns: 60 },
		);
	});

	it('start anew when cleared', () => {
		const heaps = makeArcHeaps(1, 1);
		for (let u = 0; u < 5; u++) pushArc(heaps, 0, u, u);
		clearArcs(heaps);
		expect([heaps.top[0], heaps.topCost[0], heaps.count]).toEqual([-1, Infinity, 0]);
		pushArc(heaps, 0, 9, 3);
		expect([heaps.user[heaps.top[0]], heaps.topCost[0], heaps.count]).toEqual([9, 3, 1]);
		popArc(heaps, 0);
		expect(heaps.top[0]).toBe(-1);
	});
});
