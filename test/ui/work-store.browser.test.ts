import { describe, expect, it } from 'vitest';
import { openWorkStore, WORK_FORMAT, type Work } from '#ui/work-store.ts';

let made = 0;
const freshName = () => `test-${Date.now()}-${made++}`;
const work = (revision: number, path = '/'): Work => ({ revision, lab: 'drop', path, labs: {} });

/** Writes past the store, as a damaged disk or another version would. */
function put(name: string, key: string, value: unknown): Promise<void> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(name);
		opening.onerror = () => reject(new Error('not opened'));
		opening.onsuccess = () => {
			const transaction = opening.result.transaction('work', 'readwrite');
			transaction.objectStore('work').put(value, key);
			transaction.oncomplete = () => {
				opening.result.close();
				resolve();
			};
		};
	});
}

/** Reads past the store, whatever the version. */
function get(name: string, key: string): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(name);
		opening.onerror = () => reject(new Error('not opened'));
		opening.onsuccess = () => {
			const asking = opening.result.transaction('work').objectStore('work').get(key);
			asking.onsuccess = () => {
				opening.result.close();
				resolve(asking.result);
			};
		};
	});
}

describe('the work store', () => {
	it('gives back what was saved last', async () => {
		const store = openWorkStore(freshName());
		expect(await store.load()).toBeNull();
		expect(await store.save(work(1))).toBeNull();
		expect(await store.save(work(2, '/compare'))).toBeNull();
		expect(await store.load()).toEqual({ work: work(2, '/compare'), isPrevious: false });
	});

	it('refuses a save over a revision it did not start from, and keeps what is there', async () => {
		const name = freshName();
		const [one, other] = [openWorkStore(name), openWorkStore(name)];
		await one.save(work(1));
		expect(await other.save(work(2, '/other'))).toBeNull();
		expect(await one.save(work(2, '/mine'))).toBe('conflict');
		expect(await one.load()).toEqual({ work: work(2, '/other'), isPrevious: false });
	});

	it('keeps the bytes of a source', async () => {
		const store = openWorkStore(freshName());
		const source = { kind: 'files' as const, files: [{ name: 'a.sqlite', bytes: Uint8Array.of(1, 2, 3) }] };
		expect(await store.saveSource('mine/drop/a', source)).toBeNull();
		expect(await store.loadSource('mine/drop/a')).toEqual(source);
		expect(await store.listSources()).toEqual(['mine/drop/a']);
		await store.removeSource('mine/drop/a');
		expect(await store.loadSource('mine/drop/a')).toBeNull();
	});

	it('says so where storage refuses what it is given, and keeps what is there', async () => {
		const store = openWorkStore(freshName());
		await store.save(work(1));
		const refused = { ...work(2), labs: { drop: (() => undefined) as never } };
		expect(await store.save(refused)).toBe('unavailable');
		expect(await store.load()).toEqual({ work: work(1), isPrevious: false });
		expect(await store.save(work(2))).toBeNull();
	});

	it('opens the save before one that is damaged, and goes on from there', async () => {
		const name = freshName();
		const store = openWorkStore(name);
		await store.save(work(1, '/first'));
		await store.save(work(2, '/second'));
		for (const damage of [null, 7, { revision: 2 }, { ...work(2), labs: { drop: { current: {} } } }]) {
			await put(name, 'current', damage);
			expect(await store.load()).toEqual({ work: work(1, '/first'), isPrevious: true });
		}
		expect(await store.save(work(2, '/again'))).toBeNull();
		expect(await store.load()).toEqual({ work: work(2, '/again'), isPrevious: false });
	});

	it('opens work that an older version saved, without what came later', async () => {
		const name = freshName();
		const store = openWorkStore(name);
		await store.save(work(1));
		const current = { scenario: 'drop/two-cities', edits: [], draft: {} };
		const older = {
			revision: 5,
			lab: 'drop',
			path: '/',
			labs: { drop: { current, past: [], future: [], variants: [] } },
		};
		await put(name, 'current', older);
		expect(await store.load()).toEqual({ work: older, isPrevious: false });
		expect(await store.save({ ...older, revision: 6 })).toBeNull();
	});

	it('neither opens nor overwrites what a newer version saved', async () => {
		const name = freshName();
		const store = openWorkStore(name);
		await store.save(work(1));
		const newer = { ...work(7), format: WORK_FORMAT + 1, more: 'of it' };
		await put(name, 'current', newer);
		expect(await store.load()).toBe('newer');
		// whichever revision this tab believes in
		for (const revision of [2, 8]) expect(await store.save(work(revision))).toBe('newer');
		expect(await get(name, 'current')).toEqual(newer);
	});

	it('lets a newer version have the storage at once, and then says that it is there', async () => {
		const name = freshName();
		const store = openWorkStore(name);
		await store.save(work(1));
		const upgrade = await new Promise<string>((resolve) => {
			const opening = indexedDB.open(name, 2);
			opening.onblocked = () => resolve('blocked');
			opening.onsuccess = () => {
				opening.result.close();
				resolve('done');
			};
		});
		expect(upgrade).toBe('done');
		expect(await store.save(work(2))).toBe('newer');
		expect(await store.load()).toBe('newer');
		expect(await get(name, 'current')).toEqual(work(1));
	});
});
