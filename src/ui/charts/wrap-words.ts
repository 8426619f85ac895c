/**
 * A text broken at its spaces into lines of at most `most` characters, as few as that takes. A word that is longer
 * stands on a line of its own, whole; an empty text is one empty line.
 */
export function wrapWords(text: string, most: number): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= most)
			lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}
