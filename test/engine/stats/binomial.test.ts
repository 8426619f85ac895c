import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOver, conversionQuantiles, LARGEST_COUNT, largestSafeCount } from '#engine/stats/binomial.ts';

const RUNS = { seed: 1, numRuns: 1000 };

/** ln k! for k = 0 … n. */
function logFactorials(n: number): Float64Array {
	const sums = new Float64Array(n + 1);
	for (let k = 1; k <= n; k++) sums[k] = sums[k - 1] + Math.log(k);
	return sums;
}

const lnFactorial = logFactorials(60_000);

function probability(n: number, p: number, k: number): number {
	if (p === 0 || p === 1) return k === n * p ? 1 : 0;
	const lnChoose = lnFactorial[n] - lnFactorial[k] - lnFactorial[n - k];
	return Math.exp(lnChoose + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** The rule as written: a double sum over every pair of counts that goes over. */
function slowChance(room: number, o: number, convertRate: number, m: number, assignRate: number): number {
	const p2 = Array.from({ length: m + 1 }, (_, k) => probability(m, assignRate, k));
	let sum = 0;
	for (let j = 0; j <= o; j++) {
		const p1 = probability(o, convertRate, j);
		for (let k = Math.max(0, room - j + 1); k <= m; k++) sum += p1 * p2[k];
	}
	return sum;
}

/** Counts up one by one until the next is over. */
function slowCount(room: number, o: number, convertRate: number, assignRate: number, risk: number): number {
	if (room <= 0) return 0;
	let m = 0;
	while (slowChance(room, o, convertRate, m + 1, assignRate) <= risk) m++;
	return m;
}

const rate = fc.double({ min: 0.02, max: 1, noNaN: true });

describe('chanceOver', () => {
	it('counts coins by hand', () => {
		const coins = { supply: 2, conversions: 0, outstanding: 0, convertRate: 0.5, assignRate: 0.5 };
		expect(chanceOver({ ...coins, assigned: 2 })).toBe(0);
		expect(chanceOver({ ...coins, assigned: 3 })).toBe(0.125);
		expect(chanceOver({ ...coins, assigned: 4 })).toBe(0.3125);
		// two tokens and two assignments at a quarter: over 2 means 3 or 4 conversions
		const mixed = { ...coins, outstanding: 2, assignRate: 0.25, assigned: 2 };
		const byHand = (1 / 4) * (1 / 16) + (1 / 4) * (6 / 16) + (1 / 2) * (1 / 16);
		expect(chanceOver(mixed)).toBeCloseTo(byHand, 14);
	});

	it('is 1 when conversions passed the supply, and 0 when rates are 0', () => {
		const base = { supply: 5, outstanding: 9, convertRate: 0, assignRate: 0, assigned: 1000 };
		expect(chanceOver({ ...base, conversions: 6 })).toBe(1);
		expect(chanceOver({ ...base, conversions: 5 })).toBe(0);
		expect(chanceOver({ ...base, conversions: 0, convertRate: 1 })).toBe(1);
		expect(chanceOver({ ...base, conversions: 0, assignRate: 1, assigned: 5 })).toBe(0);
		expect(chanceOver({ ...base, conversions: 0, assignRate: 1, assigned: 6 })).toBe(1);
	});

	it('equals the double sum', () => {
		fc.assert(
			fc.property(fc.nat(60), fc.nat(40), rate, fc.nat(80), rate, (room, o, convertRate, m, assignRate) => {
				const chance = chanceOver({
					supply: room + 3,
					conversions: 3,
					outstanding: o,
					convertRate,
					assignRate,
					assigned: m,
				});
				const slow = slowChance(room, o, convertRate, m, assignRate);
				expect(Math.abs(chance - slow)).toBeLessThanOrEqual(1e-12 * slow + 1e-30);
			}),
			RUNS,
		);
	});

	it('equals the double sum for thousands', () => {
		const large = {
			supply: 1200,
			conversions: 150,
			outstanding: 400,
			convertRate: 0.47,
			assigned: 5300,
			assignRate: 0.1573,
		};
		const slow = slowChance(1050, 400, 0.47, 5300, 0.1573);
		expect(Math.abs(chanceOver(large) / slow - 1)).toBeLessThan(1e-10);
	});

	it('keeps its digits far out in the tail', () => {
		// P(Binomial(40, 0.01) > 15), summed by its own terms
		const tail = {
			supply: 15,
			conversions: 0,
			outstanding: 0,
			convertRate: 0.5,
			assigned: 40,
			assignRate: 0.01,
		};
		let slow = 0;
		for (let k = 40; k > 15; k--) slow += probability(40, 0.01, k);
		expect(slow).toBeLessThan(1e-20);
		expect(Math.abs(chanceOver(tail) / slow - 1)).toBeLessThan(1e-10);
	});

	it('meets the normal limit for a hundred thousand', () => {
		// mean 50 000, sd 158.11: over 50 260 is 1.6476 sd with continuity
		const chance = chanceOver({
			supply: 50_260,
			conversions: 0,
			outstanding: 0,
			convertRate: 0,
			assigned: 100_000,
			assignRate: 0.5,
		});
		expect(chance).toBeCloseTo(0.04972, 4);
	});
});

describe('largestSafeCount', () => {
	it('counts coins by hand', () => {
		const coins = { supply: 2, conversions: 0, outstanding: 0, convertRate: 0.5, assignRate: 0.5 };
		expect(largestSafeCount({ ...coins, risk: 0.124 })).toBe(2);
		expect(largestSafeCount({ ...coins, risk: 0.126 })).toBe(3);
		expect(largestSafeCount({ ...coins, risk: 0.31 })).toBe(3);
	});

	it('allows a chance equal to the risk, for binary and for decimal rates', () => {
		const coins = { supply: 2, conversions: 0, outstanding: 0, convertRate: 0.5, assignRate: 0.5 };
		expect(largestSafeCount({ ...coins, risk: 0.125 })).toBe(3);
		expect(largestSafeCount({ ...coins, risk: 0.12499999999999999 })).toBe(2);
		// 0.1 · 0.1 is 0.01, though not in binary
		const tenth = { supply: 1, conversions: 0, outstanding: 0, convertRate: 0.5, assignRate: 0.1 };
		expect(largestSafeCount({ ...tenth, risk: 0.01 })).toBe(2);
		expect(largestSafeCount({ ...tenth, risk: 0.028 })).toBe(3);
		// one token at 0.3, one assignment at 0.2, room for one
		expect(
			largestSafeCount({
				supply: 1,
				conversions: 0,
				outstanding: 1,
				convertRate: 0.3,
				assignRate: 0.2,
				risk: 0.06,
			}),
		).toBe(1);
	});

	it('tells in whole numbers a chance just above the risk from one that equals it', () => {
		// one token at 0.3, one assignment at 0.2: over when both convert
		const pair = { supply: 1, conversions: 0, outstanding: 1, convertRate: 0.3, assignRate: 0.2 };
		expect(largestSafeCount({ ...pair, risk: 0.06 })).toBe(1);
		expect(largestSafeCount({ ...pair, risk: 0.059999999999999 })).toBe(0);
		// two tokens at 0.5, one assignment at 0.5, room for one: 1/4 + 1/2 · 1/2
		const more = { ...pair, outstanding: 2, convertRate: 0.5, assignRate: 0.5 };
		expect(largestSafeCount({ ...more, risk: 0.5 })).toBe(1);
		expect(largestSafeCount({ ...more, risk: 0.499999999999999 })).toBe(0);
	});

	it('gives none when conversions reached the supply or tokens alone are too risky', () => {
		const base = {
			supply: 10,
			conversions: 10,
			outstanding: 0,
			convertRate: 0.5,
			assignRate: 0.1,
			risk: 0.05,
		};
		expect(largestSafeCount(base)).toBe(0);
		expect(largestSafeCount({ ...base, conversions: 12 })).toBe(0);
		expect(largestSafeCount({ ...base, conversions: 0, outstanding: 20 })).toBe(0);
		expect(largestSafeCount({ ...base, supply: 0, conversions: 0 })).toBe(0);
	});

	it('gives what cannot go over when no risk is allowed, and when all convert', () => {
		const base = { supply: 10, conversions: 3, outstanding: 2, convertRate: 0.5, assignRate: 0.1 };
		expect(largestSafeCount({ ...base, risk: 0 })).toBe(5);
		expect(largestSafeCount({ ...base, risk: 0, convertRate: 0 })).toBe(7);
		expect(largestSafeCount({ ...base, outstanding: 9, risk: 0 })).toBe(0);
		expect(largestSafeCount({ ...base, convertRate: 1, assignRate: 1, risk: 0.05 })).toBe(5);
	});

	it('gives the largest count there is when nothing is too risky', () => {
		const base = { supply: 10, conversions: 3, outstanding: 2, convertRate: 0.5, assignRate: 0, risk: 0.05 };
		expect(largestSafeCount(base)).toBe(LARGEST_COUNT);
		expect(largestSafeCount({ ...base, outstanding: 100 })).toBe(0);
		expect(largestSafeCount({ ...base, assignRate: 0.2, risk: 1 })).toBe(LARGEST_COUNT);
		expect(largestSafeCount({ ...base, assignRate: 1e-12 })).toBe(LARGEST_COUNT);
	});

	it('equals counting up one by one', () => {
		const risk = fc.double({ min: 0.001, max: 0.6, noNaN: true });
		fc.assert(
			fc.property(
				fc.nat(12),
				fc.nat(8),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.double({ min: 0.1, max: 1, noNaN: true }),
				risk,
				(room, o, convertRate, assignRate, risk) => {
					const count = largestSafeCount({
						supply: room + 4,
						conversions: 4,
						outstanding: o,
						convertRate,
						assignRate,
						risk,
					});
					fc.pre(Number.isFinite(count) && count < 300);
					expect(count).toBe(slowCount(room, o, convertRate, assignRate, risk));
				},
			),
			RUNS,
		);
	});

	it('is safe and one more is not, up to a hundred thousand', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 100_000 }),
				fc.double({ min: 0, max: 0.9, noNaN: true }),
				fc.double({ min: 0.005, max: 1, noNaN: true }),
				rate,
				fc.constantFrom(0.001, 0.05, 0.3),
				(supply, share, assignRate, convertRate, risk) => {
					const limits = {
						supply,
						conversions: Math.floor(supply / 10),
						outstanding: Math.floor(supply * share),
						convertRate,
						assignRate,
					};
					const count = largestSafeCount({ ...limits, risk });
					if (count > 0) expect(chanceOver({ ...limits, assigned: count })).toBeLessThanOrEqual(risk);
					expect(chanceOver({ ...limits, assigned: count + 1 })).toBeGreaterThan(risk);
				},
			),
			{ seed: 1, numRuns: 200 },
		);
	});
});

