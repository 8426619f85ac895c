import type { Notice } from '../report.ts';
import { itemSpans } from './json-members.ts';
import { readEdition, type EditionIssue, type ReadEdition } from './read-edition.ts';
import { baseOf, type Edition } from './rules.ts';

/** An edition that could not be read, with its raw content. */
export interface RejectedEdition {
	readonly index: number;
	readonly raw: unknown;
	readonly source: string | null;
	readonly issues: readonly EditionIssue[];
}

/** What a list of editions gave. */
export interface EditionSet {
	/** no issue at all */
	readonly accepted: boolean;
	/** the readable editions, in input order */
	readonly editions: readonly Edition[];
	/** where each of them stood in the list */
	readonly indexes: readonly number[];
	/** the set-aside ones */
	readonly rejected: readonly RejectedEdition[];
	/** every issue; paths start with the index in the list, those about the set as a whole are empty */
	readonly issues: readonly EditionIssue[];
	readonly notices: readonly Notice[];
}

/**
 * Reads a list of editions (spec section 9). Never throws: a bad edition is set aside and the others are read;
 * all issues are reported. A duplicate slug or an overlap is an issue of the set, and both editions stay
 * readable. Cost: O(n log n).
 */
export function readEditions(list: readonly unknown[], sources: readonly (string | null)[] = []): EditionSet {
	return gather(list.map((raw, i) => readEdition(raw, i, sources[i] ?? null)));
}

/** As `readEditions`, from the text of a JSON list; throws `SyntaxError` on what is not JSON. */
export function readEditionsText(text: string): EditionSet | null {
	const list: unknown = JSON.parse(text);
	if (!Array.isArray(list)) return null;
	return readEditions(
		list,
		itemSpans(text).map(({ start, end }) => text.slice(start, end)),
	);
}

function gather(entries: readonly ReadEdition[]): EditionSet {
	const kept = entries.filter((entry) => entry.edition !== null);
	const issues = [
		...entries.flatMap((entry) => entry.issues),
		...duplicateSlugs(entries),
		...overlaps(entries),
	];
	return {
		accepted: issues.length === 0,
		editions: kept.flatMap((entry) => entry.edition ?? []),
		indexes: kept.map((entry) => entry.index),
		rejected: entries
			.filter((entry) => entry.edition === null)
			.map(({ index, raw, source, issues }) => ({ index, raw, source, issues })),
		issues,
		notices: entries.flatMap((entry) => entry.notices),
	};
}

/** One slug, one edition: whatever their types, and also where one of them has other faults. */
function duplicateSlugs(entries: readonly ReadEdition[]): EditionIssue[] {
	const first = new Map<string, number>();
	const issues: EditionIssue[] = [];
	for (const { index, slug } of entries) {
		if (slug === null) continue;
		const earlier = first.get(slug);
		if (earlier === undefined) first.set(slug, index);
		else {
			const message = `duplicate slug: ${slug} names editions ${earlier} and ${index}; give one of them another`;
			issues.push({ code: 'edition.slug.duplicate', path: [], message, editions: [earlier, index] });
		}
	}
	return issues;
}

/** Windows of one market share no second; touching ends do. By start, each against the latest end so far. */
function overlaps(entries: readonly ReadEdition[]): EditionIssue[] {
	const byMarket = new Map<string, ReadEdition[]>();
	for (const entry of entries) {
		if (entry.window === null) continue;
		const others = byMarket.get(entry.window.market);
		if (others) others.push(entry);
		else byMarket.set(entry.window.market, [entry]);
	}
	const issues: EditionIssue[] = [];
	for (const group of byMarket.values()) {
		group.sort((a, b) => (a.window?.startTime ?? 0) - (b.window?.startTime ?? 0) || a.index - b.index);
		let last: ReadEdition | null = null;
		for (const entry of group) {
			if (last?.window && entry.window && entry.window.startTime <= last.window.endTime) {
				const message = `overlapping windows: editions ${last.index} and ${entry.index} of one market share ${entry.window.startTime}; end one before the other starts`;
				issues.push({ code: 'rules.window.overlap', path: [], message, editions: [last.index, entry.index] });
			}
			if (!last?.window || (entry.window && entry.window.endTime > last.window.endTime)) last = entry;
		}
	}
	return issues;
}

/** Editions for a list, newest start first; equal starts by slug (spec section 8). */
export function newestFirst(editions: readonly Edition[]): Edition[] {
	return [...editions].sort(
		(a, b) => baseOf(b).startTime - baseOf(a).startTime || (a.slug < b.slug ? -1 : 1),
	);
}
