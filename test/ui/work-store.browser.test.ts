import { describe, expect, it } from 'vitest';
import { openWorkStore, type Work } from '#ui/work-store.ts';

let made = 0;
const freshName = () => `test-${Date.now()}-${made++}`;
const work = (revision: number, path = '/'): Work => ({ revision, lab: 'drop', path, labs: {} });

describe('the work store', () => {
	it('gives back what was saved last', async () => {
		const store = openWorkStore(freshName());
		expect(await store.load()).toBeNull();
		expect(await store.save(work(1))).toBeNull();
		expect(await store.save(work(2, '/compare'))).toBeNull();
		expect(await store.load()).toEqual(work(2, '/compare'));
	});

	it('refuses a save over a revision it did not start from, and keeps what is there', async () => {
		const name = freshName();
		const [one, other] = [openWorkStore(name), openWorkStore(name)];
		await one.save(work(1));
		expect(await other.save(work(2, '/other'))).toBeNull();
		expect(await one.save(work(2, '/mine'))).toBe('conflict');
		expect(await one.load()).toEqual(work(2, '/other'));
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
		expect(await store.load()).toEqual(work(1));
	});
});
