import { z } from 'zod';
import {
	absoluteUrl, adminActions, boostStrength, flag, lenientFlag, optionalPrice, places, price, priceOr, settlement, share, subregistryId, timestamp,
} from './rule-fields.ts'; // prettier-ignore

/**
 * The rules of an edition as one tagged union (spec sections 3.2 to 3.4 and 12). zod has no default branch for a
 * discriminated union, and a schema for "any other type" would swallow faults of the known ones: so the union
 * holds the known types only, and `readEdition` asks for the type first, takes known ones through the union and
 * reads of all others the base fields, with `baseRulesSchema`, keeping the rest as it came.
 */

/** Fields of every model, read even when the model is unknown. */
export const baseRulesSchema = z.object({
	startTime: timestamp,
	endTime: timestamp,
	subregistryId,
	rulesUrl: absoluteUrl,
	areAwardsDistributed: flag,
});

const base = { ...baseRulesSchema.shape, areAwardsDistributed: lenientFlag };

const pieSplit = z.object({
	dataModelType: z.literal('pie-split'),
	...base,
	awardPool: price,
	maxQualifiedReferrers: places,
	boostStrength,
	adminActions,
});

/** Value of a year that stands in when an edition does not say: $5 (spec section 3.4). */
export const SEED_YEAR_MICROS = 5_000_000n;

const revShareLimit = z.object({
	dataModelType: z.literal('rev-share-limit'),
	...base,
	awardPool: price,
	minQualifiedRevenueContribution: price,
	qualifiedRevenueShare: share,
	qualifiedRevenuePerYear: priceOr(SEED_YEAR_MICROS),
	settlement,
	maxAwardPerReferrer: optionalPrice,
	adminActions,
});

/** Rules of a known type. Its keys must all be there, undefined for a missing field. */
export const rulesSchema = z.discriminatedUnion('dataModelType', [pieSplit, revShareLimit]);

export type BaseRules = z.output<typeof baseRulesSchema>;
export type PieSplitRules = z.output<typeof pieSplit>;
export type RevShareRules = z.output<typeof revShareLimit>;
export type Rules = z.output<typeof rulesSchema>;
export type ModelType = Rules['dataModelType'];

/** The keys of each known model's rules, in the order in which they are written. */
export const RULE_KEYS: ReadonlyMap<ModelType, readonly string[]> = new Map([
	['pie-split', Object.keys(pieSplit.shape)],
	['rev-share-limit', Object.keys(revShareLimit.shape)],
]);

/** Entries of an edition that mean nothing here, in their order; written back on export. */
export type Extra = readonly (readonly [string, unknown])[];

interface Named {
	readonly slug: string;
	readonly displayName: string;
}

export interface KnownEdition extends Named {
	readonly kind: 'known';
	readonly rules: Rules;
	readonly extra: Extra;
	readonly rulesExtra: Extra;
}

/** An edition of a type that this engine does not know: kept whole, shown, not run (spec section 9.1). */
export interface UnrecognizedEdition extends Named {
	readonly kind: 'unrecognized';
	readonly originalDataModelType: string;
	readonly base: BaseRules;
	/** the edition as it came, for export */
	readonly original: unknown;
	/** its source text, where it came as text: numbers that a double cannot hold survive in it alone */
	readonly source: string | null;
}

export type Edition = KnownEdition | UnrecognizedEdition;

/** The base fields of an edition of any type. */
export function baseOf(edition: Edition): BaseRules {
	return edition.kind === 'known' ? edition.rules : edition.base;
}
