import { DAY_MS } from '../instant.ts';
import type { AsOf } from './as-of.ts';
import type { DropDataset } from './dataset.ts';
import { hasConverted, hasLocation, servesCity } from './stages/eligibility.ts';
import { makeUserMarks, markHistory, unmarkHistory } from './user-marks.ts';

/**
 * The twelve reasons that make a pair not eligible, in their fixed order, with the words for people: the one
 * table of reason codes (spec section 3).
 */
export const INELIGIBLE_REASONS = [
	['not-drop', 'The contract is not offered in Drops.'],
	['onboarding', 'The contract is kept for onboarding.'],
	['not-active', 'The Drop is outside the contract’s period.'],
	['wrong-city', 'The contract does not serve the user’s city.'],
	['conversions-maxed', 'The contract has had all the conversions its supply allows.'],
	['no-supply', 'The supply rule leaves the contract no assignments this Drop.'],
	['user-blocked', 'The user’s account is blocked.'],
	['account-age', 'The account is younger or older than the contract wants.'],
	['not-new-customer', 'The contract is for new customers, and the user has converted at the brand before.'],
	['already-converted', 'The user has converted on this contract before, and it counts once.'],
	['holds-token', 'The user holds an unused token of the brand.'],
	['no-location', 'The brand has no location in the user’s city.'],
] as const;

export type IneligibleReason = (typeof INELIGIBLE_REASONS)[number][0];

/** Every reason that keeps contract c from user u, in order; empty when the pair is eligible. `marks` are empty room to reuse. */
export function failingReasons(
	dataset: DropDataset,
	asOf: AsOf,
	seats: Float64Array,
	u: number,
	c: number,
	marks = makeUserMarks(dataset),
): IneligibleReason[] {
	const { contracts, users } = dataset;
	const { time } = asOf;
	const y = users.city[u];
	const b = contracts.brand[c];
	markHistory(dataset, time, u, marks);
	const ageDays = Math.floor((time - users.createdAt[u]) / DAY_MS);
	const fails: Record<IneligibleReason, boolean> = {
		'not-drop': !contracts.isDrop[c],
		onboarding: contracts.isOnboarding[c] === 1,
		'not-active': time < contracts.startsAt[c] || time >= contracts.endsAt[c],
		'wrong-city': !servesCity(dataset, c, y),
		'conversions-maxed': asOf.conversions[c] >= contracts.supply[c],
		'no-supply': seats[c] === 0,
		'user-blocked': !asOf.isConsidered[u],
		'account-age': ageDays < contracts.minAgeDays[c] || ageDays > contracts.maxAgeDays[c],
		'not-new-customer': contracts.isNewCustomersOnly[c] === 1 && marks.hasConvertedBrand[b] === 1,
		'already-converted':
			contracts.isOncePerUser[c] === 1 && hasConverted(contracts.ancestor, marks.hasConvertedContract, c),
		'holds-token': marks.holdsToken[b] === 1,
		'no-location': !hasLocation(dataset, y, b),
	};
	unmarkHistory(dataset, u, marks);
	return INELIGIBLE_REASONS.map(([code]) => code).filter((code) => fails[code]);
}
