import { memberSpans } from './json-members.ts';
import { RULE_KEYS, type Edition, type KnownEdition, type Rules } from './rules.ts';

/**
 * Editions as the live system takes them (spec section 9). Editions of unknown type come out as they came in;
 * known ones in our words, their further fields behind ours.
 */
export function exportEdition(edition: Edition): unknown {
	if (edition.kind === 'unrecognized') return edition.original;
	return Object.fromEntries([
		['slug', edition.slug],
		['displayName', edition.displayName],
		['rules', exportRules(edition)],
		...edition.extra,
	]);
}

/** The text of an edition; the source text of an unrecognized one, to the last character. */
export function exportEditionText(edition: Edition): string {
	return (edition.kind === 'unrecognized' && edition.source) || JSON.stringify(exportEdition(edition));
}

/** The text of a set: a JSON list with an edition a line. */
export function exportSetText(editions: readonly Edition[]): string {
	return editions.length === 0 ? '[]' : `[\n${editions.map(exportEditionText).join(',\n')}\n]`;
}

/** The text of a set with imported results beside it: the form it came in, `{ editions, results }`. */
export function exportWithResultsText(editions: string, results: readonly string[]): string {
	return results.length === 0
		? editions
		: `{"editions": ${editions},\n"results": [\n${results.join(',\n')}\n]}`;
}

function exportRules({ rules, rulesExtra }: KnownEdition): unknown {
	const values = new Map<string, unknown>(Object.entries(rules));
	const written = (RULE_KEYS.get(rules.dataModelType) ?? [])
		.filter((key) => !isDefault(rules, key))
		.map((key): [string, unknown] => [key, plain(key, values.get(key))]);
	return Object.fromEntries([...written, ...rulesExtra]);
}

/** Levers of ours stay out of the file while they are off, so that other readers of it see nothing new. */
function isDefault(rules: Rules, key: string): boolean {
	switch (rules.dataModelType) {
		case 'pie-split':
			if (key === 'boostStrength') return rules.boostStrength === 1;
			return key === 'adminActions' && rules.adminActions.length === 0;
		case 'rev-share-limit':
			if (key === 'settlement') return rules.settlement === 'race';
			return key === 'maxAwardPerReferrer' && rules.maxAwardPerReferrer === null;
	}
}

function plain(key: string, value: unknown): unknown {
	if (typeof value === 'bigint') return { amount: String(value), currency: 'USDC' };
	if (key !== 'adminActions' || !Array.isArray(value)) return value;
	return (value as Rules['adminActions']).map(({ actionType, referrer, reason, extra }) =>
		Object.fromEntries([['actionType', actionType], ['referrer', referrer], ['reason', reason], ...extra]),
	);
}

/** A copy of an edition under another slug; all else stays, in an unrecognized one to the last character. */
export function duplicateEdition(edition: Edition, slug: string): Edition {
	if (edition.kind === 'known') return { ...edition, slug };
	const original = Object.fromEntries(
		Object.entries(edition.original as object).map(([key, value]): [string, unknown] => [
			key,
			key === 'slug' ? slug : value,
		]),
	);
	const span = edition.source === null ? undefined : memberSpans(edition.source).get('slug');
	const source =
		edition.source === null || !span
			? null
			: edition.source.slice(0, span.start) + JSON.stringify(slug) + edition.source.slice(span.end);
	return { ...edition, slug, original, source };
}
