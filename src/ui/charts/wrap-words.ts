/**
 * A text broken at its spaces into lines of at most `most`, as few as that takes, by `sizeOf` (characters, if nothing
 * else is said). A word that is longer than a line is broken within, as late as each line allows, by at least one
 * character; an empty text is one empty line.
 */
export function wrapWords(
	text: string,
	most: number,
	sizeOf: (text: string) => number = (each) => each.length,
): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && sizeOf(`${last} ${word}`) <= most) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(...breakWord(word, most, sizeOf));
	}
	return lines;
}

function breakWord(word: string, most: number, sizeOf: (text: string) => number): string[] {
	const parts = [''];
	for (const character of word) {
		const longer = `${parts[parts.length - 1]}${character}`;
		if (longer === character || sizeOf(longer) <= most) parts[parts.length - 1] = longer;
		else parts.push(character);
	}
	return parts;
}
