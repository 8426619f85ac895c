import { z } from 'zod';

/**
 * Levers as data: bounds, default and words of a setting are written once, in a program's zod schema, and
 * forms, flags, documents and export read them from there.
 */

/** A configuration: a JSON document whose levers are named by paths such as `cutoff.bottomShare`. */
export type Config = { readonly [key: string]: unknown };

export interface LeverWords {
	readonly title: string;
	/** one sentence: what it does, and which way */
	readonly help: string;
	readonly unit: LeverUnit;
	readonly step?: number;
	/** outside is allowed, with a warning */
	readonly usual?: readonly [number, number];
	/** heading it stands under; the default is the first part of its path */
	readonly section?: string;
	/** one of the few levers shown first; all others are advanced */
	readonly front?: boolean;
	/** path of the setting that stands in while this one is left out, as the general ratio does for a city */
	readonly fallback?: string;
	/** what people must know whenever they change it; stands on the lever, with the numbers of the run */
	readonly caution?: string;
	/** the same for single choices, by their word */
	readonly choiceCautions?: Readonly<Record<string, string>>;
	/** what forms call a choice, by its word; without one it is called by its word */
	readonly choiceLabels?: Readonly<Record<string, string>>;
	/** kind of subject whose ids it takes: forms offer them, each by its label */
	readonly subject?: string;
	/** what one entry of a list is called, and several: `offer`, `offers` */
	readonly item?: readonly [string, string];
	/** as a field of list entries: what a new entry begins with, where that is not the default */
	readonly fresh?: unknown;
}

export type LeverUnit =
	| 'ratio' | 'count' | 'cents' | 'micros' | 'microUsdc' | 'days' | 'weeks' | 'bps' | 'power' | 'weight' | 'seed' | 'choice' | 'switch' | 'seconds' | 'instant' | 'none'; // prettier-ignore

/** Gives a setting its words. The schema must have a default, save inside a per-entity record. */
export function lever<T extends z.ZodType>(schema: T, words: LeverWords): T {
	return schema.meta({ ...words });
}

/** One setting as forms and flags see it. */
export interface LeverSpec extends LeverWords {
	/** where it stands in the configuration; `*` stands for the id of an entity, as in `cities.*.bottomShare` */
	readonly path: string;
	readonly kind: 'number' | 'integer' | 'choice' | 'switch' | 'text' | 'list';
	readonly section: string;
	readonly front: boolean;
	readonly min: number | null;
	readonly max: number | null;
	/** whether the bounds themselves are left out */
	readonly isMinOpen: boolean;
	readonly isMaxOpen: boolean;
	readonly choices: readonly string[];
	readonly isNullable: boolean;
	/** undefined where a field of a list entry must be given */
	readonly default: unknown;
	/** fields of its entries, in the order of the schema, where it is a list of objects whose fields have words */
	readonly fields?: readonly LeverSpec[];
}

type JsonSchema = { readonly [key: string]: unknown };

/** All levers of a configuration schema, in the order written. */
export function listLevers(schema: z.ZodType): LeverSpec[] {
	const levers: LeverSpec[] = [];
	walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '', levers);
	return levers;
}

function walk(node: JsonSchema, path: string, levers: LeverSpec[]): void {
	if (typeof node.title === 'string') {
		levers.push(leverAt(node, path));
		return;
	}
	const join = (key: string) => (path === '' ? key : `${path}.${key}`);
	for (const [key, child] of Object.entries((node.properties ?? {}) as Record<string, JsonSchema>)) {
		walk(child, join(key), levers);
	}
	if (typeof node.additionalProperties === 'object' && node.additionalProperties !== null) {
		walk(node.additionalProperties as JsonSchema, join('*'), levers);
	}
}

function leverAt(node: JsonSchema, path: string): LeverSpec {
	// a nullable setting is a union of its type and null
	const options = (node.anyOf as JsonSchema[] | undefined) ?? [node];
	const main = options.find((option) => option.type !== 'null') ?? node;
	const words = node as unknown as LeverWords;
	const min = (main.minimum ?? main.exclusiveMinimum ?? null) as number | null;
	const max = (main.maximum ?? main.exclusiveMaximum ?? null) as number | null;
	return {
		path,
		title: words.title,
		help: words.help,
		unit: words.unit,
		...(words.step === undefined ? {} : { step: words.step }),
		...(words.usual === undefined ? {} : { usual: words.usual }),
		section: words.section ?? path.split('.')[0],
		front: words.front ?? false,
		...(words.fallback === undefined ? {} : { fallback: words.fallback }),
		...(words.caution === undefined ? {} : { caution: words.caution }),
		...(words.choiceCautions === undefined ? {} : { choiceCautions: words.choiceCautions }),
		...(words.choiceLabels === undefined ? {} : { choiceLabels: words.choiceLabels }),
		...(words.subject === undefined ? {} : { subject: words.subject }),
		...(words.item === undefined ? {} : { item: words.item }),
		...(words.fresh === undefined ? {} : { fresh: words.fresh }),
		...fieldsOf(main),
		kind: kindOf(main),
		min,
		max,
		isMinOpen: main.exclusiveMinimum !== undefined,
		isMaxOpen: main.exclusiveMaximum !== undefined,
		choices: (main.enum as string[] | undefined) ?? [],
		isNullable: options.some((option) => option.type === 'null'),
		default: node.default,
	};
}

function fieldsOf(node: JsonSchema): Pick<LeverSpec, 'fields'> {
	const entry = (node.type === 'array' ? node.items : undefined) as JsonSchema | undefined;
	const fields = Object.entries((entry?.properties ?? {}) as Record<string, JsonSchema>)
		.filter(([, field]) => typeof field.title === 'string')
		.map(([key, field]) => leverAt(field, key));
	return fields.length === 0 ? {} : { fields };
}

function kindOf(node: JsonSchema): LeverSpec['kind'] {
	if (node.enum !== undefined) return 'choice';
	if (node.type === 'boolean') return 'switch';
	if (node.type === 'integer') return 'integer';
	if (node.type === 'number') return 'number';
	if (node.type === 'array') return 'list';
	return 'text';
}

/**
 * The value at a path, or undefined. Path parts are separated by dots; an id inside a path that holds a dot
 * or a tilde is written with `~1` and `~0`, as `pathPart` does.
 */
export function valueAt(config: Config, path: string): unknown {
	let value: unknown = config;
	for (const part of path.split('.')) {
		const key = unescapePart(part);
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
		value = (value as Record<string, unknown>)[key];
	}
	return value;
}

/** A copy of `config` with `value` at `path`; undefined takes the setting out, and what is then empty. */
export function withValue(config: Config, path: string, value: unknown): Config {
	return replace(config, path.split('.').map(unescapePart), value) as Config;
}

function replace(node: unknown, parts: readonly string[], value: unknown): unknown {
	const [key, ...rest] = parts;
	// a map, so that `__proto__` is a key like any other
	const entries = new Map(Object.entries((node ?? {}) as Record<string, unknown>));
	const next = rest.length === 0 ? value : replace(entries.get(key), rest, value);
	const isEmpty = rest.length > 0 && value === undefined && Object.keys(next as object).length === 0;
	if (next === undefined || isEmpty) entries.delete(key);
	else entries.set(key, next);
	return Object.fromEntries(entries);
}

/** An id as one part of a lever path. */
export function pathPart(id: string): string {
	return id.replaceAll('~', '~0').replaceAll('.', '~1');
}

function unescapePart(part: string): string {
	return part.replaceAll('~1', '.').replaceAll('~0', '~');
}
