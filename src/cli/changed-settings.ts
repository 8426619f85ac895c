import type { Config } from '#programs/levers.ts';

/** A setting that differs; undefined where a configuration does not have it. */
export interface ChangedSetting {
	readonly path: string;
	readonly before: unknown;
	readonly after: unknown;
}

/** Settings in which two configurations differ, by path in code-unit order. A list is one value. */
export function changedSettings(before: Config, after: Config): ChangedSetting[] {
	const [was, is] = [leaves(before), leaves(after)];
	const paths = [...new Set([...was.keys(), ...is.keys()])].sort();
	return paths
		.map((path) => ({ path, before: was.get(path), after: is.get(path) }))
		.filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

function leaves(config: Config, prefix = '', found = new Map<string, unknown>()): Map<string, unknown> {
	for (const [key, value] of Object.entries(config)) {
		const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
		if (isGroup) leaves(value as Config, `${prefix}${key}.`, found);
		else found.set(prefix + key, value);
	}
	return found;
}
