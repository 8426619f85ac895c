/** A list setting as editable text: JSON with one entry per line; an empty list is `[]`. */
export function writeList(value: unknown): string {
	const entries = Array.isArray(value) ? value : [];
	if (entries.every((entry) => typeof entry !== 'object')) return JSON.stringify(entries);
	return `[\n${entries.map((entry) => ` ${JSON.stringify(entry)}`).join(',\n')}\n]`;
}

/** Reads such a text, or says in words what is wrong with it; nothing typed is an empty list. */
export function readList(text: string): { readonly value: readonly unknown[] } | { readonly wrong: string } {
	if (text.trim() === '') return { value: [] };
	try {
		const value: unknown = JSON.parse(text);
		if (Array.isArray(value)) return { value };
		return { wrong: 'Not kept: a list begins with [ and ends with ], with commas between its entries.' };
	} catch (error) {
		const where = error instanceof Error ? error.message : String(error);
		return { wrong: `Not kept: this is not valid JSON (${where}).` };
	}
}
