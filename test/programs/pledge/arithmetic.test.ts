import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitByLargestRemainder } from '#engine/share.ts';
import {
	bufferPatrons,
	capCents,
	grossCents,
	halfEven,
	isInZone,
	proRata,
	zoneFrom,
} from '#programs/pledge/arithmetic.ts';
import { dollars } from '#programs/pledge/money.ts';

const fee = fc.record({
	bp: fc.integer({ min: 0, max: 5000 }),
	fixedCents: fc.integer({ min: 0, max: 10_000 }),
});
const limit = fc.integer({ min: 1, max: 500_000_000_000 });
const runs = { seed: 4, numRuns: 2000 };

describe('the sums of the pledge specification', () => {
	it('halfEven rounds to the nearest, halves to even', () => {
		expect([halfEven(5, 2), halfEven(7, 2), halfEven(11, 3)]).toEqual([2, 4, 4]);
	});

	it('grossCents is halfEven of its definition', () => {
		fc.assert(
			fc.property(fee, fc.integer({ min: 0, max: 50_000_000 }), (rules, cents) => {
				const expected = halfEven((cents + rules.fixedCents) * 10_000, 10_000 - rules.bp);
				expect(grossCents(cents, { fee: rules, feesWithinLimit: false })).toBe(expected);
			}),
			runs,
		);
	});

	it('capCents is the largest charge that fits the limit, fee included', () => {
		fc.assert(
			fc.property(fee, limit, (rules, amount) => {
				const charge = { fee: rules, feesWithinLimit: true };
				const cents = capCents(amount, charge);
				expect(grossCents(cents + 1, charge) * 10_000).toBeGreaterThan(amount);
				if (cents > 0) expect(grossCents(cents, charge) * 10_000).toBeLessThanOrEqual(amount);
			}),
			runs,
		);
	});

	it('zoneFrom is where isInZone begins', () => {
		const warn = fc.record({
			mode: fc.constantFrom('fraction' as const, 'absolute' as const),
			bp: fc.integer({ min: 0, max: 10_000 }),
			micros: fc.integer({ min: 0, max: 500_000_000_000 }),
		});
		fc.assert(
			fc.property(limit, fc.integer({ min: 1, max: 100_000_000 }), warn, (amount, baseRate, rule) => {
				const from = zoneFrom(amount, baseRate, rule);
				expect(isInZone(from * baseRate, amount, rule)).toBe(true);
				if (from > 1) expect(isInZone((from - 1) * baseRate, amount, rule)).toBe(false);
			}),
			runs,
		);
	});

	it('bufferPatrons rounds the share up', () => {
		expect(bufferPatrons(1001, { bp: 1000, patrons: 0 })).toBe(101);
		expect(bufferPatrons(10, { bp: 1000, patrons: 2 })).toBe(2);
	});

	it('proRata gives everything away, and nobody more than she is owed by a micro', () => {
		const debt = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 20_000_000 }), fc.integer({ min: 0, max: 400_000_000_000 })); // prettier-ignore
		const debts = fc.array(debt, { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(debts, fc.double({ min: 0, max: 1, noNaN: true }), (owed, share) => {
				const total = owed.reduce((a, b) => a + b, 0);
				const net = Math.floor(total * share);
				const parts = proRata(net, Float64Array.from(owed));
				expect(parts).toEqual(splitByLargestRemainder(net, owed));
				expect(parts.reduce((a, b) => a + b, 0)).toBe(total === 0 ? 0 : net);
				parts.forEach((part, i) => expect(part).toBeLessThanOrEqual(owed[i]));
			}),
			runs,
		);
	});

	it('dollars keep at least cents and at most micros', () => {
		expect([dollars(0), dollars(12_500_000), dollars(1_234), dollars(-500_000)]).toEqual([
			'$0.00',
			'$12.50',
			'$0.001234',
			'−$0.50',
		]);
	});
});
