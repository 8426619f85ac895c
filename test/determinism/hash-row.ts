import { withValue, type Config } from '#programs/levers.ts';

/** A row of hashes.json: what a scenario gives with its own configuration but for `changes`, levers by path. */
export interface HashRow {
	readonly scenario: string;
	readonly changes: Readonly<Record<string, string | number | boolean>>;
	readonly outcomeHash: string;
}

/** The configuration of a row. */
export function configOfRow(production: Config, row: HashRow): Config {
	return Object.entries(row.changes).reduce(
		(config, [path, value]) => withValue(config, path, value),
		production,
	);
}

/** The row as a title. */
export function titleOfRow(row: HashRow): string {
	return [row.scenario, ...Object.entries(row.changes).map(([path, value]) => `${path}=${value}`)].join(' ');
}
