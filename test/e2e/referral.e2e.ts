import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { openWorkbench } from './workbench.ts';

test.describe.configure({ timeout: 180_000 });

test('an edition of unknown type is read-only, shown with its text and exported as it came', async ({
	page,
}) => {
	const state = JSON.stringify({ lab: 'referral', scenario: 'referral/mixed-editions', digest: '', settings: {}, without: [] }); // prettier-ignore
	const { messages } = await openWorkbench(page, `/#state=${Buffer.from(state).toString('base64url')}`);
	await page.getByRole('combobox', { name: 'Edition', exact: true }).selectOption('bounties-2026');
	await expect(page.getByRole('table', { name: 'The edition, read-only' })).toContainText(
		'12345678901234567890',
	);
	await expect(page.getByRole('textbox', { name: 'Award pool', exact: true })).toHaveCount(0);
	const exported = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export configuration' }).click();
	expect(await readFile(await (await exported).path(), 'utf8')).toContain('"decay":0.10,"ceiling":1e400,"serial":12345678901234567890'); // prettier-ignore
	expect(messages).toEqual([]);
});
