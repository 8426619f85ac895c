import { valueAt, withValue, type Config } from '#programs/levers.ts';
import { differencesBetween, leafPaths, type LeverAt } from '../lever-list.ts';

/** A setting that production changed since the draft began, and that an export of the draft would change back. */
export interface Overwrite {
	readonly path: string;
	readonly title: string;
	/** in words: when the draft began, in production now, in the draft */
	readonly began: string;
	readonly now: string;
	readonly draft: string;
	/** both changed it, to different values; else only production did */
	readonly isConflict: boolean;
}

/**
 * Settings in which production moved from `base` to `now` and that `draft` would overwrite, in the order of the
 * levers. One that the draft changed to the very same value is none.
 */
export function overwrites(
	levers: readonly LeverAt[],
	base: Config,
	now: Config,
	draft: Config,
): Overwrite[] {
	const isSame = (a: Config, b: Config, path: string) =>
		JSON.stringify(valueAt(a, path)) === JSON.stringify(valueAt(b, path));
	const wording = new Map(
		differencesBetween(levers, now, draft).map((difference) => [difference.path, difference]),
	);
	return differencesBetween(levers, base, now).flatMap(({ path, title, before, after }): Overwrite[] => {
		if (isSame(now, draft, path)) return [];
		const own = wording.get(path)?.after ?? before;
		return [{ path, title, began: before, now: after, draft: own, isConflict: !isSame(base, draft, path) }];
	});
}

/** The draft's own changes since `base`, laid over `now`: production's changes stay, save where both changed one. */
export function rebased(base: Config, now: Config, draft: Config): Config {
	let config = now;
	for (const path of new Set([...leafPaths(base), ...leafPaths(draft)])) {
		const value = valueAt(draft, path);
		if (JSON.stringify(value) !== JSON.stringify(valueAt(base, path)))
			config = withValue(config, path, value);
	}
	return config;
}
