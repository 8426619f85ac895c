import { describe, expect, it } from 'vitest';
import { changedSettings } from '../../src/cli/changed-settings.ts';

describe('changedSettings', () => {
	it('lists differing leaves by path, with those that only one side has', () => {
		const before = { seed: 1, cutoff: { share: 0.3, mode: 'a' }, order: [1, 2], gone: null };
		const after = {
			order: [1, 3],
			cutoff: { mode: 'a', share: 0.4 },
			seed: 1,
			cities: { x: { ratio: 0.5 } },
		};
		expect(changedSettings(before, after)).toEqual([
			{ path: 'cities.x.ratio', before: undefined, after: 0.5 },
			{ path: 'cutoff.share', before: 0.3, after: 0.4 },
			{ path: 'gone', before: null, after: undefined },
			{ path: 'order', before: [1, 2], after: [1, 3] },
		]);
		expect(changedSettings(before, before)).toEqual([]);
	});
});
