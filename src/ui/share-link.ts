import { parseJson } from '#data/parse-json.ts';
import { valueAt, withValue, type Config } from '#programs/levers.ts';
import { leafPaths } from './lever-list.ts';

/** What a link holds: no data, only which scenario, and the settings that differ from production. */
export interface SharedState {
	readonly lab: string;
	readonly scenario: string;
	readonly digest: string;
	/** paths with the value set; null under `taken` for one left out */
	readonly settings: { readonly [path: string]: unknown };
	/** settings that production has and the draft leaves out */
	readonly without: readonly string[];
}

/** Longer links are cut by mail and chat programs; a file is offered instead. */
export const LONGEST_LINK = 1500;

/** A draft's file is no longer: settings are few, anything longer is data. */
export const MOST_STATE_BYTES = 1_000_000;

const MARK = '#state=';

/** What to share of a draft. */
export function sharedState(
	lab: string,
	scenario: string,
	digest: string,
	production: Config,
	draft: Config,
): SharedState {
	// prettier-ignore
	const settings: Record<string, unknown> = {};
	for (const path of leafPaths(draft)) {
		const value = valueAt(draft, path);
		if (JSON.stringify(value) !== JSON.stringify(valueAt(production, path))) settings[path] = value;
	}
	const without = leafPaths(production).filter((path) => valueAt(draft, path) === undefined);
	return { lab, scenario, digest, settings, without };
}

/** The link's fragment; it stays in the browser, a server never sees it. */
export function toFragment(state: SharedState): string {
	const bytes = new TextEncoder().encode(JSON.stringify(state));
	const text = btoa(String.fromCharCode(...bytes));
	return MARK + text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Reads a fragment; null where there is none or it is no such link. */
export function fromFragment(fragment: string): SharedState | null {
	if (!fragment.startsWith(MARK) || fragment.length > 20_000) return null;
	try {
		const text = atob(fragment.slice(MARK.length).replaceAll('-', '+').replaceAll('_', '/'));
		return readState(JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (c) => c.charCodeAt(0)))));
	} catch {
		return null;
	}
}

/** A draft as a file: what a link holds, where there is no room for a link or in storage. */
export function toStateFile(state: SharedState): string {
	return JSON.stringify(state, null, '\t');
}

/** Reads a draft from the text of a file; null where it is something else. */
export function fromStateFile(text: string): SharedState | null {
	try {
		return readState(parseJson(text, 'draft'));
	} catch {
		return null;
	}
}

/** The draft a link means, on top of this production. */
export function applyShared(state: SharedState, production: Config): Config {
	let draft = production;
	for (const [path, value] of Object.entries(state.settings)) draft = withValue(draft, path, value);
	for (const path of state.without) draft = withValue(draft, path, undefined);
	return draft;
}

function readState(value: unknown): SharedState | null {
	if (typeof value !== 'object' || value === null) return null;
	const { lab, scenario, digest, settings, without } = value as Record<string, unknown>;
	const isText = [lab, scenario, digest].every((text) => typeof text === 'string');
	const isObject = typeof settings === 'object' && settings !== null && !Array.isArray(settings);
	if (!isText || !isObject || !Array.isArray(without) || !without.every((path) => typeof path === 'string')) return null; // prettier-ignore
	return { lab, scenario, digest, settings, without } as SharedState;
}
