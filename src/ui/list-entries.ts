import type { Issue } from '#programs/input-error.ts';
import type { LeverSpec } from '#programs/levers.ts';
import { formatSetting } from './format.ts';

/** One entry of a list of objects, as the configuration holds it: what is left out has its default. */
export type Entry = Readonly<Record<string, unknown>>;

/** A list as its entries; one that is no object is an empty entry, which its missing fields tell of. */
export function entriesOf(value: unknown): readonly Entry[] {
	const isEntry = (each: unknown): each is Entry =>
		typeof each === 'object' && each !== null && !Array.isArray(each);
	return Array.isArray(value) ? value.map((each: unknown) => (isEntry(each) ? each : {})) : [];
}

/** The value of a field: the entry's own, else its default; undefined where one must be given. */
export function fieldValue(entry: Entry, { path, default: standard }: LeverSpec): unknown {
	return Object.hasOwn(entry, path) && entry[path] !== undefined ? entry[path] : standard;
}

/**
 * The entry with a field set. Every field is written out, in the order of the schema, unknown ones after them, as a
 * configuration holds them once it was read: the same content is the same bytes, however it was come by.
 */
export function withField(fields: readonly LeverSpec[], entry: Entry, path: string, value: unknown): Entry {
	const known = new Set(fields.map((field) => field.path));
	const own = fields.map((field): [string, unknown] => [
		field.path,
		field.path === path ? value : fieldValue(entry, field),
	]);
	const unknown = Object.entries(entry).filter(([key]) => !known.has(key));
	return Object.fromEntries([...own, ...unknown].filter(([, each]) => each !== undefined));
}

/** The field that entries are called by: the first text that must be given. */
export function nameField(fields: readonly LeverSpec[]): LeverSpec | undefined {
	return fields.find((field) => field.kind === 'text' && field.default === undefined);
}

/** What an entry is called: its name, else its place, `offer 3`. */
export function entryName(fields: readonly LeverSpec[], noun: string, entry: Entry, place: number): string {
	const field = nameField(fields);
	const name = field ? fieldValue(entry, field) : undefined;
	return typeof name === 'string' && name !== '' ? name : `${noun} ${place + 1}`;
}

/** A new entry for the end of a list, with a name of its own. */
export function freshEntry(fields: readonly LeverSpec[], noun: string, list: readonly Entry[]): Entry {
	const field = nameField(fields);
	const start = fields.reduce<Entry>((entry, each) => {
		const first = each.fresh ?? (each.default === undefined ? leastOf(each) : undefined);
		return first === undefined ? entry : withField(fields, entry, each.path, first);
	}, {});
	return field ? withField(fields, start, field.path, freeName(field, noun, list.length + 1, list)) : start;
}

/** A copy of an entry, with a name of its own: `A 2` of `A`. */
export function copyEntry(
	fields: readonly LeverSpec[],
	noun: string,
	list: readonly Entry[],
	place: number,
): Entry {
	const field = nameField(fields);
	if (!field) return list[place];
	const stem = entryName(fields, noun, list[place], place).replace(/ \d+$/, '');
	return withField(fields, list[place], field.path, freeName(field, stem, 2, list));
}

/** The list with the entry at `from` moved to `to`. */
export function moveEntry(list: readonly Entry[], from: number, to: number): Entry[] {
	const without = list.filter((_, place) => place !== from);
	return [...without.slice(0, to), list[from], ...without.slice(to)];
}

/** What an entry says besides its name: `Credit $10.00 · Award $5.00`; what is at its default says nothing. */
export function entrySummary(fields: readonly LeverSpec[], entry: Entry): string {
	return told(fields, entry, (field) => !Object.is(fieldValue(entry, field), field.default)).join(' · ');
}

/** Two lists as texts that name only what differs; of lists that differ in their order, all names. */
export function listsInWords(fields: readonly LeverSpec[], noun: string, before: readonly Entry[], after: readonly Entry[]): readonly [string, string] {
	const named = (list: readonly Entry[]) => new Map(list.map((entry, place) => [entryName(fields, noun, entry, place), entry])); // prettier-ignore
	const [was, is] = [named(before), named(after)];
	const texts: (readonly [string, string])[] = [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
		const [a, b] = [was.get(name), is.get(name)];
		if (!a || !b) return [[a ? name : `no ${name}`, b ? name : `no ${name}`]];
		const differs = (field: LeverSpec) => !Object.is(fieldValue(a, field), fieldValue(b, field));
		const [left, right] = [told(fields, a, differs), told(fields, b, differs)];
		return left.length === 0 ? [] : [[`${name}: ${left.join(', ')}`, `${name}: ${right.join(', ')}`]];
	});
	if (texts.length === 0) return [[...was.keys()].join(', ') || 'none', [...is.keys()].join(', ') || 'none'];
	return [texts.map(([text]) => text).join('; '), texts.map(([, text]) => text).join('; ')];
} // prettier-ignore

/** What is wrong with one entry: at which field, none where it is the entry as a whole. */
export interface EntryIssue {
	readonly field: string | null;
	readonly message: string;
}

/**
 * What is wrong with a list, by place of the entry, from issues that name their place as `config.plan.0.offer`; what
 * is wrong with the list itself stands at place -1.
 */
export function issuesByEntry(issues: readonly Issue[], path: string): Map<number, EntryIssue[]> {
	const found = new Map<number, EntryIssue[]>();
	for (const { at, message } of issues) {
		const within = at.slice(at.indexOf('.') + 1);
		if (within !== path && !within.startsWith(`${path}.`)) continue;
		const [place = '-1', field = null] = within === path ? [] : within.slice(path.length + 1).split('.');
		found.set(Number(place), [...(found.get(Number(place)) ?? []), { field, message }]);
	}
	return found;
}

/** `Credit $10.00` for each field that `isTold`, the name left out. */
function told(fields: readonly LeverSpec[], entry: Entry, isTold: (field: LeverSpec) => boolean): string[] {
	const name = nameField(fields);
	return fields
		.filter((field) => field !== name && isTold(field))
		.map((field) => `${field.title} ${fieldWords(field, fieldValue(entry, field))}`);
}

/** The value of a field in words: a choice by its label. */
export function fieldWords(field: LeverSpec, value: unknown): string {
	return field.choiceLabels?.[String(value)] ?? formatSetting(value, field.unit);
}

function leastOf({ kind, min, choices }: LeverSpec): unknown {
	if (kind === 'text') return undefined;
	if (kind === 'choice') return choices[0];
	return kind === 'switch' ? false : (min ?? 0);
}

/** `offer 3`, or with the next number that none in the list has. */
function freeName(field: LeverSpec, stem: string, from: number, list: readonly Entry[]): string {
	const taken = new Set(list.map((entry) => fieldValue(entry, field)));
	let n = from;
	while (taken.has(`${stem} ${n}`)) n++;
	return `${stem} ${n}`;
}
