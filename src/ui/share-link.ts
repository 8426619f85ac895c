import { parseJson } from '#data/parse-json.ts';
import type { Edit } from '#workers/protocol.ts';
import { valueAt, withValue, type Config } from '#programs/levers.ts';
import { leafPaths } from './lever-list.ts';

/** What a screen is narrowed to, by name: the tab that is open, the rows, the people listed. */
export type View = Readonly<Record<string, string>>;

/**
 * What a link holds: no data, only which scenario, the settings that differ from production, what-if changes, and
 * where to look. Links of older versions hold no more than the settings.
 */
export interface SharedState {
	readonly lab: string;
	readonly scenario: string;
	readonly digest: string;
	/** paths with the value set; null under `taken` for one left out */
	readonly settings: { readonly [path: string]: unknown };
	/** settings that production has and the draft leaves out */
	readonly without: readonly string[];
	/** what-if changes of the data; left out for none */
	readonly edits?: readonly Edit[];
	/** path of the screen; left out where it does not matter */
	readonly screen?: string;
	/** left out where nothing is narrowed */
	readonly view?: View;
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
	edits: readonly Edit[] = [],
): SharedState {
	// prettier-ignore
	const settings: Record<string, unknown> = {};
	for (const path of leafPaths(draft)) {
		const value = valueAt(draft, path);
		if (JSON.stringify(value) !== JSON.stringify(valueAt(production, path))) settings[path] = value;
	}
	const without = leafPaths(production).filter((path) => valueAt(draft, path) === undefined);
	return { lab, scenario, digest, settings, without, ...(edits.length === 0 ? {} : { edits }) };
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

/** The same with where to look: the screen, and of what it is narrowed to what concerns that screen. */
export function withPlace(state: SharedState, screen: string, view: View): SharedState {
	const own = Object.entries(view).filter(
		([name]) => !name.includes('.') || name.startsWith(`${screen.slice(1)}.`),
	);
	return { ...state, screen, ...(own.length === 0 ? {} : { view: Object.fromEntries(own) }) };
}

const MOST_VIEW_TEXT = 2000;

function readState(value: unknown): SharedState | null {
	if (typeof value !== 'object' || value === null) return null;
	const {
		lab,
		scenario,
		digest,
		settings,
		without,
		edits = [],
		screen = '',
		view = {},
	} = value as Record<string, unknown>;
	const isText = [lab, scenario, digest, screen].every((text) => typeof text === 'string');
	if (!isText || !isRecord(settings) || !isRecord(view) || !Array.isArray(without) || !Array.isArray(edits))
		return null;
	if (!without.every((path) => typeof path === 'string') || !edits.every(isEdit)) return null;
	// where to look is no reason to refuse a draft: what cannot be read of it is left out
	const shown = Object.entries(view).filter(
		([, text]) => typeof text === 'string' && text.length <= MOST_VIEW_TEXT,
	);
	return {
		lab,
		scenario,
		digest,
		settings,
		without,
		...(edits.length === 0 ? {} : { edits }),
		...(screen === '' ? {} : { screen }),
		...(shown.length === 0 ? {} : { view: Object.fromEntries(shown) }),
	} as SharedState;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCell(value: unknown): boolean {
	return value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

/** Is it a what-if change by its form? Whether its table and row are there is found out when it is opened. */
function isEdit(value: unknown): value is Edit {
	if (!isRecord(value)) return false;
	const { kind, table, key, column, row, now } = value;
	if (kind === 'now') return typeof now === 'string';
	if (typeof table !== 'string') return false;
	if (kind === 'add') return isRecord(row) && Object.values(row).every(isCell);
	const hasKey = Array.isArray(key) && key.every(isCell);
	if (kind === 'remove') return hasKey;
	return kind === 'cell' && hasKey && typeof column === 'string' && isCell(value.value);
}
