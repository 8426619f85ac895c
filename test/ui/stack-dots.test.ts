import { describe, expect, it } from 'vitest';
import { countOver, stackDots } from '#ui/charts/stack-dots.ts';

describe('dots of a dot plot', () => {
	it('stand one on the other in columns, each once', () => {
		const dots = stackDots(Float64Array.of(0, 1, 5, 10), 0, 10, 5);
		expect(dots.map(({ at, level }) => [at, level])).toEqual([[1, 0], [1, 1], [5, 0], [9, 0]]); // prettier-ignore
	});

	it('count as over only above the limit', () => {
		expect(countOver(Float64Array.of(4, 5, 5, 6), 5)).toBe(1);
	});
});
