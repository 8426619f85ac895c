import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { makeDraw, type Draw } from '../hostile/mutate.ts';
import { openPalette, openWorkbench } from './workbench.ts';

// SOAK_MINUTES=60 is the long form, twelve seconds what every test run can afford
const MINUTES = Number(process.env.SOAK_MINUTES ?? '0.2');
/** What the page may hold more than after it was warmed up: as much as a hundred undo steps and their words take. */
const MOST_GROWTH_MB = 12;
const MOST_NODES_MORE = 1500;
/** Acts after which code and data of the screens are loaded. */
const WARM_UP = 12;

interface Held {
	readonly megabytes: number;
	readonly nodes: number;
	readonly workers: number;
}

/** What the page holds on its first screen, once everything unreachable is gone. */
async function heldBy(page: Page, devtools: CDPSession): Promise<Held> {
	await page.getByRole('link', { name: 'Tune', exact: true }).click();
	await expect(page.locator('.strip')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
	await devtools.send('HeapProfiler.collectGarbage');
	await devtools.send('HeapProfiler.collectGarbage');
	const { metrics } = await devtools.send('Performance.getMetrics');
	const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? 0;
	return {
		megabytes: metric('JSHeapUsedSize') / 1024 / 1024,
		nodes: metric('Nodes'),
		workers: page.workers().length,
	};
}

/** One thing that a person does. */
async function act(page: Page, draw: Draw): Promise<string> {
	const go = (screen: string) => page.getByRole('link', { name: screen, exact: true }).click();
	switch (draw(8)) {
		case 0:
		case 1: {
			await go('Tune');
			const field = page.getByRole('textbox', { name: 'Dallas', exact: true });
			await field.fill(String(30 + draw(60)));
			await field.press('Enter');
			// more often than not the next act comes before the run has ended
			if (draw(3) === 0) await expect(page.locator('.strip')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 }); // prettier-ignore
			return 'lever';
		}
		case 2: {
			await page.keyboard.press('Control+z');
			return 'undo';
		}
		case 3: {
			await go('Data');
			await page.getByRole('tab', { name: 'SQL' }).click();
			await page
				.getByRole('textbox', { name: 'Query', exact: true })
				.fill(`select count(*) + ${draw(9)} as n from user`);
			await page.getByRole('button', { name: 'Run', exact: true }).click();
			await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled({ timeout: 20_000 });
			return 'query';
		}
		case 4: {
			await go('Data');
			await page.getByRole('tab').first().click();
			// set by the page itself: the handle that Playwright sets files through keeps the whole screen alive
			await page.evaluate(
				(text) => {
					const picked = new DataTransfer();
					picked.items.add(new File([text], 'm.json', { type: 'application/json' }));
					const input = document.querySelector<HTMLInputElement>('input[type=file]');
					if (!input) throw new Error('the screen takes no file');
					input.files = picked.files;
					input.dispatchEvent(new Event('change', { bubbles: true }));
				},
				`{"format":${draw(1000)}`,
			);
			await expect(page.getByText('Nothing was imported.')).toBeVisible({ timeout: 20_000 });
			return 'refused file';
		}
		case 5: {
			await openPalette(page);
			await page.keyboard.type(['dallas', 'shake', 'seed'][draw(3)]);
			await page.keyboard.press('Escape');
			return 'palette';
		}
		case 6: {
			await go('Tune');
			for (const lab of [['Pledges', 'Referral', 'Offers'][draw(3)], 'Drop'])
				await page.getByRole('button', { name: lab, exact: true }).click();
			await expect(page.getByRole('textbox', { name: 'Dallas', exact: true })).toBeVisible({
				timeout: 45_000,
			});
			return 'lab and back';
		}
		default: {
			const screen = ['Compare', 'Explore', 'Replay', 'Deploy'][draw(4)];
			await go(screen);
			await page.waitForTimeout(200);
			return 'screen';
		}
	}
}

test('a tab in use for long holds no more memory, makes no more workers and complains of nothing', async ({
	page,
}) => {
	test.setTimeout((MINUTES * 2 + 3) * 60_000);
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Performance.enable');
	const { messages } = await openWorkbench(page);
	const draw = makeDraw(33);
	for (let i = 0; i < WARM_UP; i++) await act(page, draw);
	const before = await heldBy(page, devtools);

	const counts = new Map<string, number>();
	const growth: string[] = [];
	const began = performance.now();
	let marked = began;
	while (performance.now() - began < MINUTES * 60_000) {
		const name = await act(page, draw);
		counts.set(name, (counts.get(name) ?? 0) + 1);
		if (performance.now() - marked < 120_000) continue;
		marked = performance.now();
		growth.push((await heldBy(page, devtools)).megabytes.toFixed(1));
	}
	const after = await heldBy(page, devtools);
	const acts = [...counts.values()].reduce((sum, count) => sum + count, 0);
	console.log(`soak: ${MINUTES} min, ${acts} acts (${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}): ${before.megabytes.toFixed(1)} MB and ${before.nodes} nodes before, ${after.megabytes.toFixed(1)} MB and ${after.nodes} nodes after${growth.length > 0 ? `, every 2 min ${growth.join(' ')} MB` : ''}; ${after.workers} workers, ${messages.length} complaints`); // prettier-ignore
	expect(messages).toEqual([]);
	expect(after.megabytes - before.megabytes).toBeLessThan(MOST_GROWTH_MB);
	expect(after.nodes - before.nodes).toBeLessThan(MOST_NODES_MORE);
	expect(after.workers).toBeLessThanOrEqual(before.workers + 1);
});
