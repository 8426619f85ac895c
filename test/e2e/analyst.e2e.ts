import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openWorkbench } from './workbench.ts';

test.describe.configure({ timeout: 120_000 });

/** Goes to a screen of the rail, with the scenario opened on Tune. */
async function openScreen(page: Page, name: string): Promise<{ messages: readonly string[] }> {
	const complaints = await openWorkbench(page);
	await page.getByRole('link', { name }).click();
	await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
	return complaints;
}

test('an analyst reproduces the past, then reads what the draft would have changed and how far to trust it', async ({
	page,
}) => {
	const { messages } = await openScreen(page, 'Replay');
	await page.getByRole('button', { name: 'Reproduce all past Drops' }).click();
	const drops = page.getByRole('table', { name: /8 Drops/ });
	await expect(drops).toBeVisible({ timeout: 60_000 });
	await expect(drops.getByRole('cell', { name: '100%', exact: true })).not.toHaveCount(0);

	await page.getByRole('button', { name: 'replay d05' }).click();
	const ladder = page.getByRole('region', { name: 'Trust ladder' });
	await expect(ladder).toContainText('100% of', { timeout: 60_000 });
	await expect(page.getByText('model-based').first()).toBeVisible();
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
	expect(messages).toEqual([]);
});

test('an analyst sweeps a lever, and makes one of the points the draft', async ({ page }) => {
	const { messages } = await openScreen(page, 'Explore');
	await page.getByRole('combobox', { name: 'Lever', exact: true }).selectOption({ label: 'Supply target' });
	await page.getByRole('spinbutton', { name: 'Values' }).fill('3');
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByText(/^3 runs/)).toBeVisible({ timeout: 60_000 });
	await page.getByRole('list', { name: 'Points of the sweep' }).getByRole('button').first().click();
	await expect(page.getByText('differs from production in 1 lever')).toBeVisible();
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
	expect(messages).toEqual([]);
});

test('the page on matching methods proves the optimum and counts who would rather trade', async ({
	page,
}) => {
	await openScreen(page, 'Explore');
	await page.getByRole('tab', { name: 'Matching methods' }).click();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	const methods = page.getByRole('table', { name: 'Five matching methods on the same Drop' });
	await expect(methods.getByRole('row')).toHaveCount(6, { timeout: 60_000 });
	await expect(page.getByText(/the optimum is proven, primal \d+ = dual \d+, gap 0/)).toHaveCount(3);
});
