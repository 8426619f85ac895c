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
	await expect(page.getByRole('region', { name: 'Counterfactual' })).toContainText('model-based');
	await expect(page.getByRole('heading', { name: /^Growth picks selected under this/ })).toBeVisible();
	await expect(page.getByRole('heading', { name: 'No pick counts more than once' })).toBeVisible();
	await expect(page.getByRole('img', { name: /^tenth 1: forecast chance/ })).toBeVisible();
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
	expect(messages).toEqual([]);
});

test('an analyst reads how past forecasts held, on Replay, on Tune, and again after a reload', async ({
	page,
}) => {
	const { messages } = await openScreen(page, 'Replay');
	await page.getByRole('tab', { name: 'Forecast ledger' }).click();
	const summary = page.getByRole('region', { name: 'How past forecasts held' });
	await expect(summary).toContainText(/\d+ of \d+ intervals of 90% held, over 8 Drops/, { timeout: 90_000 });
	await expect(page.getByRole('img', { name: /\d of \d held/ })).toBeVisible();
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
	// a screen left scrolled does not open the next one in its middle
	await page.locator('main').evaluate((main) => main.scrollTo(0, 400));
	await page.getByRole('link', { name: 'Tune' }).click();
	await expect(page.getByText(/^Past forecasts: \d+ of \d+ intervals/)).toBeVisible();
	expect(await page.locator('main').evaluate((main) => main.scrollTop)).toBe(0);
	await page.waitForTimeout(1500);
	await page.reload();
	await expect(page.getByText(/^Past forecasts: \d+ of \d+ intervals/)).toBeVisible({ timeout: 45_000 });
	expect(messages).toEqual([]);
});

test('an analyst confirms the recommender end to end', async ({ page }) => {
	const { messages } = await openScreen(page, 'Replay');
	await page.getByRole('tab', { name: 'Recommender health' }).click();
	await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(
		'The recommender is confirmed working end to end',
		{ timeout: 60_000 },
	);
	const proofs = page.getByRole('list', { name: 'What the verdict rests on' });
	await expect(proofs.getByRole('listitem')).toHaveCount(5);
	await expect(proofs).toContainText('logged points to the last digit');
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
	expect(messages).toEqual([]);
});

test('an analyst sweeps two levers, reloads in the middle, resumes, and takes a cell that can be undone', async ({
	page,
}) => {
	const { messages } = await openScreen(page, 'Explore');
	await page.getByText('Two levers', { exact: true }).click();
	await page.getByRole('combobox', { name: 'Lever across' }).selectOption({ label: 'Supply target' });
	await page.getByRole('combobox', { name: 'Lever up' }).selectOption({ label: 'Cutoff' });
	await page.getByRole('spinbutton', { name: 'Values each' }).fill('13');
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	const cells = page.getByRole('group', { name: /^Supply target by Cutoff/ }).getByRole('button');
	await expect.poll(() => cells.count(), { timeout: 60_000 }).toBeGreaterThan(4);
	await page.getByRole('button', { name: 'Pause' }).click();
	await expect(page.getByText(/\d+ runs of 170 finished/)).toBeVisible();
	const finished = await cells.count();
	expect(finished).toBeLessThan(169);

	await page.reload();
	await expect(page.getByText(/\d+ runs of 170 finished/)).toBeVisible({ timeout: 45_000 });
	// all but what was still being written, one of each worker at most, when the page went
	expect(await cells.count()).toBeGreaterThanOrEqual(finished - 2);
	await page.getByRole('button', { name: 'Resume' }).click();
	await expect(page.getByText('all finished')).toBeVisible({ timeout: 90_000 });
	expect(await cells.count()).toBe(169);

	// the keyboard: one stop for the tab key, arrows from cell to cell, Enter takes it
	await cells.first().focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Enter');
	await expect(page.getByText('differs from production in 2 levers')).toBeVisible();
	await page.getByRole('button', { name: /^Undo from the sweep: Supply target/ }).click();
	await expect(page.getByText('same as production')).toBeVisible();
	// the numbers stand in a table one key away
	await cells.first().focus();
	await page.keyboard.press('t');
	await expect(page.getByRole('table', { name: /Expected revenue/ })).toBeVisible();
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
	expect(messages).toEqual([]);
});

test('an analyst asks which of many levers matter, and what trade-offs there are', async ({ page }) => {
	const { messages } = await openScreen(page, 'Explore');
	await page.getByText('Many levers', { exact: true }).click();
	await page.getByText(/levers sampled/).click();
	await page.getByRole('checkbox', { name: 'Risk of going over' }).check();
	await page.getByRole('spinbutton', { name: 'Samples' }).fill('3');
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByText('all finished')).toBeVisible({ timeout: 90_000 });
	await expect(page.getByRole('heading', { name: /matters most for expected revenue/ })).toBeVisible();
	await expect(page.getByRole('list', { name: 'Levers without effect' })).toContainText('No effect while supply rule is target: at risk it counts', { timeout: 60_000 }); // prettier-ignore
	const trade = page.getByRole('group', { name: /^Expected revenue against Users served/ });
	await trade.getByRole('button', { name: /best trade-off/ }).first().press('Enter'); // prettier-ignore
	await expect(page.getByText(/differs from production in \d+ levers/)).toBeVisible();
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
	await expect(
		page.getByText(/the optimum is proven: it totals [\d,]+ points, no assignment more than [\d,]+, gap 0/),
	).toHaveCount(3);
});
