import { expect, test, type Page } from '@playwright/test';
import { openPalette, openWorkbench, setLever } from './workbench.ts';

test.describe.configure({ timeout: 180_000 });
test.use({ serviceWorkers: 'allow' });

/**
 * Budgets of the workbench, measured on the demo in this machine's browser and printed. Only those with room to
 * spare are held to a limit here: a busy machine is several times slower than the laptop they are meant for.
 */
test('the budgets are measured and printed', async ({ page, browser }) => {
	const figures: Record<string, number> = {};
	const timed = async (name: string, act: () => Promise<unknown>) => {
		const began = performance.now();
		await act();
		figures[name] = Math.round(performance.now() - began);
	};

	await watchPage(page);
	await timed('open to first result, cold', () => openWorkbench(page));
	// once the generated data is kept, the next visit reads it
	await expect.poll(() => keptSources(page), { timeout: 60_000 }).toBeGreaterThan(0);
	await timed('open to first result, again', async () => {
		await page.reload();
		await expect(page.locator('.metric').first()).toBeVisible({ timeout: 45_000 });
	});

	figures['the same by the page’s own clock'] = await page.evaluate(() =>
		Math.round((globalThis as unknown as Watched).firstResultAfter),
	);
	figures['longest main-thread task while opening'] = await longestTask(page);
	const field = page.getByRole('textbox', { name: 'Dallas', exact: true });
	await field.fill('60');
	await timed('whole Drop after a lever', async () => {
		await page.evaluate(() => (globalThis as unknown as Watched).startAt(performance.now()));
		await field.press('Enter');
		await expect(page.locator('.plan').last()).toContainText('users');
		await expect(page.locator('.strip')).toHaveAttribute('aria-busy', 'false');
	});
	figures['acknowledge input'] = await page.evaluate(async () => {
		const button = document.querySelector<HTMLElement>('[aria-label^="Undo"]');
		const began = performance.now();
		button?.click();
		await new Promise((resolve) => requestAnimationFrame(resolve));
		return Math.round(performance.now() - began);
	});
	figures['preview of the touched city'] = await page.evaluate(() =>
		Math.round((globalThis as unknown as Watched).previewAfter),
	);
	figures['longest main-thread task after a lever'] = await longestTask(page);
	await page.evaluate(
		() =>
			new Promise<void>((resolve) => {
				// a task of the page's own: what is evaluated from outside is none
				setTimeout(() => {
					const until = performance.now() + 80;
					while (performance.now() < until);
					resolve();
				});
			}),
	);
	// no task of 50 ms or more reads as 0: only a watch that sees one made for it may say so
	expect(await longestTask(page)).toBeGreaterThanOrEqual(80);

	await openPalette(page);
	await page.keyboard.type('u0107');
	await expect(page.getByRole('listbox', { name: 'Found' }).getByRole('option').first()).toContainText(
		'u0107',
	);
	await timed('explain one user', async () => {
		await page.keyboard.press('Enter');
		await expect(page.locator('.sentence')).not.toBeEmpty({ timeout: 45_000 });
	});

	console.log(`${browser.version()}, milliseconds: ${JSON.stringify(figures)}`);
	expect(figures['acknowledge input']).toBeLessThan(500);
	expect(figures['whole Drop after a lever']).toBeLessThan(5000);
	expect(figures['preview of the touched city']).toBeGreaterThan(0);
	expect(figures['preview of the touched city']).toBeLessThan(3000);
});

test('a run is called off within 200 ms of the click, and the last result stays', async ({ page }) => {
	await openWorkbench(page);
	await setLever(page, 'Dallas', '60');
	const served = await page.locator('.metric').first().textContent();
	// a change that scores and matches everything anew runs long enough to be called off
	await openPalette(page);
	await page.keyboard.type('Affinity weight');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+a');
	await page.keyboard.type('3');
	const took = await page.evaluate(async () => {
		document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
		(document.activeElement as HTMLElement | null)?.blur();
		await new Promise((resolve) => setTimeout(resolve, 30));
		const cancel = document.querySelector<HTMLElement>('[aria-label="Cancel the run"]');
		const strip = document.querySelector('.run');
		const began = performance.now();
		let frames = 0;
		cancel?.click();
		for (; strip?.classList.contains('shown'); frames++)
			await new Promise((resolve) => requestAnimationFrame(resolve));
		return { frames, ms: performance.now() - began };
	});
	console.log(`called off after ${took.frames} frames, ${took.ms.toFixed(0)} ms`);
	// 200 ms are twelve frames of a screen; a loaded machine draws fewer, so that they hold there too
	expect(took.frames).toBeLessThan(12);
	await expect(page.getByRole('status').first()).toHaveText('Cancelled');
	await expect(page.locator('.metric').first()).toHaveText(served ?? '');
});

/** What a watched page keeps. */
interface Watched {
	/** milliseconds of the longest main-thread task since last asked; the browser reports those of 50 ms or more */
	longest: number;
	/** from `startAt` to the first row shown as a preview; NaN until there is one */
	previewAfter: number;
	startAt(time: number): void;
	/** from the start of the navigation to the first result; NaN until there is one */
	firstResultAfter: number;
}

/** Watches every page that opens from here on for long tasks and previews. */
async function watchPage(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const watched: Watched = Object.assign(globalThis as unknown as Watched, {
			longest: 0,
			previewAfter: NaN,
			firstResultAfter: NaN,
			startAt(time: number) {
				watched.previewAfter = NaN;
				const observer = new MutationObserver(() => {
					if (document.querySelector('tr.preview') === null) return;
					watched.previewAfter = performance.now() - time;
					observer.disconnect();
				});
				observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] }); // prettier-ignore
			},
		});
		const opening = new MutationObserver(() => {
			if (document.querySelector('.metric') === null) return;
			watched.firstResultAfter = performance.now();
			opening.disconnect();
		});
		opening.observe(document, { subtree: true, childList: true });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) watched.longest = Math.max(watched.longest, entry.duration);
		}).observe({ type: 'longtask', buffered: true });
	});
}

/** The longest task since last asked. */
function longestTask(page: Page): Promise<number> {
	return page.evaluate(async () => {
		const watched = globalThis as unknown as Watched;
		// entries come in a task of their own
		await new Promise((resolve) => setTimeout(resolve, 100));
		const longest = Math.round(watched.longest);
		watched.longest = 0;
		return longest;
	});
}

/** Scenarios kept in the browser's storage. */
function keptSources(page: Page): Promise<number> {
	return page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				const request = indexedDB.open('dropbench');
				request.onsuccess = () => {
					const count = request.result.transaction('sources').objectStore('sources').count();
					count.onsuccess = () => {
						request.result.close();
						resolve(count.result);
					};
				};
			}),
	);
}
