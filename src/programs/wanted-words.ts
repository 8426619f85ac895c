import type { z } from 'zod';

const TYPES: Readonly<Record<string, string>> = {
	number: 'a number',
	int: 'a whole number',
	string: 'text',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
	record: 'an object',
};
/** What the schema library says of itself; a schema's own words are left as they are. */
const STOCK = /^(?:Too (?:big|small)|Invalid (?:input|option))/;

/** What a schema wants where it found something else, as people say it: `must be at most 1`. */
export function wantedInWords(issue: z.core.$ZodIssue): string {
	const own = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
	if (!STOCK.test(issue.message)) return own;
	switch (issue.code) {
		case 'too_big':
			return sized(issue.origin, issue.inclusive === false ? 'below' : 'at most', Number(issue.maximum));
		case 'too_small':
			return sized(issue.origin, issue.inclusive === false ? 'above' : 'at least', Number(issue.minimum));
		case 'invalid_type':
			return Object.hasOwn(TYPES, issue.expected) ? `must be ${TYPES[issue.expected]}` : own;
		case 'invalid_value':
			return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
		default:
			return own;
	}
}

function sized(origin: string, words: string, bound: number): string {
	if (origin === 'string') return `must have ${words} ${bound} ${bound === 1 ? 'character' : 'characters'}`;
	if (origin === 'array' || origin === 'set')
		return `must have ${words} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
	return `must be ${words} ${bound}`;
}
