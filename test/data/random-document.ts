import fc from 'fast-check';
import { formatInstant } from '#programs/instant.ts';
import { toyDocument } from './toy-program.ts';

const oddTexts = [
	'__proto__',
	'constructor',
	'toString',
	'👩‍🚀 émoji',
	'\uE000 private',
	'"quoted"',
	"'",
	"''",
	"'=SUM(A1)",
	'=1+1',
	'-0',
	'+1',
	'@cmd',
	'\tTab',
	'\rcr',
	'lf\n',
	'cr\r',
	'crlf\r\n',
	' blank ',
	'a,b',
	'＝wide',
	'<script>alert(1)</script>',
	'null',
	'1e5',
	'\u202Eback',
	'\uFEFFbom',
];

const oddText = fc.oneof(
	fc.constantFrom(...oddTexts),
	fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0')),
);
const oddId = oddText.filter((text) => text.length > 0 && new TextEncoder().encode(text).length <= 128);
const time = fc.integer({ min: 0, max: 4_000_000_000_000 }).map(formatInstant);
const real = fc.oneof(
	fc.constantFrom(0, -0, 0.1, 1e-300, 5e-324, 1.7976931348623157e308),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Documents of the toy program that are in order, with odd ids, texts and numbers, rows in any order. */
export const randomDocument = fc
	.uniqueArray(oddId, { minLength: 1, maxLength: 8 })
	.chain((ids) =>
		fc.record({
			shop: fc.tuple(
				...ids.map((id) =>
					fc.record({
						id: fc.constant(id),
						name: oddText,
						note: fc.oneof(fc.constantFrom(null, '', "'", "''"), oddText),
						parent: fc.oneof(fc.constant(null), fc.constantFrom(...ids)),
						size: fc.constantFrom('small', 'large'),
						stock: fc.integer({ min: 0, max: 1000 }),
						balance: fc.oneof(fc.constant(null), fc.maxSafeInteger()),
						latitude: fc.double({ min: -90, max: 90, noNaN: true }),
						weight: fc.oneof(fc.constant(null), real),
						is_open: fc.boolean(),
						is_new: fc.boolean(),
						opens_at: time,
						closes_at: fc.constantFrom(null, '2200-01-01T00:00:00.5Z', '2200-01-01T02:00:00+02:00'),
						config: fc.oneof(fc.constant(null), fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())), fc.constantFrom('{ "a" : 1.0 }', '"text"', '[1, 2]')), // prettier-ignore
					}),
				),
			),
			visit: fc.uniqueArray(
				fc.record({ shop_id: fc.constantFrom(...ids), visited_at: time, amount: real }),
				{ selector: (row) => `${row.visited_at} ${row.shop_id}`, maxLength: 20 }, // prettier-ignore
			),
			taste: fc.tuple(...ids.map((id) => fc.record({ shop_id: fc.constant(id), numbers: fc.oneof(fc.constant(null), fc.array(fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(null, -0)), { minLength: 1, maxLength: 6 })) }))), // prettier-ignore
		}),
	)
	.map((tables) => toyDocument(tables));

/** The same document with the rows of each table in another order. */
export function reversed(document: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const tables = document.tables as Record<string, unknown[]>;
	return {
		...document,
		tables: Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.toReversed()])),
	};
}
