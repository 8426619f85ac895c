import type { Notice } from '#programs/report.ts';
import { shown } from './problems.ts';

const MOST_NAMES = 20;

/** A notice that names parts of a file that the program does not have, and that were left out of a scenario. */
export function unknownParts(
	at: string,
	what: 'column' | 'table' | 'field' | 'file',
	names: readonly string[],
): Notice {
	const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
	const list = names.slice(0, MOST_NAMES).map(shown).join(', ') + more;
	const isOne = names.length === 1;
	const message = `${at}: unknown ${what}${isOne ? '' : 's'} ${list} ${isOne ? 'was' : 'were'} left out; ${isOne ? 'it changes' : 'they change'} nothing`;
	return { code: `import.unknown-${what}`, message, names: names.map((name) => `${at}: ${name}`) };
}
