import type { DocumentReader } from '../document-reader.ts';
import { inputError } from '../input-error.ts';
import { contentOfEvents } from './content.ts';
import { timelineOfOriginal, type Numbering } from './original-schema.ts';
import { offerTables } from './tables.ts';
import { readInstant } from './time.ts';

type Row = Readonly<Record<string, unknown>>;

const ORIGINAL_NUMBERS = [
	'status',
	'type',
	'invitee_credit_in_cents',
	'invitee_credit_duration_days',
	'award_credit_in_cents',
	'award_credit_duration_days',
	'redeemable_cap',
	'credits_used_in_cents',
];

const eventNumbers = (offerTables.find(({ name }) => name === 'event')?.columns ?? [])
	.filter(({ kind }) => kind === 'integer')
	.map(({ name }) => name);

/** Recorded timelines: an array of events, or one under `events`, from JSON or a CSV file (spec section 15.6). */
const timeline: DocumentReader = {
	title: 'a recorded timeline of events',
	questions: [],
	accepts: (document) => eventsIn(document) !== null,
	read(document, _text, name) {
		const events = (eventsIn(document) ?? []).map((event) =>
			isRow(event) ? typed(event, eventNumbers) : event,
		);
		const frame = isRow(document) ? document : {};
		const [start, end] = [readInstant(frame.start), readInstant(frame.end)];
		const range = rangeOf(events, ['at'], name);
		return {
			content: contentOfEvents(events, { name, start: start ?? range.first, end: end ?? range.last }),
			notices: [],
		};
	},
};

/** The two tables of the original service (spec section 2), whose numbers mean one of two things. */
const original: DocumentReader = {
	title: 'tables of the original service',
	questions: [
		{
			id: 'numbering',
			title: 'the numbering of the tables',
			choices: [
				{
					value: 'design',
					title: 'status done 0, active 1, default 2; type free credit 0, referral 1',
				},
				{
					value: 'shipped',
					title: 'status done 0, default 1, active 2; type free credit 1, referral 2',
				},
			],
		},
	],
	accepts: (document) =>
		isRow(document) && Array.isArray(document.offers) && Array.isArray(document.user_credits),
	read(document, _text, name, answers) {
		const rowsOf = (table: string) => {
			const rows = isRow(document) ? document[table] : [];
			return (Array.isArray(rows) ? rows : []).map((row: unknown) =>
				typed(isRow(row) ? row : {}, ORIGINAL_NUMBERS),
			);
		};
		const [offers, userCredits] = [rowsOf('offers'), rowsOf('user_credits')];
		const { first, last } = rangeOf([...offers, ...userCredits], ['created_at', 'expires_at'], name);
		const numbering = answers.numbering as Numbering; // timelineOfOriginal refuses any other word
		const { events, notices } = timelineOfOriginal({ offers, userCredits }, numbering, last);
		return { content: contentOfEvents(events, { name, start: first, end: last }), notices };
	},
};

/** Documents that are no scenarios and can be read as scenarios of offers. */
export const documentReaders: readonly DocumentReader[] = [original, timeline];

/** The list of events in a document, null where it is none. */
function eventsIn(document: unknown): readonly unknown[] | null {
	const list = isRow(document) ? (document.events ?? document.event) : document;
	if (!Array.isArray(list)) return null;
	const [first] = list as unknown[];
	return isRow(first) && typeof first.kind === 'string' && 'at' in first ? list : null;
}

/** A row with its whole numbers read where they came as text, from CSV, and its empty cells left out. */
function typed(row: Row, numbers: readonly string[]): Row {
	const cells = Object.entries(row)
		.filter(([, cell]) => cell !== '' && cell !== null)
		.map(([name, cell]) => {
			const isWhole = typeof cell === 'string' && numbers.includes(name) && /^-?\d{1,15}$/.test(cell);
			return [name, isWhole ? Number(cell) : cell] as const;
		});
	return Object.fromEntries(cells);
}

/** First and last instant of rows; throws where there is none. */
function rangeOf(
	rows: readonly unknown[],
	columns: readonly string[],
	at: string,
): { first: number; last: number } {
	let [first, last] = [Infinity, -Infinity];
	for (const row of rows) {
		for (const column of columns) {
			const instant = isRow(row) ? readInstant(row[column]) : null;
			if (instant === null) continue;
			first = Math.min(first, instant);
			last = Math.max(last, instant);
		}
	}
	if (first <= last) return { first, last };
	throw inputError(
		at,
		`missing time: no row has one under ${columns.join(' or ')}; must be instants such as 2019-07-24T09:30:00Z`,
		'import.value',
	);
}

function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
