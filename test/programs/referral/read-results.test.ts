import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerCase } from '#programs/referral/answer-case.ts';
import { documentReaders } from '#programs/referral/document-readers.ts';
import { memberSpans } from '#programs/referral/json-members.ts';
import { referral } from '#programs/referral/program.ts';
import { exportResultText, readResultsText } from '#programs/referral/read-results.ts';
import type { OpenScenario } from '#programs/program.ts';
import type { Report } from '#programs/report.ts';

const EDITION = `{"slug":"march","displayName":"March","rules":{"dataModelType":"pie-split","startTime":1000,"endTime":2000,"subregistryId":{"chainId":1,"address":"0x${'1'.repeat(40)}"},"rulesUrl":"https://example.com","areAwardsDistributed":false,"awardPool":{"amount":"1","currency":"USDC"},"maxQualifiedReferrers":1}}`;

/** A page of a model that comes later, with numbers that no double holds and keys that are words elsewhere. */
const PAGE = `{ "dataModelType" : "tournament", "status":"Active", "accurateAsOf":1772323200,
 "pageContext":{"page":2,"recordsPerPage":25,"totalRecords":60,"totalPages":3,"hasNext":true},
 "referrers":[{"bracket":0.10,"prize":1e400,"seed":12345678901234567890}], "__proto__":{"a":1}, "10":[], "2":null }`;
const REFERRER = '{"awardModel":"rev-share-cap","type":"ranked","referrer":{"totalBaseRevenueContribution":"7"},"status":"Closed","accurateAsOf":1772323201}'; // prettier-ignore

function open(text: string, name = 'from-live'): { scenario: OpenScenario; codes: string[]; now: string } {
	const document: unknown = JSON.parse(text);
	const reader = documentReaders.find((one) => one.accepts(document));
	if (!reader) throw new Error('nobody reads it');
	const { content, notices } = reader.read(document, text, name, {});
	return { scenario: referral.open(content), codes: notices.map(({ code }) => code), now: content.now };
}

function rows(report: Report): Record<string, unknown>[] {
	const columns = report.tables.find((table) => table.id === 'results')?.columns ?? [];
	return Array.from({ length: columns[0]?.values.length ?? 0 }, (_, i) =>
		Object.fromEntries(columns.map(({ id, values }) => [id, values[i]])),
	);
}

describe('imported results', () => {
	const text = `{"editions":[${EDITION}], "results" : [ ${PAGE} , ${REFERRER}, 7, {"status":"Active"} ]}`;
	const { scenario } = open(text);

	it('of an unknown type are shown by what all results have, and labelled', () => {
		expect(rows(scenario.run({}))).toEqual([
			{ position: 0, type: 'tournament', state: 'unrecognized model', status: 'Active', accurateAsOf: 1_772_323_200_000, page: 2, totalPages: 3, totalRecords: 60, text: PAGE },
			{ position: 1, type: 'rev-share-cap', state: 'as imported', status: 'Closed', accurateAsOf: 1_772_323_201_000, page: NaN, totalPages: NaN, totalRecords: NaN, text: REFERRER },
		]); // prettier-ignore
	});

	it('that cannot be read are set aside one by one, with what is wrong', () => {
		expect(scenario.notices).toMatchObject([
			{ code: 'result.set-aside', message: expect.stringMatching(/^result 2 .*invalid result: 7/) as string },
			{ code: 'result.set-aside', message: expect.stringMatching(/^result 3 .*missing type/) as string },
		]);
	});

	it('are exported beside the set to the last character, and read back as the same', () => {
		const written = scenario.exportDocument?.({}) ?? '';
		expect(written).toContain(PAGE);
		expect(written).toContain(REFERRER);
		const again = open(written);
		expect(again.scenario.notices).toEqual([]);
		expect(rows(again.scenario.run({})).map((row) => row.text)).toEqual([PAGE, REFERRER]);
		expect(again.scenario.exportDocument?.({})).toBe(written);
	});

	it('leave a set that comes without them a plain list', () => {
		const { scenario: plain } = open(`[${EDITION}]`);
		expect(JSON.parse(plain.exportDocument?.({}) ?? '')).toHaveLength(1);
		expect(plain.run({}).tables.map(({ id }) => id)).not.toContain('results');
	});

	it('are read without any edition, as a list or a single one', () => {
		const list = open(`{"results":[${PAGE},${REFERRER}]}`);
		const one = open(`\n${PAGE}\n`);
		expect(list.codes).toEqual(['import.no-editions']);
		expect(list.now).toBe('2026-03-01T00:00:01Z');
		expect(rows(list.scenario.run({}))).toHaveLength(2);
		expect(rows(one.scenario.run({}))).toMatchObject([{ type: 'tournament', text: PAGE }]);
		expect(one.scenario.exportDocument?.({})).toContain(PAGE);
	});
});

