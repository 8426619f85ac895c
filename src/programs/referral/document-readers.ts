import type { DocumentReader } from '../document-reader.ts';
import { formatInstant } from '../instant.ts';
import type { Column, TableData } from '../tables.ts';
import { readEvents, type EventColumns } from './dataset.ts';
import { itemSpans, memberSpans } from './json-members.ts';
import { readEditions } from './read-editions.ts';
import { readResults } from './read-results.ts';
import { baseOf } from './rules.ts';

/**
 * Sets of editions as the live system holds them (spec section 9): a list, or `{ editions, events?, results? }`. Each
 * edition and result keeps its text. Bad ones are set aside with what is wrong, and the others are read.
 */
const editionSet: DocumentReader = {
	title: 'a set of editions',
	questions: [],
	accepts: (document) => looksLikeEditions(editionsIn(document)),
	read(document, text, name) {
		const list = editionsIn(document) ?? [];
		const sources = sourcesOf(text, list, 'editions');
		const set = readEditions(list, sources);
		const results = resultsIn(document) ?? [];
		const listed = isObject(document) ? document.events : undefined;
		const events = readEvents(Array.isArray(listed) ? listed : []);
		const lastEvent = events.time.reduce((last, time) => Math.max(last, time), -Infinity);
		const lastEnd = set.editions.reduce((last, edition) => Math.max(last, baseOf(edition).endTime), 0);
		const content = {
			program: 'referral',
			name,
			now: formatInstant((events.id.length > 0 ? lastEvent : lastEnd) * 1000),
			tables: new Map([
				['edition', documentTable(sources)],
				['result', documentTable(sourcesOf(text, results, 'results'))],
				['event', eventTable(events)],
			]),
		};
		if (events.id.length > 0) return { content, notices: [] };
		const message = 'the set holds no referral events: its editions can be read and edited, and pay nothing';
		return { content, notices: [{ code: 'import.no-events', message }] };
	},
};

/** Results that another program computed, without their editions: a list of them as `{ results }`, or a single one. */
const resultSet: DocumentReader = {
	title: 'referral results',
	questions: [],
	accepts: (document) => !looksLikeEditions(editionsIn(document)) && looksLikeResults(resultsIn(document)),
	read(document, text, name) {
		const list = resultsIn(document) ?? [];
		const isOne = list[0] === document;
		const sources = isOne && text !== null ? [text.trim()] : sourcesOf(text, list, 'results');
		const times = readResults(list, sources).results.map((result) => result.accurateAsOf ?? 0);
		const content = {
			program: 'referral',
			name,
			now: formatInstant(Math.max(0, ...times) * 1000),
			tables: new Map([
				['edition', documentTable([])],
				['result', documentTable(sources)],
				['event', eventTable(readEvents([]))],
			]),
		};
		const message = 'the file holds results and no editions: they are kept and shown, and nothing can be run';
		return { content, notices: [{ code: 'import.no-editions', message }] };
	},
};

/** Documents that are no scenarios and can be read as scenarios of referral editions. */
export const documentReaders: readonly DocumentReader[] = [editionSet, resultSet];

function editionsIn(document: unknown): readonly unknown[] | null {
	const list = isObject(document) ? document.editions : document;
	return Array.isArray(list) ? list : null;
}

/** One good edition is enough: the others may be anything. */
function looksLikeEditions(list: readonly unknown[] | null): boolean {
	return list?.some((item) => isObject(item) && 'slug' in item && isObject(item.rules)) ?? false;
}

/** The results of a document, or the document itself where it is one. */
function resultsIn(document: unknown): readonly unknown[] | null {
	if (!isObject(document)) return null;
	if (Array.isArray(document.results)) return document.results as readonly unknown[];
	return isResult(document) ? [document] : null;
}

function looksLikeResults(list: readonly unknown[] | null): boolean {
	return list?.some(isResult) ?? false;
}

/** A type, and a point in time or a page: what every result has. */
function isResult(item: unknown): boolean {
	return (
		isObject(item) &&
		typeof (item.dataModelType ?? item.awardModel) === 'string' &&
		('accurateAsOf' in item || 'pageContext' in item)
	);
}

/** The text of each document of a list, as it was written where there is a text. */
function sourcesOf(text: string | null, list: readonly unknown[], member: 'editions' | 'results'): string[] {
	if (text === null || list.length === 0) return list.map((item) => JSON.stringify(item));
	const whole = memberSpans(text).get(member);
	const own = whole === undefined ? text : text.slice(whole.start, whole.end);
	return itemSpans(own).map(({ start, end }) => own.slice(start, end));
}

function documentTable(documents: readonly string[]): TableData {
	return table(documents.length, { position: Float64Array.from(documents.keys()), document: documents });
}

function eventTable(events: EventColumns): TableData {
	const markets = events.market.map((market) => market?.split(':') ?? null);
	return table(events.id.length, {
		id: events.id,
		at: events.time.map((seconds) => seconds * 1000),
		referrer: events.referrer,
		duration_seconds: events.duration,
		revenue_wei: events.revenue.map(String),
		chain_id: Float64Array.from(markets, (market) => (market === null ? NaN : Number(market[0]))),
		registry: markets.map((market) => market?.[1] ?? null),
		extra: events.id.map(() => null),
	});
}

function table(rowCount: number, columns: Readonly<Record<string, Column>>): TableData {
	return { rowCount, columns: new Map(Object.entries(columns)) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
