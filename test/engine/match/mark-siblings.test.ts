import { describe, expect, it } from 'vitest';
import { markSiblings } from '#engine/match/mark-siblings.ts';

describe('markSiblings', () => {
	it('marks every contract whose brand has a second one, and no other', () => {
		expect([...markSiblings(Uint32Array.of(2, 0, 2, 5, 1, 1, 1))]).toEqual([1, 0, 1, 0, 1, 1, 1]);
		expect([...markSiblings(Uint32Array.of(0, 0))]).toEqual([1, 1]);
		expect([...markSiblings(Uint32Array.of(3))]).toEqual([0]);
		expect([...markSiblings(Uint32Array.of())]).toEqual([]);
	});
});
