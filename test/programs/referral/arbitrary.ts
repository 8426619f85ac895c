import fc from 'fast-check';
import { indexEvents, readEvents, type ReferralDataset } from '#programs/referral/dataset.ts';
import type { PieSplitRules, RevShareRules, Rules } from '#programs/referral/rules.ts';

/** Small random editions and event lists, dense in ties, boundaries and empty pools. */

export interface RawEvent {
	readonly id: string;
	readonly timestamp: number;
	readonly referrer: string | null;
	readonly incrementalDuration: number;
	readonly incrementalRevenueContribution: string | null;
	readonly subregistryId?: { readonly chainId: number; readonly address: string };
}

const YEAR = 31_556_952;

export const MARKET = { chainId: 1, address: `0x${'57'.repeat(20)}` };
const OTHER = { chainId: 8453, address: MARKET.address };

export function address(letter: string): string {
	return `0x${letter.repeat(40)}`;
}

const referrers = ['a', 'b', 'c', 'd', 'e'].map(address);

const duration = fc.oneof(
	fc.integer({ min: 0, max: 5 }),
	fc.integer({ min: 0, max: 40 }).map((years) => years * YEAR),
	fc.integer({ min: 0, max: 40 * YEAR }),
	fc.constantFrom(YEAR - 1, 100 * YEAR, 100 * YEAR - 1),
);

const event = fc.record(
	{
		timestamp: fc.integer({ min: 1000, max: 1020 }),
		referrer: fc.oneof({ weight: 12, arbitrary: fc.constantFrom<string | null>(...referrers) }, { weight: 1, arbitrary: fc.constantFrom(null, address('0')) }), // prettier-ignore
		incrementalDuration: duration,
		incrementalRevenueContribution: fc.constantFrom(null, '0', '1', '1000000000000000001'),
		subregistryId: fc.constantFrom(MARKET, MARKET, MARKET, OTHER),
	},
	{ requiredKeys: ['timestamp', 'referrer', 'incrementalDuration', 'incrementalRevenueContribution'] },
);

/** Up to 24 events of five referrers within 21 seconds; ids say nothing about time. */
export const eventLists: fc.Arbitrary<RawEvent[]> = fc
	.array(event, { maxLength: 24 })
	.map((list) => list.map((one, i) => ({ ...one, id: `e${(i * 7919) % 1000}` })));

const base = {
	startTime: 1002,
	endTime: 1018,
	subregistryId: MARKET,
	rulesUrl: 'https://example.com/rules',
	areAwardsDistributed: false,
};

const pool = fc.oneof(
	fc.constantFrom(0n, 1n, 7n, 400_000_000n, 10_000_000_000n),
	fc.bigInt({ min: 0n, max: 1_000_000_000n }),
);

const actions = fc
	.uniqueArray(fc.constantFrom(...referrers, address('f')), { maxLength: 2 })
	.chain((out) => fc.tuple(...out.map((referrer) => fc.constantFrom<'Disqualification' | 'Warning'>('Disqualification', 'Warning').map((actionType) => ({ actionType, referrer, reason: 'seen', extra: [] }))))); // prettier-ignore

export const pieRules: fc.Arbitrary<PieSplitRules> = fc
	.record({
		awardPool: pool,
		maxQualifiedReferrers: fc.integer({ min: 0, max: 7 }),
		boostStrength: fc.constantFrom(1, 1, 1, 0, 0.3, 2.5),
		adminActions: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: actions }),
	})
	.map((rules) => ({ dataModelType: 'pie-split', ...base, ...rules }));

export const revShareRules: fc.Arbitrary<RevShareRules> = fc
	.record({
		awardPool: pool,
		minQualifiedRevenueContribution: fc.oneof(
			fc.constantFrom(0n, 5_000_000n, 500_000_000n),
			fc.bigInt({ min: 0n, max: 300_000_000n }),
		),
		qualifiedRevenueShare: fc.oneof(
			fc.constantFrom(0, 0.3, 0.5, 0.29, 1),
			fc.double({ min: 0, max: 1, noNaN: true }),
		),
		qualifiedRevenuePerYear: fc.constantFrom(5_000_000n, 5_000_000n, 1n, 0n, 4_999_999n, 900_000_000_000n),
		adminActions: actions,
	})
	.map((rules) => ({
		dataModelType: 'rev-share-limit',
		...base,
		settlement: 'race',
		maxAwardPerReferrer: null,
		...rules,
	}));

/** As `revShareRules`, with the settlement and the cap per referrer turned as well. */
export const anyRevShareRules: fc.Arbitrary<RevShareRules> = fc
	.tuple(
		revShareRules,
		fc.constantFrom<'race' | 'pro-rata'>('race', 'pro-rata'),
		fc.constantFrom(null, null, 0n, 40_000_000n),
	)
	.map(([rules, settlement, maxAwardPerReferrer]) => ({ ...rules, settlement, maxAwardPerReferrer }));

export const anyRules: fc.Arbitrary<Rules> = fc.oneof<fc.Arbitrary<Rules>[]>(pieRules, anyRevShareRules);

/** Events as a run takes them. */
export function datasetOf(events: readonly RawEvent[]): ReferralDataset {
	return indexEvents(readEvents(events));
}
