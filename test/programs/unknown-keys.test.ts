import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lever } from '#programs/levers.ts';
import { unknownKeys } from '#programs/unknown-keys.ts';

const words = { title: 'Title', help: 'help', unit: 'ratio' as const };
const schema = z.looseObject({
	cutoff: z.looseObject({ bottomShare: lever(z.number().default(0.3), words) }),
	cities: z.record(z.string(), z.looseObject({ ratio: lever(z.number().optional(), words) })).default({}),
});

describe('unknownKeys', () => {
	it('knows levers, the envelope, and any id where the schema has a record', () => {
		const document = {
			program: 'drop',
			version: 1,
			cutoff: { bottomShare: 1 },
			cities: { 'new.york': { ratio: 1 } },
		};
		expect(unknownKeys(schema, document)).toEqual([]);
	});

	it('names what no lever has, once and at its top, in the document’s order', () => {
		const document = { zoo: { deep: { er: 1 } }, cutoff: { other: 1 }, cities: { y: { extra: [] } } };
		expect(unknownKeys(schema, document).map(({ path }) => path)).toEqual([
			'zoo',
			'cutoff.other',
			'cities.y.extra',
		]);
	});

	it('guesses the lever meant, up to two slips', () => {
		const nearest = (key: string) => unknownKeys(schema, { cutoff: { [key]: 1 } })[0].nearest;
		expect(nearest('bottomshare')).toBe('cutoff.bottomShare');
		expect(nearest('botomShar')).toBe('cutoff.bottomShare');
		expect(nearest('botmShar')).toBeNull();
		expect(nearest('x'.repeat(1000))).toBeNull();
	});
});
