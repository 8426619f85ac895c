const LONGEST = 80;

/** A name as a file name: letters, digits, `-` and `_`, at most 80 characters with its ending. */
export function fileName(name: string, ending: string): string {
	const plain = name
		.normalize('NFKD')
		.replace(/[^A-Za-z0-9_-]+/g, '-')
		.replace(/-{2,}/g, '-')
		.slice(0, LONGEST - ending.length - 1)
		.replace(/^-+|-+$/g, '');
	return `${plain === '' ? 'scenario' : plain}.${ending}`;
}