describe('conversionQuantiles', () => {
	const none = { supply: 0, conversions: 0, outstanding: 0, convertRate: 0, assigned: 0, assignRate: 0 };

	it('are the middles of equal parts, by hand', () => {
		const coin = { ...none, conversions: 2, assigned: 1, assignRate: 0.5 };
		expect([...conversionQuantiles(coin, 4)]).toEqual([2, 2, 3, 3]);
		// 1/4, 1/2, 1/4
		const two = { ...none, outstanding: 1, convertRate: 0.5, assigned: 1, assignRate: 0.5 };
		expect([...conversionQuantiles(two, 8)]).toEqual([0, 0, 1, 1, 1, 1, 2, 2]);
		expect([...conversionQuantiles({ ...none, conversions: 3, outstanding: 5, convertRate: 1 }, 2)]).toEqual([8, 8]); // prettier-ignore
		expect([...conversionQuantiles(none, 3)]).toEqual([0, 0, 0]);
		expect([...conversionQuantiles(coin, 0)]).toEqual([]);
	});

	it('have the chances they stand for, by counting every case', () => {
		const rate = fc.integer({ min: 0, max: 20 }).map((n) => n / 20);
		const count = fc.integer({ min: 0, max: 6 });
		fc.assert(
			fc.property(
				count,
				rate,
				count,
				rate,
				fc.integer({ min: 1, max: 40 }),
				(outstanding, convertRate, assigned, assignRate, parts) => {
					const chances = [...Array<number>(outstanding).fill(convertRate), ...Array<number>(assigned).fill(assignRate)]; // prettier-ignore
					let exact = [1];
					for (const p of chances) {
						const next = Array<number>(exact.length + 1).fill(0);
						exact.forEach((weight, k) => {
							next[k] += weight * (1 - p);
							next[k + 1] += weight * p;
						});
						exact = next;
					}
					const below = (k: number) =>
						exact.slice(0, Math.max(0, k)).reduce((sum, weight) => sum + weight, 0);
					const found = conversionQuantiles({ supply: 9, conversions: 4, outstanding, convertRate, assigned, assignRate }, parts); // prettier-ignore
					expect(found).toHaveLength(parts);
					found.forEach((quantile, i) => {
						const middle = (i + 0.5) / parts;
						expect(below(quantile - 4)).toBeLessThan(middle + 1e-9);
						expect(below(quantile - 4 + 1)).toBeGreaterThan(middle - 1e-9);
					});
				},
			),
			{ seed: 1, numRuns: 300 },
		);
	});
});

