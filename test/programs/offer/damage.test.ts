import { describe, expect, it } from 'vitest';
import { checkMetrics } from '#programs/offer/check-metrics.ts';
import { measure } from '#programs/offer/measure.ts';
import { grow } from '#programs/offer/model/grow.ts';
import { checkOutcome } from '#programs/offer/outcome.ts';
import type { OfferState } from '#programs/offer/state.ts';
import { exampleWorld, offerEvent } from './worlds.ts';

/** A sound state of some size, with caps, expiries and awards; made anew, since tests damage it. */
function soundState(): OfferState {
	const world = exampleWorld(1, { invitee: 1000, award: 1000 });
	const active = { ...offerEvent('capped', 1, 0, 500, 20, 400, 90), cap: 10 };
	const ending = { ...offerEvent('ending', 0, 0, 250, 10), expiresAt: world.start + 40 * 86_400_000 };
	return grow({ ...world, offers: [...world.offers.slice(0, 1), { ...world.offers[1], status: 1 } as never, active, ending] }).outcome
		.state; // prettier-ignore
}

/** Columns of a state that an outcome rests on. */
const COLUMNS = [
	'offerStatus', 'offerCap', 'offerExpiresAt', 'offerEndedAt', 'offerEndReason', 'offerRedeemed', 'current',
	'userSignedUpAt', 'userReferrer', 'userOffer', 'userIsFallback', 'userEarnedCents', 'userUsedCents', 'userExpiredCents', 'userCashCents',
	'userPaidInvoices', 'userFirstPaidAt', 'userQualifyingInvoices', 'userQualifiedAt', 'userUnbilledGrossCents', 'userUnbilledCreditCents',
	'creditOwner', 'creditOffer', 'creditKind', 'creditAttributed', 'creditCreatedAt', 'creditExpiresAt', 'creditEarnedCents', 'creditUsedCents',
	'creditExpiredCents', 'drawCredit', 'drawUsage', 'drawCents', 'usageCents', 'usageCoveredCents',
	'invoiceGrossCents', 'invoiceCreditCents', 'invoiceState',
] as const satisfies readonly (keyof OfferState)[]; // prettier-ignore

describe('the check of an outcome', () => {
	it('finds nothing in a sound one', () => {
		const state = soundState();
		expect(state.offerEndReason).toEqual(expect.arrayContaining([2, 3]));
		expect(checkOutcome(state)).toEqual([]);
	});

	for (const column of COLUMNS) {
		it(`finds a number of ${column} that is one too high`, () => {
			const length = soundState()[column].length;
			expect(length).toBeGreaterThan(0);
			for (const at of new Set([0, length >> 1, length - 1])) {
				const state = soundState();
				state[column][at]++;
				expect(checkOutcome(state), `${column}[${at}]`).not.toEqual([]);
			}
		});
	}

	it('finds a draw that is missing, one that is doubled, and two in the wrong order', () => {
		const missing = soundState();
		for (const column of ['drawCredit', 'drawUsage', 'drawCents'] as const) missing[column].pop();
		expect(checkOutcome(missing).map((each) => each.invariant)).toContain('spending');
		const doubled = soundState();
		for (const column of ['drawCredit', 'drawUsage', 'drawCents'] as const)
			doubled[column].push(doubled[column][0]);
		expect(checkOutcome(doubled).map((each) => each.invariant)).toContain('spending');
		const swapped = soundState();
		for (const column of ['drawCredit', 'drawUsage', 'drawCents'] as const) {
			[swapped[column][0], swapped[column][1]] = [swapped[column][1], swapped[column][0]];
		}
		expect(checkOutcome(swapped).map((each) => each.invariant)).toContain('spending');
	});

	it('finds a credit made twice', () => {
		const state = soundState();
		for (const column of COLUMNS) if (column.startsWith('credit')) state[column].push(state[column][0]);
		state.creditFirstUsage.push(state.creditFirstUsage[0]);
		expect(checkOutcome(state).map((each) => each.invariant)).toContain('oneCredit');
	});

	it('finds metrics whose parts do not add up', () => {
		const world = exampleWorld(1, { invitee: 1000, award: 1000 });
		const metrics = measure(grow(world).outcome);
		expect(checkMetrics(metrics)).toEqual([]);
		expect(checkMetrics({ ...metrics, byOffer: metrics.byOffer.slice(1) })).toContain('byOffer signups');
		expect(checkMetrics({ ...metrics, byMonth: metrics.byMonth.slice(1) })).toContain('byMonth earnedCents');
	});
});
