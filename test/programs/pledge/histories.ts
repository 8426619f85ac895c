import fc from 'fast-check';
import type { SlowEvent, SlowScenario } from './slow-pledge.ts';

/** Small random histories in which limits are tight, so that something happens in most of them. */

export const POLICY_NAMES = [
	'drop-random', 'drop-newest', 'drop-oldest', 'suspend', 'over-budget', 'favour-bigger', 'drop-random-any', 'manual-flag', 'manual-refuse',
]; // prettier-ignore

/** Policies that touch only the project that grew. */
export const SAME_PROJECT = ['drop-random', 'drop-newest', 'drop-oldest', 'suspend', 'over-budget'];

const patronId = fc.integer({ min: 0, max: 8 }).map((i) => `p${i}`);
const projectId = fc.constantFrom('A', 'A', 'A', 'B', 'B', 'C');
const limit = fc.integer({ min: 3, max: 10 }).map((units) => units * 500_000);
const step = { days: fc.constantFrom(0, 0, 0, 1, 2, 9) };

const event = fc.oneof(
	{
		weight: 18,
		arbitrary: fc.record({ ...step, type: fc.constant('pledge'), patron: patronId, project: projectId }),
	},
	{ weight: 4, arbitrary: fc.record({ ...step, type: fc.constant('unpledge'), patron: patronId, project: projectId, keep: fc.boolean() }) }, // prettier-ignore
	{ weight: 3, arbitrary: fc.record({ ...step, type: fc.constant('setLimit'), patron: patronId, limit }) },
	{
		weight: 2,
		arbitrary: fc.record({ ...step, type: fc.constant('join'), patron: patronId, limit: fc.option(limit) }),
	},
	{ weight: 1, arbitrary: fc.record({ ...step, type: fc.constant('leave'), patron: patronId }) },
	{ weight: 1, arbitrary: fc.record({ ...step, type: fc.constantFrom('wish', 'unwish'), patron: patronId, project: fc.constantFrom('A', 'B', 'nowhere') }) }, // prettier-ignore
	{ weight: 2, arbitrary: fc.record({ ...step, type: fc.constant('monthEnd') }) },
	{ weight: 1, arbitrary: fc.record({ ...step, type: fc.constant('tick') }) },
);

/** Events on days that never decrease, after seven patrons have joined. */
export const events = fc
	.tuple(
		fc.array(limit, { minLength: 7, maxLength: 7 }),
		fc.array(event, { minLength: 30, maxLength: 70, size: 'max' }),
	)
	.map(([limits, list]): SlowEvent[] => {
		let day = 0;
		const joins = limits.map((amount, i): SlowEvent => ({
			day,
			type: 'join',
			patron: `p${i}`,
			limit: amount,
		}));
		const rest = list.map(({ days, ...fields }): SlowEvent => {
			day += days;
			return { day, ...fields };
		});
		return [...joins, ...rest];
	});

/** Levers that leave the policy open. */
export const levers = fc.record({
	baseRate: fc.constantFrom(500_000, 666_666),
	limitDefault: fc.constant(3_000_000),
	minimumCharge: fc.constantFrom(10_000, 1_000_000),
	fee: fc.constantFrom({ bp: 290, fixedCents: 30 }, { bp: 0, fixedCents: 0 }),
	feesWithinLimit: fc.boolean(),
	warn: fc.constantFrom(
		{ mode: 'fraction', bp: 1500 },
		{ mode: 'absolute', micros: 600_000 },
		{ mode: 'fraction', bp: 0 },
	),
	warnRepeat: fc.constantFrom('entry', 'oncePerMonth'),
	buffer: fc.constantFrom({ bp: 1000, patrons: 0 }, { bp: 0, patrons: 0 }, { bp: 1000, patrons: 1 }),
	expiryDays: fc.constantFrom(1, 8, 30),
	flapDays: fc.constantFrom(0, 5, 30),
	wishlist: fc.boolean(),
	seed: fc.nat({ max: 1000 }),
});

/** A scenario under one of `policies`. */
export function scenarios(policies: readonly string[]): fc.Arbitrary<SlowScenario> {
	return fc
		.tuple(fc.constantFrom(...policies), fc.constantFrom(null, 'random', 'newest', 'oldest'), levers, events)
		.map(([policy, pick, rest, list]) => ({
			config: {
				...rest,
				policy,
				pick: ['suspend', 'over-budget', 'favour-bigger'].includes(policy) ? pick : null,
			},
			projects: ['A', 'B', 'C'],
			events: list,
		}));
}
