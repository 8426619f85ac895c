import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paretoFront } from '#engine/stats/pareto.ts';

const front = (points: [number, number][], isMoreBetter: [boolean, boolean]) => [
	...paretoFront(
		Float64Array.from(points, ([x]) => x),
		Float64Array.from(points, ([, y]) => y),
		isMoreBetter,
	),
];

describe('paretoFront', () => {
	it('marks by hand, for goals either way', () => {
		const points: [number, number][] = [[1, 5], [2, 2], [3, 3], [5, 1], [2, 5]]; // prettier-ignore
		expect(front(points, [true, true])).toEqual([0, 0, 1, 1, 1]);
		expect(front(points, [false, false])).toEqual([1, 1, 0, 1, 0]);
		expect(front(points, [true, false])).toEqual([0, 0, 0, 1, 0]);
		expect(front(points, [false, true])).toEqual([1, 0, 0, 0, 0]);
	});

	it('marks equal points together', () => {
		expect(front([[1, 1], [1, 1], [0, 1], [1, 0]], [true, true])).toEqual([1, 1, 0, 0]); // prettier-ignore
		expect(front([[0, 1], [-0, 1]], [true, true])).toEqual([1, 1]); // prettier-ignore
	});

	it('never marks what is not a number, and nothing among nothing', () => {
		expect(front([[NaN, 9], [1, NaN], [0, 0]], [true, true])).toEqual([0, 0, 1]); // prettier-ignore
		expect(front([], [true, true])).toEqual([]);
	});

	it('marks infinite goals as the best or the worst', () => {
		expect(front([[Infinity, 0], [1, 1], [-Infinity, 1]], [true, true])).toEqual([1, 1, 0]); // prettier-ignore
	});

	it('marks those that no other beats', () => {
		const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(NaN));
		const points = fc.array(fc.tuple(value, value), { maxLength: 25 });
		fc.assert(
			fc.property(points, fc.boolean(), fc.boolean(), (points, moreX, moreY) => {
				const gain = ([x, y]: [number, number]) => [moreX ? x : -x, moreY ? y : -y];
				const beats = (a: [number, number], b: [number, number]) => {
					const [ax, ay] = gain(a);
					const [bx, by] = gain(b);
					return ax >= bx && ay >= by && (ax > bx || ay > by);
				};
				const slow = points.map((p) =>
					p.some(Number.isNaN) || points.some((other) => beats(other, p)) ? 0 : 1,
				);
				expect(front(points, [moreX, moreY])).toEqual(slow);
			}),
			{ seed: 1, numRuns: 2000 },
		);
	});
});
