import { InputError, type Issue } from '#programs/input-error.ts';

/** Problems after which reading stops: a file may have a hundred thousand. */
const ENOUGH = 1000;

// controls, direction marks and blanks that no one can see
const UNSEEN = /[\u007f-\u00a0\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g;

/** What is wrong with an input, collected in the order found. */
export interface Problems {
	readonly list: readonly Issue[];
	/** Adds one; throws all as an `InputError` when there are enough to stop reading. */
	add(at: string, message: string, code: string): void;
	/** Throws all as an `InputError`, if any. */
	throwIfAny(): void;
}

export function collectProblems(): Problems {
	const list: Issue[] = [];
	return {
		list,
		add(at, message, code) {
			list.push({ at, message, code });
			if (list.length >= ENOUGH) throw new InputError(list);
		},
		throwIfAny() {
			if (list.length > 0) throw new InputError(list);
		},
	};
}

/**
 * A value as found, for a message: text in quotes, at most 80 characters, with what cannot be seen escaped;
 * lists, objects and bytes by what they are.
 */
export function shown(value: unknown): string {
	if (typeof value === 'string') {
		const cut = value.length > 80 ? `${value.slice(0, 79)}…` : value;
		return JSON.stringify(cut).replace(UNSEEN, escapeCharacter);
	}
	if (value === undefined) return 'nothing';
	if (value === null) return 'null';
	if (Array.isArray(value)) return `a list of ${value.length}`;
	if (value instanceof Uint8Array) return `${value.length} bytes`;
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
		return String(value);
	return 'an object';
}

function escapeCharacter(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