describe('a case with results', () => {
	it('answers with what is common, and with the result as it came', () => {
		const page = { dataModelType: '__proto__', status: 'Active', accurateAsOf: 7, pageContext: { page: 1, totalRecords: 0 }, rank: {} }; // prettier-ignore
		expect(answerCase({ results: [page, { dataModelType: 'pie-split' }, null] })).toEqual({
			accepted: false,
			results: [
				{ index: 0, recognized: false, originalDataModelType: '__proto__', status: 'Active', accurateAsOf: 7, pageContext: { page: 1, recordsPerPage: null, totalRecords: 0, totalPages: null }, exported: page },
				{ index: 1, recognized: true, dataModelType: 'pie-split', status: null, accurateAsOf: null, pageContext: null, exported: { dataModelType: 'pie-split' } },
			],
			rejected: [{ index: 2, raw: null }],
			issues: [{ code: 'result.not-an-object', path: [2], message: expect.any(String) as string }],
			notices: [],
		}); // prettier-ignore
	});

	it('answers with the text that came where it is sent as text', () => {
		expect(answerCase({ resultsText: `[${PAGE}]` })).toMatchObject({ accepted: true, exportedTexts: [PAGE] });
		expect(() => answerCase({ resultsText: '{}' })).toThrow(/must be a JSON list/);
		expect(() => answerCase({ resultsText: '[' })).toThrow(/must be a JSON list/);
	});

	it('keeps a result whose common fields are not as they should be, and says which', () => {
		const odd = { dataModelType: 'x', status: 5, accurateAsOf: 'now', pageContext: [] };
		expect(answerCase({ results: [odd] })).toMatchObject({
			accepted: true,
			results: [{ status: null, accurateAsOf: null, pageContext: null, exported: odd }],
			notices: [{ code: 'result.common-unreadable' }, {}, {}],
		});
	});

	it('never throws, and writes every result that it keeps as it was written', () => {
		const field = fc.constantFrom('dataModelType', 'awardModel', 'status', 'accurateAsOf', 'pageContext', '__proto__', '1'); // prettier-ignore
		const value = fc.oneof(fc.jsonValue(), fc.constantFrom('pie-split', 'later'));
		const item = fc.oneof(fc.jsonValue(), fc.dictionary(field, value));
		let kept = 0;
		fc.assert(
			fc.property(fc.array(item, { maxLength: 8 }), (list) => {
				const text = JSON.stringify(list);
				const set = readResultsText(text);
				expect((set?.results.length ?? 0) + (set?.rejected.length ?? 0)).toBe(list.length);
				for (const [i, one] of (set?.results ?? []).entries()) {
					kept++;
					expect(exportResultText(one)).toBe(JSON.stringify((JSON.parse(text) as unknown[])[set?.indexes[i] ?? -1])); // prettier-ignore
				}
				const whole = `{"results":${text}}`;
				const span = memberSpans(whole).get('results');
				expect(whole.slice(span?.start, span?.end)).toBe(text);
			}),
			{ seed: 1, numRuns: 1000 },
		);
		expect(kept).toBeGreaterThan(500);
	});
});
