/**
 * Source texts inside a JSON text, so that what is not understood can be written back as it was written: a
 * number such as 1e400 or 0.10 does not survive a way through a double. All take valid JSON.
 */

/** Where the source of a value stands in a text. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** The items of a JSON list, as places in its text; empty for what is no list. Linear. */
export function itemSpans(text: string): Span[] {
	return spansOf(text, 0x5b).map(({ start, end }) => ({ start, end }));
}

/** The members of a JSON object, by key, as places of their values; empty for what is no object. Linear. */
export function memberSpans(text: string): Map<string, Span> {
	return new Map(spansOf(text, 0x7b).map(({ key, start, end }) => [key, { start, end }]));
}

/** The values directly inside the list or object that starts the text with the bracket `open`. */
function spansOf(text: string, open: number): (Span & { key: string })[] {
	const spans: (Span & { key: string })[] = [];
	let i = skipBlanks(text, 0);
	if (text.charCodeAt(i) !== open) return spans;
	i = skipBlanks(text, i + 1);
	while (i < text.length && text[i] !== ']' && text[i] !== '}') {
		let key = '';
		if (open === 0x7b) {
			const end = valueEnd(text, i);
			key = JSON.parse(text.slice(i, end)) as string;
			i = skipBlanks(text, skipBlanks(text, end) + 1);
		}
		const end = valueEnd(text, i);
		spans.push({ key, start: i, end });
		i = skipBlanks(text, end);
		if (text[i] === ',') i = skipBlanks(text, i + 1);
	}
	return spans;
}

function skipBlanks(text: string, from: number): number {
	let i = from;
	while (i < text.length && ' \n\r\t'.includes(text[i])) i++;
	return i;
}

/** The index after the value that starts at `start`. */
function valueEnd(text: string, start: number): number {
	let depth = 0;
	for (let i = start; i < text.length; i++) {
		const unit = text[i];
		if (unit === '"') {
			i++;
			while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
			if (depth === 0) return i + 1;
		} else if (unit === '[' || unit === '{') depth++;
		else if (unit === ']' || unit === '}') {
			if (depth === 0) return i;
			depth--;
			if (depth === 0) return i + 1;
		} else if (depth === 0 && ', \n\r\t'.includes(unit)) return i;
	}
	return text.length;
}
