import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../chromium.ts';
import { makeDraw } from '../hostile/mutate.ts';
import { openWorkbench } from './workbench.ts';

/** Dallas's ratio where the draft says nothing, percent. */
const PRODUCTION = 70;
// FAULTS=20 crashes twenty times as often
const TIMES = Number(process.env.FAULTS ?? '1');

interface Saved {
	readonly revision: number;
	/** Dallas's ratio of the saved draft, percent; null where it is production's */
	readonly dallas: number | null;
}

/** What the browser has in its storage, read past the app. */
function readSaved(page: Page): Promise<Saved | null> {
	return page.evaluate(
		() =>
			new Promise<Saved | null>((resolve) => {
				const opening = indexedDB.open('dropbench');
				opening.onsuccess = () => {
					const asking = opening.result.transaction('work').objectStore('work').get('current');
					asking.onsuccess = () => {
						opening.result.close();
						const work = asking.result as
							| { revision: number; labs: { drop?: { current: { draft: { cities?: Record<string, { sponsorshipRatio?: number }> } } } } } // prettier-ignore
							| undefined;
						if (work === undefined) return resolve(null);
						const share = work.labs.drop?.current.draft.cities?.dal?.sponsorshipRatio;
						resolve({
							revision: work.revision,
							dallas: share === undefined ? null : Math.round(share * 100),
						});
					};
				};
			}),
	);
}

/** How many sources the browser keeps: imported ones, and what recipes made. */
function countKept(page: Page): Promise<number> {
	return page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				const opening = indexedDB.open('dropbench');
				opening.onsuccess = () => {
					const counting = opening.result.transaction('sources').objectStore('sources').count();
					counting.onsuccess = () => {
						opening.result.close();
						resolve(counting.result);
					};
				};
			}),
	);
}

const dallas = (page: Page) => page.getByRole('textbox', { name: 'Dallas', exact: true });

/** The draft in storage must be whole, no older than what was seen to be saved, and the one on screen. */
async function expectNothingLost(page: Page, seen: Saved | null, typed: number): Promise<void> {
	await expect(page.locator('.metric').first()).toBeVisible({ timeout: 45_000 });
	const shown = Number(await dallas(page).inputValue());
	const saved = await readSaved(page);
	if (seen === null) return;
	expect(saved?.revision).toBeGreaterThanOrEqual(seen.revision);
	expect([seen.dallas, typed]).toContain(saved?.dallas);
	expect(shown).toBe(saved?.dallas ?? PRODUCTION);
}

/** Moves the lever and waits a moment that is never the same: from before the save to after the run. */
async function changeAndWait(page: Page, value: number, ms: number): Promise<Saved | null> {
	await dallas(page).fill(String(value));
	await dallas(page).press('Enter');
	await page.waitForTimeout(ms);
	return readSaved(page);
}

/** Ends every process of the browser that uses a profile, with SIGKILL; false where processes cannot be listed. */
function killBrowserOf(folder: string): boolean {
	if (!existsSync('/proc/self/cmdline')) return false;
	const isOurs = (id: string) => {
		try {
			return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(`--user-data-dir=${folder}`);
		} catch {
			// it has ended meanwhile
			return false;
		}
	};
	const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOurs(name));
	for (const id of ids) process.kill(Number(id), 'SIGKILL');
	return ids.length > 0;
}

test('a tab that crashes in the middle of saving or running loses nothing that was saved', async ({
	context,
}) => {
	test.setTimeout(300_000);
	const draw = makeDraw(3);
	let page = await context.newPage();
	await openWorkbench(page);
	const crashes = 2 * TIMES;
	for (let i = 0; i < crashes; i++) {
		const typed = 40 + (i % 25);
		const seen = await changeAndWait(page, typed, draw(1500));
		const devtools = await context.newCDPSession(page);
		const crashed = page.waitForEvent('crash');
		// a tab that is gone gives no answer
		void devtools.send('Page.crash').catch(() => undefined);
		await crashed;
		page = await context.newPage();
		await page.goto('/');
		await expectNothingLost(page, seen, typed);
	}
	console.log(`tabs crashed: ${crashes}, 0 saves lost, 0 torn`);
});

