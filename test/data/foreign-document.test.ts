import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { importFolder, importScenario } from '#data/import-scenario.ts';
import type { SqlEngine } from '#data/sql-engine.ts';
import { UnansweredError } from '#programs/document-reader.ts';
import { InputError } from '#programs/input-error.ts';
import { documentReaders, programById } from '#programs/registry.ts';
import { startEngine } from './engine.ts';

let engine: SqlEngine;
beforeAll(async () => {
	engine = await startEngine();
});

const encode = (text: string) => new TextEncoder().encode(text);

function read(document: unknown, answers = {}) {
	const text = typeof document === 'string' ? document : JSON.stringify(document);
	return importScenario(encode(text), 'from-live.json', programById, engine, undefined, {
		readers: documentReaders,
		answers,
	});
}

const vectors = join(import.meta.dirname, '../programs/offer/vectors/01-free-tier.json');
const { scenario } = JSON.parse(readFileSync(vectors, 'utf8')) as {
	scenario: { start: string; end: string; events: Record<string, unknown>[] };
};

const original = {
	offers: [
		{ id: 1, status: 1, type: 1, created_at: '2019-06-01T00:00:00Z', expires_at: '2019-06-01T00:00:00Z', invitee_credit_in_cents: 1000, invitee_credit_duration_days: 14 },
		{ id: 2, status: 2, type: 2, created_at: '2019-06-02T00:00:00Z', expires_at: '2019-12-01T00:00:00Z', invitee_credit_in_cents: 5000, invitee_credit_duration_days: 30, award_credit_in_cents: 2000, award_credit_duration_days: 90, redeemable_cap: 3 },
	],
	user_credits: [
		{ user_id: 'ann', referred_by: null, created_at: '2019-06-03T00:00:00Z', expires_at: '2019-06-17T00:00:00Z', credits_used_in_cents: 103 },
	],
}; // prettier-ignore

const edition = (slug: string, more = '') =>
	`{"slug": "${slug}", "displayName": "A", "rules": {"dataModelType": "lottery", "startTime": 1700000000, "endTime": 1700600000, "subregistryId": {"chainId": 1, "address": "0x${'1'.repeat(40)}"}, "rulesUrl": "https://example.com/r", "areAwardsDistributed": false}${more}}`;

describe('a document of another format', () => {
	it('is a recorded timeline, as a list, under events, or as CSV, with the same result', () => {
		const list = read(scenario.events);
		const wrapped = read(scenario);
		const names = [...new Set(scenario.events.flatMap((event) => Object.keys(event)))];
		const lines = scenario.events.map((event) =>
			names.map((name) => (event[name] ?? '') as string | number).join(','),
		);
		const csv = importFolder(new Map([['event.csv', encode([names.join(','), ...lines].join('\n'))]]), programById, undefined, { readers: documentReaders, answers: {} }); // prettier-ignore
		expect(list.content.program).toBe('offer');
		expect(list.notices[0].message).toBe('from-live.json was read as a recorded timeline of events');
		expect(csv.content.tables).toEqual(list.content.tables);
		expect(wrapped.content.tables.get('event')).toEqual(list.content.tables.get('event'));
		const { outcomeHash } = programById('offer')!.open(csv.content).run({});
		expect(programById('offer')!.open(list.content).run({}).outcomeHash).toBe(outcomeHash);
	});

	it('is tables of the original service only with an answer to which numbering they have', () => {
		expect(() => read(original)).toThrow(UnansweredError);
		expect(() => read(original, { numbering: 'guess' })).toThrow(
			/missing answer: the numbering .* must be design .* or shipped/,
		);
		const { content, notices } = read(original, { numbering: 'shipped' });
		expect(content.tables.get('event')!.rowCount).toBeGreaterThan(3);
		expect(notices.map(({ code }) => code)).toContain('original-usage');
		// type 2 stands for nothing in the other numbering
		expect(() => read(original, { numbering: 'design' })).toThrow(/offers\[1\]\.type/);
	});

	it('is a set of editions, of which bad ones are set aside and all keep their text', () => {
		const text = `[${edition('spring', ', "odd": 1e400, "price": 0.10')}, {"slug": "NOT OK"}, ${edition('summer')}]`;
		const { content, notices } = read(text);
		expect(content.program).toBe('referral');
		const documents = content.tables.get('edition')!.columns.get('document') as readonly string[];
		expect(documents).toHaveLength(3);
		expect(documents[0]).toContain('"odd": 1e400, "price": 0.10');
		expect(notices.map(({ code }) => code)).toContain('import.no-events');
		const opened = programById('referral')!.open(content);
		expect(opened.notices.map(({ code }) => code)).toContain('edition.set-aside');
	});

	it('is refused by its place where a value is wrong, and where nobody knows the format', () => {
		const bad = scenario.events.map((event, e) => (e === 1 ? { ...event, at: 'yesterday' } : event));
		expect(() => read(bad)).toThrow(InputError);
		expect(() => read(bad)).toThrow(/events\[1\]\.at/);
		expect(() => read([{ some: 'thing' }])).toThrow(/must be|unknown|invalid/);
	});
});
