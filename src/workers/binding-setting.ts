import { valueAt, withValue, type Config, type LeverSpec } from '#programs/levers.ts';

/** Most settings tried, two runs each. */
const MOST_TRIES = 40;

/**
 * The first other setting that keeps a change of the lever at `path` without effect, as a sentence: with that setting
 * at the value named, `matters` says yes. Values of one's own that hide a general one are tried first, then switches
 * and choices, then whole numbers one step up and one down; at most 40 in all. Null where none is found.
 */
export function bindingSetting(
	levers: readonly LeverSpec[],
	before: Config,
	after: Config,
	path: string,
	matters: (before: Config, after: Config) => boolean,
): string | null {
	const changed = levers.find((lever) => lever.path === path || isFor(lever.path, path));
	if (!changed) return null;
	for (const own of levers.filter(({ fallback }) => fallback === path)) {
		const [was, is] = [before, after].map((config) => withoutOwn(config, own.path));
		if (matters(was, is)) return `every ${singular(own.path)} that it could touch has its own ${own.title.toLowerCase()}`;
	}
	let tries = 0;
	for (const lever of levers) {
		if (lever.path.includes('*') || lever.path === path || lever.unit === 'seed') continue;
		const now = valueAt(after, lever.path);
		for (const other of otherValues(lever, now)) {
			if (++tries > MOST_TRIES) return null;
			const [was, is] = [before, after].map((config) => withValue(config, lever.path, other));
			if (matters(was, is)) return `${lever.title} is ${inWords(now)}; with ${inWords(other)} the same change would matter`;
		}
	}
	return null;
} // prettier-ignore

function otherValues(lever: LeverSpec, now: unknown): readonly unknown[] {
	if (lever.kind === 'switch') return [now !== true];
	if (lever.kind === 'choice') return lever.choices.filter((choice) => choice !== now);
	if (lever.kind !== 'integer' || typeof now !== 'number') return [];
	return [now + 1, now - 1].filter(
		(value) => value >= (lever.min ?? -Infinity) && value <= (lever.max ?? Infinity),
	);
}

function inWords(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return typeof value === 'string' ? `“${value}”` : String(value);
}

/** Does the lever `cities.*.ratio` stand for the path `cities.austin.ratio`? */
function isFor(pattern: string, path: string): boolean {
	const [wanted, parts] = [pattern.split('.'), path.split('.')];
	return wanted.length === parts.length && wanted.every((part, i) => part === '*' || part === parts[i]);
}

/** Takes a setting out of every entity that has one of its own. */
function withoutOwn(config: Config, path: string): Config {
	const [list, entity, ...rest] = path.split('.');
	if (entity !== '*') return config;
	const owners = Object.keys(valueAt(config, list) ?? {});
	return owners.reduce((next, id) => withValue(next, [list, id, ...rest].join('.'), undefined), config);
}

function singular(path: string): string {
	const [list] = path.split('.');
	return list.endsWith('ies') ? `${list.slice(0, -3)}y` : list.replace(/s$/, '');
}
