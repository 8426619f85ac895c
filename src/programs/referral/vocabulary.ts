import { canonicalJson } from '../hash.ts';
import { readAmount, readEntries } from './rule-fields.ts';
import type { ModelType } from './rules.ts';

/** Other names that files of the ENS programs use, now or earlier (spec section 9.2). We write ours. */

const TYPE_NAMES = new Map<string, ModelType>([
	['pie-split', 'pie-split'],
	['rev-share-limit', 'rev-share-limit'],
	['rev-share-cap', 'rev-share-limit'],
]);

const ALIASES: ReadonlyMap<ModelType, ReadonlyMap<string, string>> = new Map([
	['pie-split', new Map([['totalAwardPoolValue', 'awardPool']])],
	[
		'rev-share-limit',
		new Map([
			['totalAwardPoolValue', 'awardPool'],
			['minBaseRevenueContribution', 'minQualifiedRevenueContribution'],
			['maxBaseRevenueShare', 'qualifiedRevenueShare'],
			['baseAnnualRevenueContribution', 'qualifiedRevenuePerYear'],
			['disqualifications', 'adminActions'],
		]),
	],
]);

/** What the discriminator says: a model we know, a type we do not, or nothing readable. */
export interface TypeName {
	/** the type as written; null when absent or not a string */
	readonly written: string | null;
	readonly model: ModelType | null;
	/** both names are there and mean different models */
	readonly isConflict: boolean;
}

/**
 * Reads the discriminator. `dataModelType` goes first; `awardModel`, ENS's present name, stands in where it is
 * absent. Words are compared exactly: `Pie-Split` is an unknown type.
 */
export function readTypeName(rules: ReadonlyMap<string, unknown>): TypeName {
	const hasOurs = rules.has('dataModelType');
	const value = rules.get(hasOurs ? 'dataModelType' : 'awardModel');
	if (typeof value !== 'string') return { written: null, model: null, isConflict: false };
	const model = TYPE_NAMES.get(value) ?? null;
	const other = rules.get('awardModel');
	const isConflict =
		model !== null &&
		hasOurs &&
		rules.has('awardModel') &&
		(typeof other !== 'string' || TYPE_NAMES.get(other) !== model);
	return { written: value, model, isConflict };
}

export interface Translation {
	/** rules under our names */
	readonly rules: ReadonlyMap<string, unknown>;
	/** our names of fields that came under both names with different values */
	readonly conflicts: readonly string[];
	/** names that were translated */
	readonly translated: readonly string[];
}

/** Rules of a known model with ENS's names turned into ours; entries of no meaning keep their names. */
export function translate(model: ModelType, rules: ReadonlyMap<string, unknown>): Translation {
	const aliases = ALIASES.get(model);
	const result = new Map<string, unknown>();
	const conflicts: string[] = [];
	const translated: string[] = [];
	for (const [key, value] of rules) {
		const ours = aliases?.get(key);
		if (ours === undefined) {
			if (key !== 'awardModel' && key !== 'dataModelType') result.set(key, value);
			continue;
		}
		translated.push(key);
		const meant = key === 'disqualifications' ? asActions(value) : value;
		if (!rules.has(ours)) result.set(ours, meant);
		else if (!sameValue(rules.get(ours), meant)) conflicts.push(ours);
	}
	if (rules.has('awardModel')) translated.push('awardModel');
	return { rules: result, conflicts, translated };
}

/** Earlier disqualifications have no action type; entries that are no objects are left for the reader to refuse. */
function asActions(value: unknown): unknown {
	if (!Array.isArray(value)) return value;
	return value.map((item: unknown) => {
		const entries = readEntries(item);
		if (!entries || entries.has('actionType')) return item;
		return Object.fromEntries([['actionType', 'Disqualification'], ...entries]);
	});
}

/** Do two values of a field say the same? Prices by amount, addresses whatever their letter case. */
function sameValue(a: unknown, b: unknown): boolean {
	return plainText(a) === plainText(b);
}

function plainText(value: unknown): string {
	const entries = readEntries(value);
	const amount = entries?.has('amount') ? readAmount(entries.get('amount')) : null;
	try {
		if (entries && amount !== null) {
			return canonicalJson(Object.fromEntries([...entries, ['amount', String(amount)]]));
		}
		return canonicalJson(value).replace(/"0x[0-9a-fA-F]{40}"/g, (text) => text.toLowerCase());
	} catch {
		// what canonical JSON refuses is compared by sight
		return String(JSON.stringify(value));
	}
}
