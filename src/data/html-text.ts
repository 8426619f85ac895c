/** Any text as the content of an element or a quoted attribute; controls and bidi marks are made visible. */
export function htmlText(value: string): string {
	return value
		.replace(/[<>&"']/g, (character) => `&#${character.codePointAt(0)};`)
		.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) =>
			character === '\n' || character === '\t' ? character : `[U+${character.codePointAt(0)?.toString(16)}]`,
		);
}
