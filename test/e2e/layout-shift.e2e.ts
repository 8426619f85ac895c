import { expect, test } from '@playwright/test';
import { openWorkbench, setLever } from './workbench.ts';

test.describe.configure({ timeout: 180_000 });

test('nothing moves by itself while results arrive', async ({ browser }) => {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const page = await context.newPage();
	await page.addInitScript(() => {
		const state = globalThis as unknown as { shifts: { value: number; what: string }[] };
		state.shifts = [];
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] })[]) {
				if (entry.hadRecentInput) continue;
				const what = entry.sources.map(({ node }) => (node instanceof Element ? node.className || node.nodeName : 'text')).join(', ');
				state.shifts.push({ value: entry.value, what });
			}
		}).observe({ type: 'layout-shift', buffered: true });
	}); // prettier-ignore
	const shifts = () => page.evaluate(() => (globalThis as unknown as { shifts: { value: number; what: string }[] }).shifts.splice(0)); // prettier-ignore
	const total = (list: readonly { value: number }[]) => list.reduce((sum, { value }) => sum + value, 0);

	await openWorkbench(page);
	await page.waitForTimeout(1500);
	const first = await shifts();
	expect(total(first), JSON.stringify(first)).toBeLessThan(0.05);
	await setLever(page, 'Dallas', '60');
	await page.waitForTimeout(1500);
	const run = await shifts();
	expect(total(run), JSON.stringify(run)).toBeLessThan(0.05);
	await page.getByRole('link', { name: 'Compare' }).click();
	await expect(page.getByRole('heading', { name: /Draft changes/ })).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText(/at 20 seeds/).first()).toBeVisible({ timeout: 90_000 });
	const compare = await shifts();
	expect(total(compare), JSON.stringify(compare)).toBeLessThan(0.1);
	await context.close();
});
