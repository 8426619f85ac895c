import { describe, expect, it } from 'vitest';
import { referral } from '#programs/referral/program.ts';
import { differencesBetween, effectiveValue, leversAt, storedValue } from '#ui/lever-list.ts';

const RICH = '0x3333333333333333333333333333333333333333';
const subjects = [
	{ kind: 'referrer', title: 'Referrers', ids: [RICH], labels: ['0x3333…3333'] },
	{ kind: 'edition', title: 'Editions', ids: ['march-2026'], labels: ['March 2026'] },
];
const settings = { awardPool: { standsFor: 3_000_000_000 }, [`disqualified.${RICH}`]: { standsFor: true } };

describe('levers of a scenario', () => {
	const levers = leversAt(referral.levers, subjects, settings);
	const at = (path: string) => levers.find((lever) => lever.path === path);

	it('show what the scenario says while a setting is left empty', () => {
		const pool = at('awardPool');
		expect(pool && effectiveValue({ awardPool: null }, pool)).toBe(3_000_000_000);
		expect(pool && effectiveValue({ awardPool: 5 }, pool)).toBe(5);
		expect(differencesBetween(levers, { awardPool: null }, { awardPool: 1_000_000_000 })).toEqual([
			{ path: 'awardPool', title: 'Award pool', before: '$3,000', after: '$1,000' },
		]);
	});

	it('are empty again when set to what the scenario says', () => {
		const pool = at('awardPool');
		expect(pool && storedValue(pool, 3_000_000_000)).toBeNull();
		expect(pool && storedValue(pool, 1)).toBe(1);
		const out = at(`disqualified.${RICH}`);
		expect(out && storedValue(out, true)).toBeUndefined();
		expect(out && storedValue(out, false)).toBe(false);
	});

	it('offer the ids of a scenario by their labels, and a row for each entity that a run spoke of', () => {
		expect(at('edition')).toMatchObject({
			spec: { kind: 'choice', choices: ['march-2026'] },
			choiceLabels: ['March 2026'],
		});
		expect(at(`disqualified.${RICH}`)?.entity).toEqual({ id: RICH, label: '0x3333…3333' });
		expect(leversAt(referral.levers, subjects).some(({ path }) => path.startsWith('disqualified'))).toBe(
			false,
		);
	});
});
