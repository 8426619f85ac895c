import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapWords } from '#ui/charts/wrap-words.ts';

describe('wrapWords', () => {
	it('breaks at spaces, as late as the line allows', () => {
		expect(wrapWords('Sponsorship ratio by expected selections', 30)).toEqual([
			'Sponsorship ratio by expected',
			'selections',
		]);
		expect(wrapWords('Users served', 30)).toEqual(['Users served']);
		expect(wrapWords('', 30)).toEqual(['']);
	});

	it('breaks a word only where it is longer than a line', () => {
		expect(wrapWords('of Donaudampfschifffahrt now', 7)).toEqual([
			'of',
			'Donauda',
			'mpfschi',
			'fffahrt',
			'now',
		]);
		expect(wrapWords('wide', 0)).toEqual(['w', 'i', 'd', 'e']);
	});

	it('loses nothing, and leaves no line that the next word would have fitted on', () => {
		const texts = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(texts, fc.integer({ min: 1, max: 24 }), (words, most) => {
				const lines = wrapWords(words.join(' '), most);
				expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
				for (const [i, line] of lines.entries()) {
					expect(line.length).toBeLessThanOrEqual(most);
					const next = lines[i + 1]?.split(' ')[0];
					if (next !== undefined) expect(line.length + 1 + next.length).toBeGreaterThan(most);
				}
			}),
			{ seed: 4 },
		);
	});
});
