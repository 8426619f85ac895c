import { describe, expect, it } from 'vitest';
import { dropConfigSchema } from '#programs/drop/levers.ts';
import { drop } from '#programs/drop/program.ts';
import type { Config } from '#programs/levers.ts';
import { leversAt } from '#ui/lever-list.ts';
import { leverWarnings, stakeInWords } from '#ui/lever-warnings.ts';

const levers = leversAt(drop.levers, [{ kind: 'city', title: 'Cities', ids: ['dal', 'aus'], labels: ['Dallas', 'Austin'] }]); // prettier-ignore
const live: Config = dropConfigSchema.parse({ cities: { dal: { sponsorshipRatio: 0.7 } } });
const draftOf = (more: object): Config =>
	dropConfigSchema.parse({ cities: { dal: { sponsorshipRatio: 0.7 } }, ...more });

describe('what a warning is weighed against', () => {
	it('is production’s value for what always warns, and nothing while that is unchanged', () => {
		const warnings = leverWarnings(levers, draftOf({ cities: { dal: { sponsorshipRatio: 0.5 } }, seed: 4 }), live);
		expect(warnings.get('cities.*.sponsorshipRatio')?.against).toMatchObject({ cities: { dal: { sponsorshipRatio: 0.7 } }, seed: 4 }); // prettier-ignore
		expect(warnings.get('slotsPerUser')).toMatchObject({ against: null });
	});

	it('is the default for a weight that dominates and a supply rule that holds nothing back, and the usual for a cutoff', () => {
		const draft = draftOf({ scoring: { weights: { affinity: 35 } }, cutoff: { bottomShare: 0.6 }, supply: { mode: 'none' } }); // prettier-ignore
		const warnings = leverWarnings(levers, draft, draft);
		expect(warnings.get('scoring.weights.affinity')?.against).toMatchObject({ scoring: { weights: { affinity: 8 } } });
		expect(warnings.get('supply.mode')).toMatchObject({ against: { supply: { mode: 'target' } }, versus: 'the default target' }); // prettier-ignore
		expect(warnings.get('cutoff.bottomShare')).toMatchObject({ words: '', against: { cutoff: { bottomShare: 0.5 } }, versus: '50%' }); // prettier-ignore
	});

	it('is said with users and money', () => {
		const money = { title: 'Expected revenue', unit: 'cents' as const, before: 500_000, after: 380_000 };
		expect(stakeInWords({ movedCount: 1412, money }, ['user', 'users'], '50%')).toBe('1,412 users affected, expected revenue −$1,200, against 50%.'); // prettier-ignore
		expect(stakeInWords({ movedCount: 0, money }, ['user', 'users'], '50%')).toBe('Nobody is affected, against 50%.');
	});
}); // prettier-ignore
