import type { DocumentReader } from '../document-reader.ts';
import { formatInstant } from '../instant.ts';
import type { Column, TableData } from '../tables.ts';
import { readEvents, type EventColumns } from './dataset.ts';
import { itemSpans, memberSpans } from './json-members.ts';
import { readEditions } from './read-editions.ts';
import { baseOf } from './rules.ts';

/**
 * Sets of editions as the live system holds them (spec section 9): a list, or `{ editions, events? }`. Each edition
 * keeps its text. Bad ones are set aside with what is wrong, and the others are read.
 */
const editionSet: DocumentReader = {
	title: 'a set of editions',
	questions: [],
	accepts: (document) => looksLikeEditions(editionsIn(document)),
	read(document, text, name) {
		const list = editionsIn(document) ?? [];
		const sources = sourcesOf(text, list);
		const set = readEditions(list, sources);
		const listed = isObject(document) ? document.events : undefined;
		const events = readEvents(Array.isArray(listed) ? listed : []);
		const lastEvent = events.time.reduce((last, time) => Math.max(last, time), -Infinity);
		const lastEnd = set.editions.reduce((last, edition) => Math.max(last, baseOf(edition).endTime), 0);
		const content = {
			program: 'referral',
			name,
			now: formatInstant((events.id.length > 0 ? lastEvent : lastEnd) * 1000),
			tables: new Map([
				['edition', table(list.length, { position: Float64Array.from(list.keys()), document: sources })],
				['event', eventTable(events)],
			]),
		};
		if (events.id.length > 0) return { content, notices: [] };
		const message = 'the set holds no referral events: its editions can be read and edited, and pay nothing';
		return { content, notices: [{ code: 'import.no-events', message }] };
	},
};

/** Documents that are no scenarios and can be read as scenarios of referral editions. */
export const documentReaders: readonly DocumentReader[] = [editionSet];

function editionsIn(document: unknown): readonly unknown[] | null {
	const list = isObject(document) ? document.editions : document;
	return Array.isArray(list) ? list : null;
}

/** One good edition is enough: the others may be anything. */
function looksLikeEditions(list: readonly unknown[] | null): boolean {
	return list?.some((item) => isObject(item) && 'slug' in item && isObject(item.rules)) ?? false;
}

/** The text of each edition, as it was written where there is a text. */
function sourcesOf(text: string | null, list: readonly unknown[]): string[] {
	if (text === null) return list.map((item) => JSON.stringify(item));
	const whole = memberSpans(text).get('editions');
	const own = whole === undefined ? text : text.slice(whole.start, whole.end);
	return itemSpans(own).map(({ start, end }) => own.slice(start, end));
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
