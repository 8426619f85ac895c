import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	checkSlackMessage,
	dropCompleted,
	recommenderRetrained,
} from '../../../../src/programs/drop/operations/slack-messages.ts';
import type { Check, Report } from '../../../../src/programs/report.ts';

const metric = (id: string, value: number | null) =>
	({ id, title: id, unit: 'count', better: null, help: '', value }) as const;

function report(checks: readonly Check[] = []): Report {
	return {
		program: 'drop',
		config: {},
		seed: 7,
		outcomeHash: 'f'.repeat(64),
		metrics: [metric('assignments.all', 13429), metric('users.withoutShare', 0.1234), metric('ratio.assignments', 0.715), metric('users.served', 5000)], // prettier-ignore
		groups: [],
		tables: [],
		series: [],
		participants: null,
		checks,
		notices: [],
	};
}

describe('Slack messages', () => {
	it('tell assignments created, users without one and the sponsorship ratio', () => {
		const message = dropCompleted(report(), 'Three cities', '2026-03-17T15:00:00Z');
		expect(message.text).toBe('Drop completed: Three cities. 13,429 assignments, 12.3% of users without one, sponsorship ratio 71.5%'); // prettier-ignore
		expect(JSON.stringify(message.blocks)).toContain('*Assignments created*\\n13,429');
		expect(checkSlackMessage(message)).toEqual([]);
	});

	it('name every check that is not fine', () => {
		const checks: Check[] = [{ id: 'zero', title: 'Zero assignments', state: 'over', proof: 'Dallas gets no assignment', isGuardrail: false }]; // prettier-ignore
		expect(JSON.stringify(dropCompleted(report(checks), 's', 't'))).toContain(
			'*Zero assignments* Dallas gets no',
		);
	});

	it('stay within every limit in the longest realistic case, and whatever the data holds', () => {
		const long = 'Ünïcode 🍜 & <@everyone> '.repeat(300);
		const checks = Array.from({ length: 40 }, (_, i): Check => ({ id: `${i}`, title: long, state: 'over', proof: long, isGuardrail: true })); // prettier-ignore
		const longest = dropCompleted(report(checks), long, long);
		expect(checkSlackMessage(longest)).toEqual([]);
		expect(JSON.stringify(longest.blocks.slice(1))).not.toContain('<@');
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 4000 }), (name) => {
				const message = recommenderRetrained({ runId: name, model: name, trainedAt: name, userCount: 1, brandCount: 2 }); // prettier-ignore
				expect(checkSlackMessage(message)).toEqual([]);
				expect(message.text.isWellFormed()).toBe(name.isWellFormed() || message.text.isWellFormed());
			}),
			{ seed: 1, numRuns: 200 },
		);
	});

	it('are refused by the check where any limit is passed', () => {
		const { text, blocks } = dropCompleted(report(), 's', 't');
		const section = (length: number) =>
			({ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(length) } }) as const;
		const header = { type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } } as const;
		const field = { type: 'mrkdwn', text: 'x' } as const;
		expect(checkSlackMessage({ text, blocks: [header] })).toHaveLength(1);
		expect(checkSlackMessage({ text, blocks: [section(3000)] })).toEqual([]);
		expect(checkSlackMessage({ text, blocks: [section(3001)] })).toHaveLength(1);
		expect(checkSlackMessage({ text, blocks: [{ type: 'section', fields: new Array<typeof field>(11).fill(field) }] })).toHaveLength(1); // prettier-ignore
		expect(checkSlackMessage({ text, blocks: [{ type: 'section', fields: [{ ...field, text: 'x'.repeat(2001) }] }] })).toHaveLength(1); // prettier-ignore
		expect(
			checkSlackMessage({ text, blocks: new Array<(typeof blocks)[number]>(51).fill(blocks[0]) }),
		).toHaveLength(1);
	});
});
