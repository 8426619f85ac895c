import type { Approval } from '#programs/bundle/bundle-schema.ts';
import type { Config } from '#programs/levers.ts';
import type { StoredForecast } from '#programs/forecast-ledger.ts';
import type { SavedQuery } from '#programs/program.ts';
import type { Edit, ScenarioSource } from '#workers/protocol.ts';

/** What undo goes back to: which scenario is open, with which what-if changes and settings. */
export interface Snapshot {
	readonly scenario: string;
	readonly edits: readonly Edit[];
	readonly draft: Config;
}

/** A named step; `state` is what was before it (past) or after it (future). */
export interface Step {
	readonly name: string;
	readonly state: Snapshot;
}

/** Settings kept under a name, with the numbers they had when kept. */
export interface Variant {
	readonly id: string;
	readonly name: string;
	readonly config: Config;
	readonly scenario: string;
	readonly headline: readonly { readonly title: string; readonly text: string }[];
}

/** A round that is planned: a Drop of next week, say. */
export interface PlannedRound {
	readonly id: string;
	/** ISO 8601 UTC */
	readonly at: string;
	readonly config: Config;
}

/** How many of the intervals foretold held, and for which data and forecasts that was found. */
export interface LedgerRecord {
	readonly key: string;
	readonly held: number;
	readonly intervals: number;
	/** share of the outcomes above the forecast */
	readonly above: number;
	readonly drops: number;
	/** of those, foretold by an export */
	readonly exports: number;
}

/** The work in one lab. */
export interface LabWork {
	readonly current: Snapshot;
	readonly past: readonly Step[];
	readonly future: readonly Step[];
	readonly variants: readonly Variant[];
	/** planned rounds; absent in older work */
	readonly rounds?: readonly PlannedRound[];
	/** who agreed to what; absent in older work */
	readonly approvals?: readonly Approval[];
	/** production's configuration as handed in on Deploy, null for that of the scenario; absent in older work */
	readonly liveNow?: Config | null;
	/** unknown fields of an opened export, for the next one; absent in older work */
	readonly exportExtras?: Readonly<Record<string, unknown>>;
	/** what exports of this lab foretold, oldest first; absent in older work */
	readonly forecasts?: readonly StoredForecast[];
	/** how past forecasts scored when last asked; absent in older work */
	readonly ledgerRecord?: LedgerRecord | null;
	/** when a scenario was last downloaded, by its key, ISO 8601 UTC; absent in older work */
	readonly downloads?: Readonly<Record<string, string>>;
	/** saved queries; absent in older work */
	readonly queries?: readonly SavedQuery[];
}

/**
 * Of the work that this version reads and writes. It grows with every field that is added: an older version, still open in
 * a tab, would leave that field out, and therefore neither opens nor overwrites work of a higher format.
 */
export const WORK_FORMAT = 1;

/** Everything kept across reloads, saved whole. */
export interface Work {
	/** absent in the oldest work */
	readonly format?: number;
	/** grows by one with each save; a save over another revision is refused */
	readonly revision: number;
	readonly lab: string;
	readonly path: string;
	readonly labs: { readonly [program: string]: LabWork };
}

/** Why a save did not happen; `newer`: what is kept is that of a newer version, which this one must not write over. */
export type SaveFailure = 'conflict' | 'full' | 'unavailable' | 'newer';

/** Work as found in storage. */
export interface LoadedWork {
	readonly work: Work;
	/** what was saved last is damaged; this is the revision before it */
	readonly isPrevious: boolean;
}

/** Where work is kept. A port, so that tests can make any step fail. */
export interface WorkStore {
	/**
	 * The work saved last, or the revision before it where that is damaged; null where there is neither, `newer` where a
	 * newer version saved it.
	 */
	load(): Promise<LoadedWork | 'newer' | null>;
	/** Saves in one step, or not at all. */
	save(work: Work): Promise<SaveFailure | null>;
	loadSource(key: string): Promise<ScenarioSource | null>;
	saveSource(key: string, source: ScenarioSource): Promise<SaveFailure | null>;
	removeSource(key: string): Promise<SaveFailure | null>;
	listSources(): Promise<readonly string[]>;
}

const NO_ANSWER_MS = 10_000;

