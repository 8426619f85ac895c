import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lever, listLevers, type LeverSpec } from '#programs/levers.ts';
import { rangeInWords, readField, sliderRange, toFieldText } from '#ui/lever-input.ts';

const schema = z.strictObject({
	ratio: lever(z.number().gt(0).max(1).default(0.7), { title: 'Ratio', help: '', unit: 'ratio', step: 0.05 }),
	slots: lever(z.int().min(1).max(20).default(3), { title: 'Slots', help: '', unit: 'count', step: 1 }),
	price: lever(z.number().min(0).max(1_000_000).default(1000), { title: 'Price', help: '', unit: 'cents' }),
	take: lever(z.number().min(0).max(0.9).nullable().default(null), {
		title: 'Take',
		help: '',
		unit: 'ratio',
	}),
});
const [ratio, slots, price, take] = listLevers(schema) as [LeverSpec, LeverSpec, LeverSpec, LeverSpec];

describe('a lever’s text field', () => {
	it('takes 70, 70 % and 0.7 for the same ratio', () => {
		for (const text of ['70', '70%', '70 %', '0.7', '0,7'])
			expect(readField(text, ratio)).toEqual({ value: 0.7 });
	});

	it('takes money in dollars and keeps cents', () => {
		expect(readField('$12.5', price)).toEqual({ value: 1250 });
		expect(toFieldText(1250, price)).toBe('12.5');
	});

	it('gives back what it shows', () => {
		for (const value of [0.05, 0.29, 0.57, 0.7, 1]) {
			expect(readField(`${toFieldText(value, ratio)}%`, ratio)).toEqual({ value });
		}
	});

	it('says what is allowed when a value is out of range, a bound that is left out included', () => {
		expect(readField('0', ratio)).toEqual({ wrong: '0% is out of range; must be above 0% and at most 100%' });
		expect(readField('101', ratio)).toEqual({
			wrong: '101% is out of range; must be above 0% and at most 100%',
		});
		expect(rangeInWords(slots)).toBe('must be at least 1 and at most 20');
	});

	it('refuses words and parts of whole numbers', () => {
		expect(readField('many', slots)).toHaveProperty('wrong');
		expect(readField('2.5', slots)).toEqual({
			wrong: 'must be a whole number; must be at least 1 and at most 20',
		});
	});

	it('takes an empty field for none only where none is allowed', () => {
		expect(readField('', take)).toEqual({ value: null });
		expect(readField('', ratio)).toHaveProperty('wrong');
	});
});

describe('a lever’s slider', () => {
	it('leaves a bound out that is open, and reaches what is set', () => {
		expect(sliderRange(ratio, 0.7)).toEqual({ min: 0.05, max: 1, step: 0.05 });
		expect(sliderRange(slots, 3, 18).max).toBe(20);
		const users = { ...slots, step: 100, max: null };
		expect(sliderRange(users, 6000).min).toBe(100);
		expect(sliderRange(users, 50).min).toBe(1);
	});

	it('does not reach to a bound so far away that nothing could be dragged', () => {
		expect(sliderRange(price, 1000).max).toBe(2000);
	});
});
