import { gainBit, LESS, loseBit, MORE, SWAP, type Plan } from '#programs/plan.ts';
import type { Participants } from '#programs/report.ts';
import { countOf, inTitle } from './format.ts';

/** Which people a number in a sentence stands for. */
export interface PeopleFilter {
	readonly title: string;
	/** index of the group, null for all */
	readonly group: number | null;
	/** bits of `Plan.effect`, any of which will do; 0 for everyone */
	readonly effect: number;
	/** states before and after, null for any */
	readonly before: number | null;
	readonly after: number | null;
	/** holds any of these items, null for no matter what */
	readonly items: readonly number[] | null;
}

/** A piece of a sentence: text, or a number that opens the list of those people. */
export interface Piece {
	readonly text: string;
	readonly filter?: PeopleFilter;
}

/** Everyone; narrow it by setting fields. */
export const EVERYONE: PeopleFilter = {
	title: 'Everyone',
	group: null,
	effect: 0,
	before: null,
	after: null,
	items: null,
};

/** The filter that a text holds, as `JSON.stringify` wrote it; null where it holds none. */
export function readFilter(text: string | undefined): PeopleFilter | null {
	if (text === undefined) return null;
	try {
		const { title, group, effect, before, after, items } = JSON.parse(text) as Record<string, unknown>;
		const isIndex = (value: unknown): value is number => Number.isSafeInteger(value);
		const isIndexOrNone = (value: unknown): value is number | null => value === null || isIndex(value);
		if (typeof title !== 'string' || !isIndex(effect)) return null;
		if (!isIndexOrNone(group) || !isIndexOrNone(before) || !isIndexOrNone(after)) return null;
		if (items !== null && !(Array.isArray(items) && items.every(isIndex))) return null;
		return { title, group, effect, before, after, items };
	} catch {
		return null;
	}
}

/**
 * The plan as sentences, a group each, most moved first and at most `most` of them:
 * "Dallas: 412 users gain a growth reward, nobody loses one. Other cities: no change."
 */
export function planLine(
	plan: Plan,
	people: Participants,
	groupNoun: readonly [string, string],
	most = 4,
): Piece[] {
	const moved = plan.groups
		.map((group, index) => ({ group, index, count: movedIn(group) }))
		.filter(({ count }) => count > 0)
		.sort((a, b) => b.count - a.count || a.index - b.index);
	if (moved.length === 0) return [{ text: `Nobody gains, loses or switches anything.` }];

	const pieces = moved.slice(0, most).flatMap(({ group, index }) => sentence(group, index, people));
	const rest = plan.groups.length - moved.length;
	const hidden = moved.length - Math.min(most, moved.length);
	if (hidden > 0) pieces.push({ text: `${countOf(hidden, groupNoun)} more with smaller changes. ` });
	if (rest > 0)
		pieces.push({
			text: `${rest === 1 ? `The other ${groupNoun[0]}` : `Other ${groupNoun[1]}`}: no change for anyone.`,
		});
	return pieces;
}

function movedIn(group: Plan['groups'][number]): number {
	const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
	return sum(group.gain) + sum(group.lose) + group.swap + group.more + group.less;
}

function sentence(group: Plan['groups'][number], index: number, people: Participants): Piece[] {
	const noun = people.itemNoun ?? ['item', 'items'];
	const clauses: Piece[][] = [];
	const clause = (count: number, verb: [string, string], effect: number, what: string) => {
		const words = `${verb[count === 1 ? 0 : 1]} ${what}`;
		const filter = {
			...EVERYONE,
			title: `${group.label}: ${people.noun[1]} who ${verb[1]} ${what}`,
			group: index,
			effect,
		};
		clauses.push([{ text: countOf(count, people.noun), filter }, { text: ` ${words}` }]);
	};
	people.itemKinds.forEach((kind, k) => {
		const [gain, lose] = [group.gain[k] ?? 0, group.lose[k] ?? 0];
		const what = itemWords(kind, noun);
		if (gain > 0) clause(gain, ['gains', 'gain'], gainBit(k), what);
		if (lose > 0) clause(lose, ['loses', 'lose'], loseBit(k), gain > 0 ? 'one' : what);
		else if (gain > 0) clauses.push([{ text: 'nobody loses one' }]);
		if (lose > 0 && gain === 0) clauses.push([{ text: 'nobody gains one' }]);
	});
	if (group.swap > 0) clause(group.swap, ['switches', 'switch'], SWAP, `to another ${noun[0]}`);
	if (group.less > 0) clause(group.less, ['gets', 'get'], LESS, `a smaller ${people.valueNoun ?? 'amount'}`);
	if (group.more > 0) clause(group.more, ['gets', 'get'], MORE, `a larger ${people.valueNoun ?? 'amount'}`);

	// a group told by words begins its sentence; a name of one word is left as it is
	const start = /^[a-z]+ /.test(group.label) ? inTitle(group.label) : group.label;
	const pieces: Piece[] = [{ text: `${start}: ` }];
	clauses.forEach((words, i) => pieces.push(...(i === 0 ? [] : [{ text: ', ' }]), ...words));
	return [...pieces, { text: '. ' }];
}

/** `a sponsored reward`; just `an award` where the kind is no more than the noun. */
export function itemWords(kind: string, noun: readonly [string, string]): string {
	return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind === noun[0] ? kind : `${kind} ${noun[0]}`}`;
}

/** Indexes of the people a filter means, in order. */
export function peopleOf(filter: PeopleFilter, people: Participants, plan: Plan | null): Uint32Array {
	const found: number[] = [];
	for (let i = 0; i < people.ids.length; i++) {
		if (filter.group !== null && people.group[i] !== filter.group) continue;
		if (filter.effect !== 0 && ((plan?.effect[i] ?? 0) & filter.effect) === 0) continue;
		if (filter.before !== null && plan?.stateBefore[i] !== filter.before) continue;
		if (filter.after !== null && people.state[i] !== filter.after) continue;
		const held = people.item.subarray(people.itemStart[i], people.itemStart[i + 1]);
		if (filter.items?.some((item) => held.includes(item)) === false) continue;
		found.push(i);
	}
	return Uint32Array.from(found);
}