/** Keeps work in IndexedDB, each save one transaction; the revision before stays as `previous`. */
export function openWorkStore(name = 'dropbench'): WorkStore {
	let database: Promise<IDBDatabase> | null = null;
	// what could not be opened, or was closed by the browser, is opened anew for the next call
	const disconnect = () => (database = null);
	const connect = () => {
		database ??= openDatabase(name, disconnect);
		database.catch(disconnect);
		return database;
	};

	/** Runs `act` in one strict transaction; says why it failed, if it did. */
	async function write(
		store: string,
		act: (objects: IDBObjectStore) => void | Promise<void>,
	): Promise<SaveFailure | null> {
		// prettier-ignore
		try {
			const transaction = (await connect()).transaction(store, 'readwrite', { durability: 'strict' });
			const done = completion(transaction);
			await inTime(Promise.all([act(transaction.objectStore(store)), done]), transaction);
			return null;
		} catch (error) {
			if (error instanceof Conflict) return 'conflict';
			if (error instanceof Newer || isNewerDatabase(error)) return 'newer';
			return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'unavailable';
		}
	}

	async function read<T>(store: string, ask: (objects: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
		try {
			const transaction = (await connect()).transaction(store, 'readonly');
			return (await settled(ask(transaction.objectStore(store)))) ?? null;
		} catch {
			// storage is forbidden or broken: work goes on from memory
			return null;
		}
	}

	return {
		async load() {
			const isOpen = await connect().then(() => true, (error: unknown) => !isNewerDatabase(error)); // prettier-ignore
			if (!isOpen) return 'newer';
			const work = await read('work', (objects) => objects.get('current') as IDBRequest<unknown>);
			if (isNewer(work)) return 'newer';
			if (isWork(work)) return { work, isPrevious: false };
			const previous = await read('work', (objects) => objects.get('previous') as IDBRequest<unknown>);
			return isWork(previous) ? { work: previous, isPrevious: true } : null;
		},
		save: (work) =>
			write('work', async (objects) => {
				const kept = (await settled(objects.get('current'))) as unknown;
				if (isNewer(kept)) {
					objects.transaction.abort();
					throw new Newer();
				}
				// damaged work is no revision: what was opened in its place may take it
				if (isWork(kept) && kept.revision !== work.revision - 1) {
					objects.transaction.abort();
					throw new Conflict();
				}
				if (isWork(kept)) objects.put(kept, 'previous');
				objects.put(work, 'current');
			}),
		loadSource: (key) => read('sources', (objects) => objects.get(key) as IDBRequest<ScenarioSource>),
		saveSource: (key, source) => write('sources', (objects) => void objects.put(source, key)),
		removeSource: (key) => write('sources', (objects) => void objects.delete(key)),
		listSources: async () => ((await read('sources', (objects) => objects.getAllKeys())) ?? []).map(String),
	};
}

/** Was it saved by a version that keeps more than this one knows of? */
function isNewer(value: unknown): boolean {
	return isObject(value) && typeof value.format === 'number' && value.format > WORK_FORMAT;
}

function isNewerDatabase(error: unknown): boolean {
	return error instanceof DOMException && error.name === 'VersionError';
}

/** Is a value from storage work as far as opening it needs? Older work may lack what came later. */
function isWork(value: unknown): value is Work {
	if (!isObject(value) || !isObject(value.labs)) return false;
	const isHead = Number.isSafeInteger(value.revision) && typeof value.lab === 'string' && typeof value.path === 'string'; // prettier-ignore
	return isHead && Object.values(value.labs).every(isLabWork);
}

function isLabWork(value: unknown): boolean {
	if (!isObject(value)) return false;
	const lists = [value.past, value.future, value.variants];
	return (
		isSnapshot(value.current) && lists.every((list) => Array.isArray(list)) && steps(value).every(isStep)
	);
}

function steps({ past, future }: Readonly<Record<string, unknown>>): readonly unknown[] {
	return [...(past as readonly unknown[]), ...(future as readonly unknown[])];
}

function isStep(value: unknown): boolean {
	return isObject(value) && typeof value.name === 'string' && isSnapshot(value.state);
}

function isSnapshot(value: unknown): boolean {
	return (
		isObject(value) &&
		typeof value.scenario === 'string' &&
		Array.isArray(value.edits) &&
		isObject(value.draft)
	);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class Conflict extends Error {}
class Newer extends Error {}

function openDatabase(name: string, onClose: () => void): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, 1);
		const timer = setTimeout(() => reject(new Error('storage gave no answer')), NO_ANSWER_MS);
		request.onupgradeneeded = () => {
			request.result.createObjectStore('work');
			request.result.createObjectStore('sources');
		};
		request.onsuccess = () => {
			clearTimeout(timer);
			request.result.onclose = onClose;
			// a newer version waits for this connection to go; saves that are under way end first
			request.result.onversionchange = () => {
				request.result.close();
				onClose();
			};
			resolve(request.result);
		};
		request.onerror = () => {
			clearTimeout(timer);
			reject(request.error ?? new Error('storage could not be opened'));
		};
	});
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('storage could not be read'));
	});
}

/** Ends a transaction that gives no answer in ten seconds: what was saved before stays. */
async function inTime(work: Promise<unknown>, transaction: IDBTransaction): Promise<void> {
	const timer = setTimeout(() => transaction.abort(), NO_ANSWER_MS);
	try {
		await work;
	} finally {
		clearTimeout(timer);
	}
}

function completion(transaction: IDBTransaction): Promise<void> {
	const done = new Promise<void>((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error ?? new Error('storage refused the save'));
	});
	// an abort that the caller made is told by the caller's own error
	done.catch(() => undefined);
	return done;
}
