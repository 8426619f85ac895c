import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { openWorkbench, setLever } from './workbench.ts';

test.describe.configure({ timeout: 120_000 });

/** The address that opens a state. */
const linkTo = (state: object) => `/#state=${Buffer.from(JSON.stringify(state)).toString('base64url')}`;

test('a link longer than 1 500 characters is offered as a file instead', async ({ page }) => {
	const settings = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`cities.town-number-${i}.sponsorshipRatio`, 0.5])); // prettier-ignore
	await openWorkbench(page, linkTo({ lab: 'drop', scenario: 'drop/three-cities', digest: '', settings, without: [] })); // prettier-ignore
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Share' }).click();
	await expect(page.getByText('Too long for a link: saved as a file instead')).toBeVisible();
	const state = JSON.parse(await readFile(await (await download).path(), 'utf8')) as { settings: object };
	expect(Object.keys(state.settings)).toHaveLength(60);
});

test('a link opened without its scenario says which file is needed, and shows the demo', async ({ page }) => {
	const state = { lab: 'drop', scenario: 'mine/drop/Spring data', digest: 'abcdef0123456789', settings: {}, without: [] }; // prettier-ignore
	await openWorkbench(page, linkTo(state));
	const alert = page.getByRole('alert');
	await expect(alert).toContainText('mine/drop/Spring data');
	await expect(alert).toContainText('abcdef012345');
	await expect(alert).toContainText('Import that file on the Data screen');
});

test('a hundred steps are kept, each by its name, and undone one by one', async ({ page }) => {
	await openWorkbench(page);
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

test('a run is called off within 200 ms of the click, and the last result stays', async ({ page }) => {
	await openWorkbench(page);
	await setLever(page, 'Dallas', '60');
	const served = await page.locator('.metric').first().textContent();
	// a change that scores and matches everything anew runs long enough to be called off
	await page.keyboard.press('Control+k');
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
		cancel?.click();
		while (strip?.classList.contains('shown')) await new Promise((resolve) => requestAnimationFrame(resolve));
		return performance.now() - began;
	});
	expect(took).toBeLessThan(200);
	await expect(page.getByRole('status').first()).toHaveText('Cancelled');
	await expect(page.locator('.metric').first()).toHaveText(served ?? '');
});
