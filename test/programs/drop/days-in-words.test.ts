import { expect, it } from 'vitest';
import { daysInWords } from '#programs/drop/days-in-words.ts';

it('a span of days reads as people say it', () => {
	expect([1, 0.96, 1.5, 12, 0, 0.04].map(daysInWords)).toEqual(['1 day', '1 day', '1.5 days', '12 days', '0 days', '0 days']); // prettier-ignore
});
