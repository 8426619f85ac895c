import { describe, expect, it } from 'vitest';
import type { RehearsalResult } from '../../../src/programs/operations.ts';
import { rehearsalColumns, rehearsalProof } from '../../../src/ui/deploy/rehearsal.ts';
import { slackPieces } from '../../../src/ui/deploy/slack-text.ts';

const passed: RehearsalResult = { alert: 'a', title: 'Drop missed', help: 'late', tripped: ['Drop missed'], quiet: [], isPassed: true }; // prettier-ignore

describe('rehearsalProof', () => {
	it('is a sentence when every alert passed, and nothing before or otherwise', () => {
		expect(rehearsalProof([passed, passed])).toMatch(/^2 alerts rehearsed: each rang alone/);
		for (const results of [null, [], [passed, { ...passed, isPassed: false }]])
			expect(rehearsalProof(results)).toBeNull();
	});

	it('stands beside what rang and what must not', () => {
		const loud = { ...passed, quiet: ['Drop missed'], isPassed: false };
		const silent = { ...passed, tripped: [], isPassed: false };
		const values = rehearsalColumns([passed, loud, silent]).map((column) => [...column.values]);
		expect(values.slice(2)).toEqual([
			['this one alone', 'this one alone', 'none'],
			['none', 'this one alone', 'none'],
			['yes', 'no', 'no'],
		]);
	});
});

describe('slackPieces', () => {
	it('reads bold and the three escapes as Slack does, and leaves all else as text', () => {
		expect(slackPieces('*Users*\n5 &amp; &lt;6&gt;')).toEqual([
			{ text: 'Users', isBold: true },
			{ text: '\n5 & <6>', isBold: false },
		]);
		expect(slackPieces('2 * 3 <b>')).toEqual([{ text: '2 * 3 <b>', isBold: false }]);
		expect(slackPieces('&amp;lt;')).toEqual([{ text: '&lt;', isBold: false }]);
	});
});
