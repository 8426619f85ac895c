/**
 * A value as JSON text with a line feed: typed arrays as lists, NaN and infinities as null, which is how reports
 * mark what is not defined.
 */
export function jsonText(value: unknown): string {
	return `${JSON.stringify(value, (_key, part: unknown) => (ArrayBuffer.isView(part) ? Array.from(part as Uint8Array) : part))}\n`;
}
