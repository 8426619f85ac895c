import { describe, expect, it } from 'vitest';
import { forecast } from '#programs/drop/stages/forecast.ts';
import { DEFAULT_CHOICE_WEIGHTS, logit } from '#programs/drop/stages/offer-utilities.ts';
import { affinityRows, handMarket, userRow } from '../hand-market.ts';
import { contractRow, runOf, type Row } from '../marketplace.ts';

function expectedOf(tables: Record<string, Row[]>): { selection: number[]; conversion: number[] } {
	const { run, outcome } = runOf(handMarket(tables), {
		cutoff: { bottomShare: 0 },
		supply: { estimate: 'fixed', selectionRate: 0.3, conversionRate: 0.5 },
	});
	const { selection, conversion } = forecast(run, outcome, DEFAULT_CHOICE_WEIGHTS);
	return { selection: [...selection], conversion: [...conversion] };
}

describe('forecast', () => {
	it('gives a single offer its selection rate, and half of that converts', () => {
		const { selection, conversion } = expectedOf({ affinity: affinityRows({ u1: { a: 0.4 } }) });
		expect(selection).toHaveLength(1);
		expect(selection[0]).toBeCloseTo(0.3, 14);
		expect(conversion[0]).toBeCloseTo(0.15, 14);
	});

	it('lets like offers share: odds of 3/7 each against 1 are 3/13 each', () => {
		const { selection } = expectedOf({
			contract: [contractRow('ka', 'a'), contractRow('kb', 'b')],
			affinity: affinityRows({ u1: { a: 0.4, b: 0.9 } }),
		});
		expect(selection).toHaveLength(2);
		for (const chance of selection) expect(chance).toBeCloseTo(3 / 13, 14);
	});

	it('raises who likes the brand more than the contract’s other users, by half the log odds', () => {
		// logit 0.8 = 2 ln 2 and logit 0.5 = 0, mean ln 2: utilities ln(3/7) ± ½ ln 2
		const { selection } = expectedOf({
			user: [userRow('u1'), userRow('u2')],
			affinity: affinityRows({ u1: { a: 0.8 }, u2: { a: 0.5 } }),
		});
		const [high, low] = [(3 / 7) * Math.SQRT2, 3 / 7 / Math.SQRT2];
		expect(selection[0]).toBeCloseTo(high / (1 + high), 13);
		expect(selection[1]).toBeCloseTo(low / (1 + low), 13);
	});

	it('raises the offer with the larger reward by half the difference to the user’s mean', () => {
		const { selection } = expectedOf({
			contract: [
				contractRow('ka', 'a', { reward_cents: 1000 }),
				contractRow('kb', 'b', { reward_cents: 500 }),
			],
			affinity: affinityRows({ u1: { a: 0.5, b: 0.5 } }),
		});
		// slots go by points, and the larger reward has more
		const lean = Math.exp((Math.tanh(1) - Math.tanh(0.5)) / 4);
		const [high, low] = [(3 / 7) * lean, 3 / 7 / lean];
		expect(selection[0]).toBeCloseTo(high / (1 + high + low), 13);
		expect(selection[1]).toBeCloseTo(low / (1 + high + low), 13);
	});

	it('clamps chances before their log odds', () => {
		expect(logit(0)).toBe(logit(0.001));
		expect(logit(1)).toBe(logit(0.999));
		expect(logit(0.5)).toBe(0);
	});
});
