import { luckWord } from '#engine/random.ts';

/** Draws whole numbers below a bound; the same seed gives the same draws. */
export type Draw = (below: number) => number;

export function makeDraw(seed: number): Draw {
	let count = 0;
	return (below) => luckWord(seed, 77, count++, 0) % below;
}

const BYTES = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x0a, 0x0d, 0x05, 0x02, 0x22, 0x2c, 0x27];

/** A copy of some bytes with one to four of them, or of their runs, changed. */
export function mutateBytes(bytes: Uint8Array, draw: Draw): Uint8Array<ArrayBuffer> {
	let mutant = bytes.slice();
	for (let times = 1 + draw(4); times > 0; times--) mutant = mutateOnce(mutant, draw);
	return mutant;
}

function mutateOnce(bytes: Uint8Array<ArrayBuffer>, draw: Draw): Uint8Array<ArrayBuffer> {
	const size = bytes.length;
	if (size === 0) return Uint8Array.of(draw(256));
	const at = draw(size);
	const length = 1 + draw(Math.min(64, size));
	const from = draw(size);
	switch (draw(8)) {
		case 0:
			bytes[at] ^= 1 << draw(8);
			return bytes;
		case 1:
			bytes[at] = BYTES[draw(BYTES.length)];
			return bytes;
		case 2:
			bytes[at] = draw(256);
			return bytes;
		case 3:
			return bytes.fill(BYTES[draw(BYTES.length)], at, at + length);
		case 4:
			return bytes.copyWithin(at, from, from + length);
		case 5:
			return joined(bytes.subarray(0, at), bytes.subarray(at + length));
		case 6:
			return joined(bytes.subarray(0, at), bytes.subarray(from, from + length), bytes.subarray(at));
		default:
			return bytes.slice(0, at);
	}
}

/** Changes that keep the size and stay in the parts of a SQLite file that steer reading: headers, pointers, counts. */
export function mutatePages(bytes: Uint8Array, pageSize: number, draw: Draw): Uint8Array<ArrayBuffer> {
	const mutant = bytes.slice();
	const pages = Math.floor(bytes.length / pageSize);
	for (let times = 1 + draw(4); times > 0; times--) {
		const page = draw(pages);
		const start = page * pageSize;
		switch (draw(6)) {
			case 0: // the header of the file
				mutant[16 + draw(84)] = BYTES[draw(BYTES.length)];
				break;
			case 1: // the header of a page, or its cell pointers
				mutant[start + (page === 0 ? 100 : 0) + draw(24)] = draw(256);
				break;
			case 2: // a page in place of another
				mutant.copyWithin(start, draw(pages) * pageSize, (draw(pages) + 1) * pageSize);
				break;
			case 3: // an empty page
				mutant.fill(0, start + (page === 0 ? 100 : 0), start + pageSize);
				break;
			case 4: // a cell at the end of the page, where the first rows stand
				mutant[start + pageSize - 1 - draw(80)] = draw(256);
				break;
			default:
				mutant[start + draw(pageSize)] ^= 1 << draw(8);
		}
	}
	return mutant;
}

const SNIPPETS = [
	'"', ',', '\n', '\r', '\r\n', "'", '=', '{', '}', '[', ']', ':', 'null', '-', '1e999', '9007199254740993', '""', '\0',
	'\ufeff', '"__proto__":', '"id":', '=HYPERLINK("http://x","y")', '<script>', '\ud83d\ude00', '-0', '0x1', 'NaN', '\\u0000', '\\ud800', ' ',
]; // prettier-ignore

/** A copy of a text with one to four snippets put in, taken out, doubled or swapped. */
export function mutateText(text: string, draw: Draw): string {
	let mutant = text;
	for (let times = 1 + draw(4); times > 0; times--) {
		const at = draw(mutant.length + 1);
		const from = draw(mutant.length + 1);
		const length = draw(40);
		const snippet = draw(3) === 0 ? mutant.slice(from, from + length) : SNIPPETS[draw(SNIPPETS.length)];
		mutant = mutant.slice(0, at) + snippet + mutant.slice(at + (draw(2) === 0 ? 0 : draw(20)));
	}
	return mutant;
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
