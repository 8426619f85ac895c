import { pathPart, valueAt, type Config, type LeverSpec } from '#programs/levers.ts';
import type { SubjectList } from '#programs/program.ts';
import type { SettingNow } from '#programs/report.ts';
import { formatSetting } from './format.ts';
import { entriesOf, listsInWords } from './list-entries.ts';

/** One setting that can be turned: a lever, or a lever for one entity, such as Dallas. */
export interface LeverAt {
	readonly spec: LeverSpec;
	readonly path: string;
	/** the entity it is for, null for a general lever */
	readonly entity: { readonly id: string; readonly label: string } | null;
	/** what the last run made of it */
	readonly now?: SettingNow;
	/** label of each choice, where the choices are ids of the scenario or codes */
	readonly choiceLabels?: readonly string[];
}

/** Hears which lever has the focus, and which the pointer: null once it has left. */
export type OnTouch = (by: 'focus' | 'pointer', lever: LeverAt | null) => void;

/** Two settings that differ, in words. */
export interface Difference {
	readonly path: string;
	readonly title: string;
	readonly before: string;
	readonly after: string;
}

/**
 * All levers in the order of the schema; one of a path with `*` comes once for every entity that the scenario
 * lists under that name (`cities.*` for the subjects of kind `city`), or that the last run spoke of. What the
 * scenario says for an empty setting is its default.
 */
export function leversAt(
	levers: readonly LeverSpec[],
	subjects: readonly SubjectList[],
	settings: Readonly<Record<string, SettingNow>> = {},
): LeverAt[] {
	const at = (spec: LeverSpec, path: string, entity: LeverAt['entity']): LeverAt => {
		const now = Object.hasOwn(settings, path) ? settings[path] : undefined;
		const list = subjects.find(({ kind }) => kind === spec.subject);
		return {
			spec: {
				...spec,
				...(list ? { kind: 'choice', choices: list.ids } : {}),
				...(now?.standsFor === undefined ? {} : { default: now.standsFor }),
			},
			path,
			entity,
			...(now ? { now } : {}),
			...(list ? { choiceLabels: list.labels } : labelsOf(spec)),
		};
	};
	return levers.flatMap((spec): LeverAt[] => {
		const [head, rest] = split(spec.path);
		if (rest === null) return [at(spec, spec.path, null)];
		const list = subjects.find(({ kind }) => pluralsOf(kind).includes(head));
		if (!list) {
			return Object.keys(settings)
				.filter((path) => path.startsWith(`${head}.`) && path.endsWith(rest))
				.map((path) => {
					const id = path.slice(head.length + 1, path.length - rest.length);
					return at(spec, path, { id, label: labelOf(id, subjects) });
				});
		}
		return list.ids.map((id, i) =>
			at(spec, `${head}.${pathPart(id)}${rest}`, { id, label: list.labels[i] ?? id }),
		);
	});
}

/** Labels of the choices of a setting: its words for them, else they themselves. */
export function labelsOf({ choices, choiceLabels }: LeverSpec): Pick<LeverAt, 'choiceLabels'> {
	if (choices.length === 0) return {};
	return { choiceLabels: choices.map((choice) => choiceLabels?.[choice] ?? choice.replaceAll('-', ' ')) };
}

/** The value as a configuration holds it: what the scenario says anyway is left out. */
export function storedValue({ now, spec, entity }: LeverAt, value: unknown): unknown {
	if (now?.standsFor === undefined || !Object.is(value, now.standsFor)) return value;
	return entity ? undefined : spec.isNullable ? null : value;
}

/** The value a lever has: its own, or that of the general setting that stands in for it. */
export function effectiveValue(config: Config, lever: LeverAt): unknown {
	const own = valueAt(config, lever.path);
	if (own === null && lever.now?.standsFor !== undefined) return lever.now.standsFor;
	if (own !== undefined) return own;
	return lever.spec.fallback === undefined ? lever.spec.default : valueAt(config, lever.spec.fallback);
}

/** What a lever is called by itself: `Dallas sponsorship ratio`. */
export function leverName(lever: LeverAt): string {
	if (!lever.entity) return lever.spec.title;
	return `${lever.entity.label} ${lever.spec.title.charAt(0).toLowerCase()}${lever.spec.title.slice(1)}`;
}

/**
 * Settings that differ, in the order of the levers, then unknown ones by path. A general setting that stands in
 * for left-out ones is listed once, as itself.
 */
export function differencesBetween(levers: readonly LeverAt[], before: Config, after: Config): Difference[] {
	const known = new Map(levers.map((lever) => [lever.path, lever]));
	const paths = new Set([...leafPaths(before), ...leafPaths(after)]);
	const differing = [...paths].filter((path) => !isEqual(valueAt(before, path), valueAt(after, path)));
	const place = (path: string) => [...known.keys()].indexOf(path) >>> 0;
	return differing
		.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
		.map((path) => {
			const lever = known.get(path);
			const unit = lever?.spec.unit ?? 'none';
			const title = lever ? leverName(lever) : path;
			if (lever?.spec.fields) {
				const [was, is] = [before, after].map((config) => entriesOf(effectiveValue(config, lever)));
				const [beforeText, afterText] = listsInWords(
					lever.spec.fields,
					lever.spec.item?.[0] ?? 'entry',
					was,
					is,
				);
				return { path, title, before: beforeText, after: afterText };
			}
			const text = (config: Config) => {
				const value = lever ? effectiveValue(config, lever) : valueAt(config, path);
				return lever?.choiceLabels?.[lever.spec.choices.indexOf(String(value))] ?? formatSetting(value, unit);
			};
			return { path, title, before: text(before), after: text(after) };
		});
}

/** Paths of all values that are no objects. */
export function leafPaths(config: Config, prefix = ''): string[] {
	return Object.entries(config).flatMap(([key, value]) => {
		const path = `${prefix}${pathPart(key)}`;
		const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isBranch ? leafPaths(value as Config, `${path}.`) : [path];
	});
}

function isEqual(a: unknown, b: unknown): boolean {
	return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}

function split(path: string): [string, string | null] {
	const at = path.indexOf('.*');
	return at < 0 ? [path, null] : [path.slice(0, at), path.slice(at + 2)];
}

function labelOf(id: string, subjects: readonly SubjectList[]): string {
	for (const { ids, labels } of subjects) {
		const at = ids.indexOf(id);
		if (at >= 0) return labels[at];
	}
	return id;
}

function pluralsOf(noun: string): string[] {
	return [noun, `${noun}s`, noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}es`];
}