test('a browser that is killed in the middle of saving or running loses nothing that was saved', async ({
	baseURL,
}) => {
	test.setTimeout(300_000);
	const draw = makeDraw(4);
	const folder = mkdtempSync(join(tmpdir(), 'dropbench-profile-'));
	const start = () => chromium.launchPersistentContext(folder, { ...chromiumLaunch, baseURL });
	const crashes = TIMES;
	try {
		let context = await start();
		let page = await context.newPage();
		await openWorkbench(page);
		for (let i = 0; i < crashes; i++) {
			const typed = 45 + (i % 25);
			const seen = await changeAndWait(page, typed, draw(1500));
			const devtools = await context.newCDPSession(page);
			const closed = new Promise<void>((resolve) => context.once('close', () => resolve()));
			// the whole browser ends at once, without a word to its tabs: by the system, or by itself
			if (i % 2 === 1 || !killBrowserOf(folder))
				await devtools.send('Browser.crash' as 'Browser.close').catch(() => undefined);
			await closed;
			context = await start();
			page = await context.newPage();
			await page.goto('/');
			await expectNothingLost(page, seen, typed);
		}
		await context.close();
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
	console.log(`browsers killed: ${crashes}, 0 saves lost, 0 torn`);
});

test('a full disk is told, loses nothing, offers the draft as a file, and saving goes on once there is room', async ({
	page,
}) => {
	// DevTools cannot fill the disk of a headless browser: the write fails as it does on a full one
	await page.addInitScript(() => {
		type Put = (value: unknown, key?: IDBValidKey) => IDBRequest<IDBValidKey>;
		const write = Reflect.get(IDBObjectStore.prototype, 'put') as Put;
		IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
			if (document.documentElement.dataset.isDiskFull === 'yes')
				throw new DOMException('no room', 'QuotaExceededError');
			return write.call(this, value, key);
		};
	});
	await openWorkbench(page);
	await expect.poll(async () => (await readSaved(page))?.revision ?? 0).toBeGreaterThan(0);
	const before = await readSaved(page);
	await page.evaluate(() => (document.documentElement.dataset.isDiskFull = 'yes'));
	await changeAndWait(page, 51, 0);
	await expect(page.getByText('Not saved: storage is full')).toBeVisible({ timeout: 20_000 });
	expect(await dallas(page).inputValue()).toBe('51');
	expect(await readSaved(page)).toEqual(before);
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'download the draft instead' }).click();
	const file = readFileSync(await (await download).path());

	await page.evaluate(() => (document.documentElement.dataset.isDiskFull = 'no'));
	await changeAndWait(page, 52, 0);
	await expect.poll(async () => (await readSaved(page))?.dallas, { timeout: 20_000 }).toBe(52);
	await expect(page.getByText('Not saved')).toBeHidden({ timeout: 20_000 });

	await page.getByRole('link', { name: 'Data' }).click();
	const drafts = page.locator('input[type=file]').first();
	await drafts.setInputFiles({ name: 'dropbench-draft.json', mimeType: 'application/json', buffer: file });
	await page.getByRole('button', { name: 'Open this draft' }).click();
	await expect.poll(async () => (await readSaved(page))?.dallas, { timeout: 20_000 }).toBe(51);
});

test('damaged work gives way to the save before it, damaged data are made again, and the first is said', async ({
	page,
}) => {
	await openWorkbench(page);
	await changeAndWait(page, 61, 0);
	await expect.poll(async () => (await readSaved(page))?.dallas, { timeout: 20_000 }).toBe(61);
	await expect.poll(() => countKept(page), { timeout: 20_000 }).toBe(1);
	await page.evaluate(
		() =>
			new Promise<void>((resolve) => {
				const opening = indexedDB.open('dropbench');
				opening.onsuccess = () => {
					const transaction = opening.result.transaction(['work', 'sources'], 'readwrite');
					transaction.objectStore('work').put('not what it was', 'current');
					const kept = transaction.objectStore('sources');
					const walk = kept.openCursor();
					walk.onsuccess = () => {
						const source = walk.result?.value as { packed: { seal: string } } | undefined;
						if (source === undefined) return;
						source.packed.seal = source.packed.seal.replaceAll('a', 'b');
						kept.put(source, walk.result!.key);
						walk.result!.continue();
					};
					transaction.oncomplete = () => resolve();
				};
			}),
	);
	await page.reload();
	await expect(page.getByText('The work saved last in this browser is damaged')).toBeVisible({
		timeout: 45_000,
	});
	await expect(page.locator('.metric').first()).toBeVisible({ timeout: 45_000 });
	await changeAndWait(page, 62, 0);
	await expect.poll(async () => (await readSaved(page))?.dallas, { timeout: 20_000 }).toBe(62);
});