describe('largestSafeCount beside a tie', () => {
	// three of three come with the chance 1/8, and two places are left
	const limits = { supply: 3, conversions: 1, outstanding: 0, convertRate: 0, assignRate: 0.5 };

	it('takes the count whose chance is the risk, and not the one a trillionth above it', () => {
		expect(largestSafeCount({ ...limits, risk: 0.125 })).toBe(3);
		expect(largestSafeCount({ ...limits, risk: 0.124999999999 })).toBe(2);
		expect(largestSafeCount({ ...limits, risk: 0.125000000001 })).toBe(3);
	});

	it('counts outstanding tokens in it', () => {
		const outstanding = { ...limits, outstanding: 1, convertRate: 0.5 };
		expect(largestSafeCount({ ...outstanding, risk: 0.125 })).toBe(2);
		expect(largestSafeCount({ ...outstanding, risk: 0.124999999999 })).toBe(1);
	});

	it('answers none where the tokens alone pass the risk, and no limit where nothing is ever assigned', () => {
		const tokens = { supply: 2, conversions: 0, outstanding: 3, convertRate: 0.5, assignRate: 0.5 };
		expect(largestSafeCount({ ...tokens, risk: 0.125 })).toBe(0);
		expect(largestSafeCount({ ...tokens, risk: 0.124999999999 })).toBe(0);
		expect(largestSafeCount({ ...tokens, assignRate: 0, risk: 0.124 })).toBe(0);
		expect(largestSafeCount({ ...tokens, assignRate: 0, risk: 0.125 })).toBe(LARGEST_COUNT);
	});
});
