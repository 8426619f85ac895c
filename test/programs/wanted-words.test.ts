import { expect, it } from 'vitest';
import { z } from 'zod';
import { readDropConfig } from '#programs/drop/read-config.ts';
import { wantedInWords } from '#programs/wanted-words.ts';

function wordsOf(schema: z.ZodType, value: unknown): string {
	const { error } = schema.safeParse(value);
	if (!error) throw new Error('it was taken');
	return wantedInWords(error.issues[0]);
}

it('what a schema wants is said as people say it', () => {
	expect(wordsOf(z.number().max(1), 7)).toBe('must be at most 1');
	expect(wordsOf(z.number().lt(1), 1)).toBe('must be below 1');
	expect(wordsOf(z.number().gt(0), 0)).toBe('must be above 0');
	expect(wordsOf(z.int().min(1), 0)).toBe('must be at least 1');
	expect(wordsOf(z.int(), 1.5)).toBe('must be a whole number');
	expect(wordsOf(z.number(), 'many')).toBe('must be a number');
	expect(wordsOf(z.boolean(), 1)).toBe('must be true or false');
	expect(wordsOf(z.array(z.number()), {})).toBe('must be a list');
	expect(wordsOf(z.strictObject({}), [])).toBe('must be an object');
	expect(wordsOf(z.enum(['share', 'risk']), 'x')).toBe('must be one of share, risk');
	expect(wordsOf(z.literal('a'), 'x')).toBe('must be a');
	expect(wordsOf(z.string().min(1), '')).toBe('must have at least 1 character');
	expect(wordsOf(z.array(z.number()).max(2), [1, 2, 3])).toBe('must have at most 2 entries');
});

it('a schema’s own words stay', () => {
	expect(wordsOf(z.number().max(1, 'A share is at most 1'), 7)).toBe('a share is at most 1');
	expect(
		wordsOf(
			z.string().refine(() => false, 'Must name a city'),
			'x',
		),
	).toBe('must name a city');
	expect(wordsOf(z.strictObject({}), { odd: 1 })).toBe('unrecognized key: "odd"');
});

it('a configuration that is refused says where, what was found and what would do', () => {
	expect(() => readDropConfig({ sponsorship: { ratio: 7 } })).toThrow('config.sponsorship.ratio: invalid value: 7; must be at most 1'); // prettier-ignore
});
