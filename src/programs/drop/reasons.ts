import { DAY_MS } from '../instant.ts';
import type { AsOf } from './as-of.ts';
import type { DropDataset } from './dataset.ts';
import { hasConverted, hasLocation, servesCity } from './stages/eligibility.ts';
import { makeUserMarks, markHistory, type UserMarks } from './user-marks.ts';

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

const CODES: readonly IneligibleReason[] = INELIGIBLE_REASONS.map(([code]) => code);
const NONE: readonly IneligibleReason[] = [];

/** Every reason that keeps contract c from user u, in order; empty when the pair is eligible. */
export function failingReasons(
	dataset: DropDataset,
	asOf: AsOf,
	seats: Float64Array,
	u: number,
	c: number,
): readonly IneligibleReason[] {
	const marks = makeUserMarks(dataset);
	markHistory(dataset, asOf.time, u, marks);
	return reasonsByMarks(dataset, asOf, seats, u, c, marks);
}

/** The same where `marks` hold the history of user u already. */
export function reasonsByMarks(
	dataset: DropDataset,
	asOf: AsOf,
	seats: Float64Array,
	u: number,
	c: number,
	marks: UserMarks,
): readonly IneligibleReason[] {
	const { contracts, users } = dataset;
	const { time } = asOf;
	const y = users.city[u];
	const b = contracts.brand[c];
	const ageDays = Math.floor((time - users.createdAt[u]) / DAY_MS);
	const isLate = time < contracts.startsAt[c] || time >= contracts.endsAt[c];
	const isNoNewCustomer = contracts.isNewCustomersOnly[c] === 1 && marks.hasConvertedBrand[b] === 1;
	const isDone = contracts.isOncePerUser[c] === 1 && hasConverted(contracts.ancestor, marks.hasConvertedContract, c); // prettier-ignore
	// a bit for each code, in their order
	const fails =
		(contracts.isDrop[c] ? 0 : 1) |
		(contracts.isOnboarding[c] ? 2 : 0) |
		(isLate ? 4 : 0) |
		(servesCity(dataset, c, y) ? 0 : 8) |
		(asOf.conversions[c] >= contracts.supply[c] ? 16 : 0) |
		(seats[c] === 0 ? 32 : 0) |
		(asOf.isConsidered[u] ? 0 : 64) |
		(ageDays < contracts.minAgeDays[c] || ageDays > contracts.maxAgeDays[c] ? 128 : 0) |
		(isNoNewCustomer ? 256 : 0) |
		(isDone ? 512 : 0) |
		(marks.holdsToken[b] ? 1024 : 0) |
		(hasLocation(dataset, y, b) ? 0 : 2048);
	return fails === 0 ? NONE : CODES.filter((_, i) => fails & (1 << i));
}
