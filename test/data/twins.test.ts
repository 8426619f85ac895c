import { describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import { findToy, shopRow, toyDocument } from './toy-program.ts';

const noticesFor = (...names: string[]) =>
	contentFromDocument(toyDocument({ shop: names.map((id) => shopRow({ id })) }), findToy).notices.map(
		({ message }) => message,
	);

describe('findTwins', () => {
	it('tells of ids that look alike, and keeps them apart', () => {
		expect(noticesFor('café', 'cafe\u0301', 'x')).toEqual([
			'shop: ids that look alike are taken for different ones: "cafe\\u0301" and "caf\\u00e9"',
		]);
		expect(noticesFor('a', 'a ', 'b')).toEqual([
			'shop: ids that look alike are taken for different ones: "a" and "a "',
		]);
		expect(noticesFor('a', 'a\u200b')[0]).toContain('"a" and "a\\u200b"');
	});

	it('says nothing of ids that do not', () => {
		expect(noticesFor('a', 'A', 'é', 'è', 'a b')).toEqual([]);
	});
});
