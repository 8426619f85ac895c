import { describe, expect, it } from 'vitest';
import { recordWords } from '../../../src/ui/replay/record-words.ts';

const record = { held: 270, intervals: 300, above: 0.5, drops: 8, exports: 0 };

describe('the words for how past forecasts held', () => {
	it('believe forecasts of which eight in ten held, and count those that an export foretold', () => {
		expect(recordWords(record)).toBe('270 of 300 intervals of 90% held, over 8 Drops: forecasts can be believed.');
		expect(recordWords({ ...record, drops: 1, exports: 1 })).toContain('over 1 Drop, 1 of them foretold by an export');
	}); // prettier-ignore

	it('say which way forecasts are off', () => {
		const off = { ...record, held: 120 };
		expect(recordWords({ ...off, above: 0.7 })).toContain('forecasts are too low');
		expect(recordWords({ ...off, above: 0.2 })).toContain('forecasts are too high');
		expect(recordWords({ ...off, above: 0.5 })).toContain('intervals are too narrow');
	});

	it('say why there is nothing to score', () => {
		expect(recordWords({ ...record, held: 0, intervals: 0, drops: 0 })).toContain(
			'No forecast can be scored yet',
		);
	});
});
