import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { linkTo, openScenario, openWorkbench } from './workbench.ts';

test.describe.configure({ timeout: 120_000 });

test('a link longer than 1 500 characters is offered as a file instead', async ({ page }) => {
	const settings = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`cities.town-number-${i}.sponsorshipRatio`, 0.5])); // prettier-ignore
	await openWorkbench(page, linkTo({ lab: 'drop', scenario: 'drop/three-cities', digest: '', settings, without: [] })); // prettier-ignore
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Share' }).click();
	await expect(page.getByText('Too long for a link: saved as a file')).toBeVisible();
	const state = JSON.parse(await readFile(await (await download).path(), 'utf8')) as { settings: object };
	expect(Object.keys(state.settings)).toHaveLength(60);
});

test('a link opened without its scenario says which file is needed, and shows the demo', async ({ page }) => {
	const state = { lab: 'drop', scenario: 'mine/drop/Spring data', digest: 'abcdef0123456789', settings: {}, without: [] }; // prettier-ignore
	await openWorkbench(page, linkTo(state));
	const alert = page.getByRole('alert');
	await expect(alert).toContainText('Spring data');
	await expect(alert).toContainText('abcdef012345');
	await expect(alert).toContainText('Import that file on the Data screen');
});

test('an open tab learns of a newer release, and takes its work along into it', async ({ page }) => {
	await openScenario(page, 'drop/two-cities');
	const field = page.getByRole('textbox', { name: 'Dallas', exact: true });
	await field.fill('61');
	await field.press('Enter');
	await expect(page.getByText('A newer version of Dropbench is ready')).toBeHidden();
	await page.route('**/_app/version.json', (route) => route.fulfill({ json: { version: '99.0.0' } }));
	// as when the tab is looked at again
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expect(page.getByText('A newer version of Dropbench is ready')).toBeVisible();
	const isLoaded = page.waitForEvent('load');
	await page.getByRole('button', { name: 'Save and reload' }).click();
	await isLoaded;
	await expect(field).toHaveValue('61');
	await expect(page.getByText('A newer version of Dropbench is ready')).toBeHidden();
});

test('a hundred steps are kept, each by its name, and undone one by one', async ({ page }) => {
	// any scenario will do: the smallest takes the least time
	await openScenario(page, 'drop/two-cities');
	const field = page.getByRole('textbox', { name: 'Dallas', exact: true });
	for (let i = 0; i < 103; i++) {
		await field.fill(String(40 + (i % 50)));
		await field.press('Enter');
	}
	const undo = page.getByRole('button', { name: /^Undo/ });
	await expect(undo).toHaveAttribute('aria-label', /^Undo Dallas sponsorship ratio 41% → 42%/i);
	let count = 0;
	for (; count < 110 && (await undo.isVisible()) && (await undo.isEnabled()); count++) await undo.click();
	expect(count).toBe(100);
	await expect(field).toHaveValue('42');
});

test('a variant that names a city missing here says so before it is applied', async ({ page }) => {
	await openWorkbench(page, linkTo({ lab: 'drop', scenario: 'drop/three-cities', digest: '', settings: { 'cities.atlantis.sponsorshipRatio': 0.5 }, without: [] })); // prettier-ignore
	await page.getByRole('button', { name: 'Presets' }).click();
	const dialog = page.getByRole('dialog', { name: 'Presets and variants' });
	await dialog.getByRole('textbox', { name: 'Name for the current draft' }).fill('Sunken');
	await dialog.getByRole('button', { name: 'Save variant' }).click();
	await expect(dialog.getByRole('listitem').filter({ hasText: 'Sunken' })).toContainText(
		'Not in this scenario: cities.atlantis.sponsorshipRatio',
	);
});
