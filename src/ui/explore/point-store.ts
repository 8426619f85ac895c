import type { Config } from '#programs/levers.ts';
import type { PointResult } from '#programs/sweep/run-point.ts';
import type { SweepSetup } from './sweep-setup.ts';

/** The last sweep of a lab, so that it goes on after a reload. */
export interface KeptSweep {
	readonly setup: SweepSetup;
	/** the draft it started from */
	readonly base: Config;
	readonly scenario: string;
}

/** Where finished points are kept. A port, so that tests can make any step fail. */
export interface PointStore {
	/** The points that are there, by key. */
	load(keys: readonly string[]): Promise<Map<string, PointResult>>;
	/** false where storage is full or forbidden: work goes on from memory */
	save(key: string, result: PointResult): Promise<boolean>;
	/** Makes room: takes out all points whose key starts otherwise, if there are very many. */
	prune(prefix: string): Promise<void>;
	loadSweep(lab: string): Promise<KeptSweep | null>;
	saveSweep(lab: string, kept: KeptSweep): Promise<boolean>;
}

/** From here on, points of other data or another engine are taken out. */
const MOST_KEPT = 50_000;

/** Keeps points in an IndexedDB of their own, each as soon as it is finished. */
export function openPointStore(name = 'dropbench-points'): PointStore {
	let database: Promise<IDBDatabase> | null = null;
	const connect = () => (database ??= openDatabase(name, () => (database = null)));

	async function write(store: string, act: (objects: IDBObjectStore) => void): Promise<boolean> {
		try {
			const transaction = (await connect()).transaction(store, 'readwrite');
			const done = new Promise<void>((resolve, reject) => {
				transaction.oncomplete = () => resolve();
				transaction.onabort = () => reject(transaction.error ?? new Error('storage refused the save'));
			});
			act(transaction.objectStore(store));
			await done;
			return true;
		} catch {
			return false;
		}
	}

	return {
		async load(keys) {
			const found = new Map<string, PointResult>();
			try {
				const points = (await connect()).transaction('points').objectStore('points');
				await Promise.all(
					keys.map(async (key) => {
						const result = (await settled(points.get(key))) as PointResult | undefined;
						if (result) found.set(key, result);
					}),
				);
			} catch {
				// storage is forbidden or broken: every point is computed anew
			}
			return found;
		},
		save: (key, result) => write('points', (points) => points.put(result, key)),
		async prune(prefix) {
			try {
				const points = (await connect()).transaction('points').objectStore('points');
				if ((await settled(points.count())) <= MOST_KEPT) return;
			} catch {
				return;
			}
			await write('points', (points) => {
				points.delete(IDBKeyRange.upperBound(prefix, true));
				points.delete(IDBKeyRange.lowerBound(`${prefix}\uffff`));
			});
		},
		async loadSweep(lab) {
			try {
				const sweeps = (await connect()).transaction('sweeps').objectStore('sweeps');
				return ((await settled(sweeps.get(lab))) as KeptSweep | undefined) ?? null;
			} catch {
				return null;
			}
		},
		saveSweep: (lab, kept) => write('sweeps', (sweeps) => sweeps.put(kept, lab)),
	};
}

function openDatabase(name: string, onClose: () => void): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, 1);
		request.onupgradeneeded = () => {
			request.result.createObjectStore('points');
			request.result.createObjectStore('sweeps');
		};
		request.onsuccess = () => {
			// a newer version of the app waits for this connection to go
			request.result.onversionchange = () => {
				request.result.close();
				onClose();
			};
			resolve(request.result);
		};
		request.onerror = () => reject(request.error ?? new Error('storage could not be opened'));
	});
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('storage could not be read'));
	});
}
