import { expect, test } from '@playwright/test';

test.describe.configure({ timeout: 120_000 });

test('switching labs while the first scenario is still being opened ends in the lab chosen last', async ({
	page,
}) => {
	const messages: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error') messages.push(message.text());
	});
	await page.goto('/');
	for (const lab of ['Pledges', 'Referral', 'Pledges', 'Offers', 'Pledges']) {
		await page.getByRole('button', { name: lab, exact: true }).click();
		await page.waitForTimeout(150);
	}
	await expect(page.locator('.metric').first()).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('Base rate')).toBeVisible();
	await expect(page.getByRole('alert')).toHaveCount(0);
	expect(messages).toEqual([]);
});
