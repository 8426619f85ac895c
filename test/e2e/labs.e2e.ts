import { expect, test } from '@playwright/test';
import { openScenario, setLever } from './workbench.ts';

test.describe.configure({ timeout: 120_000 });

test('taking the newest pledge away costs one patron where chance costs twenty', async ({ page }) => {
	const { messages } = await openScenario(page, 'pledge/twenty-patrons');
	const losses = page.locator('.metric').filter({ hasText: /^Losses/ });
	await expect(losses).toContainText('20');
	const details = page.getByRole('region', { name: 'Results in detail' });
	await details.getByRole('tab', { name: 'Losses 20' }).click();

	await page.getByRole('combobox', { name: 'Policy' }).selectOption('drop-newest');
	await expect(details.getByRole('tab', { name: 'Losses 1', exact: true })).toBeVisible({ timeout: 30_000 });
	await expect(losses).toContainText('−19');

	await details.getByRole('tab', { name: 'Losses 1', exact: true }).click();
	await details.getByRole('button', { name: 'Explain row 1 of Losses' }).click();
	await expect(page.getByRole('dialog', { name: 'Explain' }).locator('.sentence')).not.toBeEmpty({
		timeout: 45_000,
	});
	expect(messages).toEqual([]);
});

test('a smaller referral pool says who is cut, and where it runs out', async ({ page }) => {
	const { messages } = await openScenario(page, 'referral/rev-share-race');
	await expect(page.getByRole('img', { name: /^The pool and the demand for it/ })).toContainText(
		'pool empty',
	);
	await setLever(page, 'Award pool', '1000');
	const plan = page.getByRole('region', { name: 'Plan' });
	await expect(plan).toContainText('lose');
	await plan
		.getByRole('button', { name: /referrers?$/ })
		.first()
		.click();
	await expect(page.getByRole('dialog')).toContainText('0x');
	expect(messages).toEqual([]);
});

test('an edition of an unknown type is shown beside those that run', async ({ page }) => {
	const { messages } = await openScenario(page, 'referral/mixed-editions');
	await page.getByRole('tab', { name: /^Editions \d/ }).click();
	await expect(page.getByRole('table', { name: 'Editions' })).toContainText('tiered-bounty');
	expect(messages).toEqual([]);
});

test('offers are judged in parallel worlds; a bad list is refused in words', async ({ page }) => {
	const { messages } = await openScenario(page, 'offer/a-then-b');
	await page.getByRole('button', { name: 'Offer plan as text' }).click();
	const plan = page.getByRole('textbox', { name: 'Offer plan' });
	await plan.fill('[{');
	await plan.blur();
	await expect(page.getByText('this is not valid JSON')).toBeVisible();
	await expect(page.getByText('Draft same as production')).toBeVisible();

	await page.getByRole('link', { name: 'Explore' }).click();
	await expect(page.getByText(/^A against defaults only: paid accounts \+.*, better/)).toBeVisible({
		timeout: 90_000,
	});
	expect(messages).toEqual([]);
});
