import type { ParseArgsConfig } from 'node:util';
import type { Effects } from './effects.ts';

/** How a command ended. */
export const EXIT = { done: 0, bug: 1, input: 2, failed: 3, cancelled: 130 } as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Options and further words of a command line, as `parseArgs` gives them. */
export interface Words {
	readonly values: Readonly<Record<string, OptionValue | undefined>>;
	readonly positionals: readonly string[];
}

export type OptionValue = string | boolean | readonly (string | boolean)[];

/** An option, with its words for the help. */
export interface OptionSpec {
	readonly name: string;
	readonly type: 'string' | 'boolean';
	readonly multiple?: boolean;
	/** what stands for its value: `FILE` */
	readonly value?: string;
	readonly help: string;
}

/** One command: `dropbench NAME …`. */
export interface Command {
	readonly name: string;
	/** what follows the name: `SCENARIO [options]` */
	readonly usage: string;
	/** one line, for the list of commands */
	readonly summary: string;
	/** further paragraphs of its help */
	readonly details: string;
	readonly options: readonly OptionSpec[];
	/** most words that may follow the name, options aside */
	readonly most: number;
	/** Throws `InputError` for what a person can mend; any other error is a bug. */
	run(words: Words, effects: Effects): Exit | Promise<Exit>;
}

/** The options of a command as `parseArgs` wants them. */
export function parseOptions(options: readonly OptionSpec[]): NonNullable<ParseArgsConfig['options']> {
	return Object.fromEntries(options.map(({ name, type, multiple = false }) => [name, { type, multiple }]));
}

/** The text of an option that takes one, or undefined. */
export function textOption(words: Words, name: string): string | undefined {
	const value = words.values[name];
	return typeof value === 'string' ? value : undefined;
}

/** The texts of an option that may be given again and again. */
export function textOptions(words: Words, name: string): readonly string[] {
	const value = words.values[name];
	return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Was a switch given? */
export function hasOption(words: Words, name: string): boolean {
	return words.values[name] === true;
}
