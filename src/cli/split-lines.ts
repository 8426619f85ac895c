import { StringDecoder } from 'node:string_decoder';

/**
 * Cuts a stream of bytes (UTF-8) or text into lines at LF, in batches of the lines that each chunk completes. A
 * CR before the LF goes too, and so does a byte order mark at the start; a last line needs no LF. Nothing else
 * ends a line: U+2028 may stand inside a JSON string. Linear, however long a line is.
 */
export async function* splitLines(
	chunks: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<readonly string[]> {
	const decoder = new StringDecoder('utf8');
	let pending: string[] = [];
	let isFirst = true;
	const finish = (line: string) => {
		const start = isFirst && line.startsWith('\ufeff') ? 1 : 0;
		isFirst = false;
		return line.slice(start, line.endsWith('\r') ? -1 : undefined);
	};

	for await (const chunk of chunks) {
		const text = typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk));
		const parts = text.split('\n');
		const rest = parts.pop()!;
		if (parts.length > 0) {
			// the pieces of a long line are joined once, when it ends
			pending.push(parts[0]);
			parts[0] = pending.join('');
			pending = [];
			yield parts.map(finish);
		}
		if (rest !== '') pending.push(rest);
	}
	const last = pending.join('') + decoder.end();
	if (last !== '') yield [finish(last)];
}
