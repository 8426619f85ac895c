import { expect, it } from 'vitest';
import { unknownParts } from '#data/unknown-parts.ts';
import { ignoredParts } from '#workers/ignored-parts.ts';

it('ignoredParts counts every part that was left out or changes nothing, each by its name', () => {
	const names = Array.from({ length: 25 }, (_, i) => `boost_${i}`);
	const item = ignoredParts([
		unknownParts('contract.csv', 'column', names),
		{ code: 'config-ignored', message: 'boosts is ignored: Drops know no boosts' },
		{ code: 'recommender-stale', message: 'the newest run is 9 days old' },
	]);
	expect([item.count, item.isFine, item.noun]).toEqual([26, false, ['part', 'parts']]);
	const [parts, why] = item.rows;
	expect([parts.values[0], parts.values[24], parts.values[25]]).toEqual([
		'contract.csv: boost_0',
		'contract.csv: boost_24',
		'boosts is ignored: Drops know no boosts',
	]);
	expect(new Set<unknown>(why.values)).toEqual(
		new Set<unknown>(['left out of the scenario', 'kept in the configuration, changes nothing']),
	);
	expect(ignoredParts([]).isFine).toBe(true);
});
