import { expect, test } from '@playwright/test';
import { openPalette, openWorkbench, setLever } from './workbench.ts';

test.describe.configure({ timeout: 120_000 });

test.describe('with a service worker', () => {
	test.use({ serviceWorkers: 'allow' });

	test('the first visit shows a computed result of three cities without a click, and complains of nothing', async ({
		page,
	}) => {
		const { messages } = await openWorkbench(page);
		for (const city of ['Austin', 'Dallas', 'New York']) {
			await expect(
				page.getByRole('table', { name: 'Cities' }).getByRole('button', { name: city }),
			).toBeVisible();
		}
		await expect(page.getByText('Draft same as production')).toBeVisible();
		expect(messages).toEqual([]);
	});

	test('after the first visit the app opens without a network', async ({ context, page }) => {
		await openWorkbench(page);
		await page.evaluate(async () => {
			await navigator.serviceWorker.ready;
		});
		await page.reload();
		await expect(page.locator('.metric').first()).toBeVisible({ timeout: 45_000 });
		await context.setOffline(true);
		await page.reload();
		await expect(page.locator('.metric').first()).toBeVisible({ timeout: 45_000 });
	});
});

test('a tuner changes one ratio, sees who notices, opens the list, undoes it', async ({ page }) => {
	const { messages } = await openWorkbench(page);
	await setLever(page, 'Dallas', '95');
	await expect(page.getByText('differs from production in 1 lever')).toBeVisible();
	const plan = page.getByRole('region', { name: 'Plan' });
	await expect(plan).toContainText('Dallas:');
	await expect(plan).toContainText('no change');

	await plan
		.getByRole('button', { name: /users?$/ })
		.first()
		.click();
	const people = page.getByRole('dialog');
	await expect(people).toContainText('Dallas: users who');
	await people.getByRole('button', { name: 'Close' }).click();

	await page.getByRole('button', { name: /^Undo Dallas sponsorship ratio 70% → 95%/ }).click();
	await expect(page.getByText('Draft same as production')).toBeVisible();
	await page.getByRole('button', { name: /^Redo Dallas/ }).click();
	await expect(page.getByText('differs from production in 1 lever')).toBeVisible();
	expect(messages).toEqual([]);
});

test('a wrong value is told beside the lever and changes nothing', async ({ page }) => {
	await openWorkbench(page);
	const field = page.getByRole('textbox', { name: 'Dallas', exact: true });
	await field.fill('170');
	await field.press('Enter');
	await expect(page.getByText('170% is out of range')).toBeVisible();
	await expect(page.getByText('Draft same as production')).toBeVisible();
});

test('work survives a reload, with its undo history', async ({ page }) => {
	await openWorkbench(page);
	await setLever(page, 'Dallas', '60');
	await setLever(page, 'Austin', '80');
	await page.waitForTimeout(1500);
	await page.reload();
	await expect(page.getByText('differs from production in 2 levers')).toBeVisible({ timeout: 45_000 });
	await page.getByRole('button', { name: /^Undo Austin/ }).click();
	await expect(page.getByText('differs from production in 1 lever')).toBeVisible();
});

test('a second tab is read-only, says so, and can take over', async ({ context, page }) => {
	await openWorkbench(page);
	const second = await context.newPage();
	await openWorkbench(second);
	await expect(second.getByText('Read only: another tab is editing')).toBeVisible();
	await expect(second.getByRole('textbox', { name: 'Dallas', exact: true })).toBeDisabled();
	await second.getByRole('button', { name: 'take over' }).click();
	await expect(second.getByRole('textbox', { name: 'Dallas', exact: true })).toBeEnabled();
	await expect(page.getByText('Read only: another tab is editing')).toBeVisible();
});

test('a link reopens the same draft elsewhere', async ({ browser, page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await openWorkbench(page);
	await setLever(page, 'Dallas', '60');
	await page.getByRole('button', { name: 'Share' }).click();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	expect(link.length).toBeLessThan(1500);
	const elsewhere = await browser.newPage();
	await openWorkbench(elsewhere, link);
	await expect(elsewhere.getByText('differs from production in 1 lever')).toBeVisible();
	await expect(elsewhere.getByRole('textbox', { name: 'Dallas', exact: true })).toHaveValue('60');
	await elsewhere.close();
});

test('the palette reaches a user, whose explanation closes back to where it was', async ({ page }) => {
	await openWorkbench(page);
	await openPalette(page);
	await page.keyboard.type('u0007');
	await expect(page.getByRole('option', { name: 'u0007 user' })).toBeVisible();
	await page.keyboard.press('Enter');
	const drawer = page.getByRole('dialog', { name: 'Explain' });
	await expect(drawer.locator('.sentence')).not.toBeEmpty({ timeout: 45_000 });
	await page.keyboard.press('Escape');
	await expect(drawer).toBeHidden();
});

test('an analyst compares the draft with production, interval and movement included', async ({ page }) => {
	const { messages } = await openWorkbench(page);
	await setLever(page, 'Supply target', '60');
	await page.getByRole('link', { name: 'Compare' }).click();
	await expect(page.getByRole('table', { name: 'Settings that differ' })).toContainText('Supply target');
	await expect(page.getByRole('heading', { name: /Draft changes \d+ metrics/ })).toBeVisible({
		timeout: 45_000,
	});
	await expect(page.getByText(/at 20 seeds/).first()).toBeVisible({ timeout: 90_000 });
	await expect(page.getByRole('table', { name: 'users by state before and after' })).toBeVisible();
	await page
		.getByRole('button', { name: /^\d+ users from / })
		.first()
		.click();
	await expect(page.getByRole('dialog')).toContainText('From ');
	expect(messages).toEqual([]);
});

test('production compared with itself differs by exactly nothing', async ({ page }) => {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Compare' }).click();
	await expect(page.getByText('Draft and production: no detectable difference at 20 seeds')).toBeVisible({ timeout: 90_000 }); // prettier-ignore
	await page.getByRole('button', { name: 'Show as a table' }).first().click();
	const rows = page.locator('figure').first().locator('tbody tr');
	for (const cells of (await rows.allInnerTexts()).map((row) => row.split('\t'))) {
		expect(cells.slice(-3)).toEqual(['0', '0', '0']);
	}
});

test('a query reads the data and the result, and cannot write', async ({ page }) => {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Data' }).click();
	await page.getByRole('tab', { name: 'SQL' }).click();
	await page
		.getByLabel('Query', { exact: true })
		.fill('select label, users_served from result_city order by label');
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByRole('table', { name: 'Result' })).toContainText('Dallas', { timeout: 45_000 });
	await page.getByLabel('Query', { exact: true }).fill('delete from city');
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByText('must be one SELECT, WITH, VALUES or EXPLAIN')).toBeVisible();
});

test('a bad file is refused in words and what was open stays open', async ({ page }) => {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Data' }).click();
	await page.locator('input[type=file]').setInputFiles({ name: 'bad.sqlite', mimeType: 'application/octet-stream', buffer: Buffer.from('no database') }); // prettier-ignore
	await expect(page.getByText('Nothing was imported.')).toBeVisible();
	await page.getByRole('link', { name: 'Tune' }).click();
	await expect(page.locator('.metric').first()).toBeVisible();
});

test('a scenario saved as a file opens again with the same digest', async ({ page }) => {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Data' }).click();
	const digest = await page.locator('code[title]').getAttribute('title');
	const saving = page.waitForEvent('download', { timeout: 60_000 });
	await page.getByRole('button', { name: '.sqlite' }).click();
	const file = await (await saving).path();
	await page.locator('input[type=file]').setInputFiles(file);
	await page.getByRole('button', { name: 'Open it' }).click({ timeout: 60_000 });
	await expect(page.getByText('Imported or made in this browser')).toBeVisible({ timeout: 60_000 });
	await expect(page.locator('code[title]')).toHaveAttribute('title', digest ?? '');
});

test('a what-if change of supply shows on Tune and can be taken out', async ({ page }) => {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Data' }).click();
	await page.getByRole('tab', { name: 'What if' }).click();
	await page.getByRole('searchbox', { name: 'Find a row' }).fill('k05-2026-03');
	await page.getByRole('button', { name: /^k05-2026-03/ }).click({ timeout: 45_000 });
	await page.getByLabel('supply', { exact: true }).fill('5000');
	await page.getByRole('button', { name: 'Change this row' }).click();
	await expect(page.getByText('contract k05-2026-03: supply = 5000')).toBeVisible({ timeout: 45_000 });
	await expect(page.getByText('differs from production in 1 lever')).toBeVisible();
	await page.getByRole('button', { name: 'Take all out' }).click();
	await expect(page.getByText('Draft same as production')).toBeVisible({ timeout: 45_000 });
});

test('a Drop is planned, edited, run as a test and deleted; the turn of the month is shown first', async ({
	page,
}) => {
	const { messages } = await openWorkbench(page);
	await page.getByRole('link', { name: 'Drops' }).click();
	await page.getByRole('button', { name: 'Plan a Drop from the draft' }).click();
	const form = page.locator('.form');
	await form.getByRole('textbox', { name: 'Rewards per user', exact: true }).fill('2');
	await form.getByRole('textbox', { name: 'Rewards per user', exact: true }).press('Enter');
	await expect(form.getByText('how fast supply is used')).toBeVisible();
	await page.getByRole('button', { name: 'Run as a test Drop' }).click();
	await expect(page.locator('.tested .metric').first()).toBeVisible({ timeout: 60_000 });
	await expect(page.getByRole('table', { name: 'Past Drops' })).toContainText('completed', {
		timeout: 60_000,
	});

	await page.getByRole('button', { name: 'Roll over to next month…' }).click();
	await expect(page.getByRole('heading', { name: /Rolling over would add \d+ contracts/ })).toBeVisible({ timeout: 30_000 }); // prettier-ignore
	await page.getByRole('button', { name: 'Leave it' }).click();
	await page.getByRole('button', { name: /^Delete the Drop/ }).click();
	await expect(page.getByRole('heading', { name: 'No Drop is planned' })).toBeVisible();
	expect(messages).toEqual([]);
});

test('every lab opens on a result of its own', async ({ page }) => {
	const { messages } = await openWorkbench(page);
	for (const lab of ['Referral', 'Pledges', 'Offers', 'Drop']) {
		await page.getByRole('group', { name: 'Labs' }).getByRole('button', { name: lab }).click();
		await expect(page.getByRole('button', { name: lab, pressed: true })).toBeVisible({ timeout: 45_000 });
		await expect(page.locator('.metric').first()).toBeVisible();
	}
	expect(messages).toEqual([]);
});

test('a preset applies as one step, and a variant keeps what was found', async ({ page }) => {
	await openWorkbench(page);
	await page.getByRole('button', { name: 'Presets' }).click();
	const dialog = page.getByRole('dialog', { name: 'Presets and variants' });
	await dialog
		.getByRole('listitem')
		.filter({ hasText: 'Growth push' })
		.getByRole('button', { name: 'Apply' })
		.click();
	await expect(page.getByRole('button', { name: 'Undo preset: Growth push' })).toBeVisible();
	await expect(page.locator('.strip')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });

	await page.getByRole('button', { name: 'Presets' }).click();
	await dialog.getByRole('textbox', { name: 'Name for the current draft' }).fill('Spring');
	await dialog.getByRole('button', { name: 'Save variant' }).click();
	await expect(dialog.getByRole('listitem').filter({ hasText: 'Spring' })).toContainText('Users served');
	await dialog.getByRole('button', { name: 'Reset' }).click();
	await expect(page.getByText('Draft same as production')).toBeVisible();

	await page.getByRole('link', { name: 'Compare' }).click();
	await page.getByRole('checkbox', { name: 'Spring' }).check();
	await page.getByRole('radio', { name: 'Spring' }).check({ force: true });
	await expect(page.getByRole('heading', { name: /^Spring changes \d+ metrics/ })).toBeVisible({
		timeout: 60_000,
	});
});

test('the tuner’s story needs no mouse', async ({ page }) => {
	await openWorkbench(page);
	await openPalette(page);
	await page.keyboard.type('Dallas sponsorship');
	await page.keyboard.press('Enter');
	const field = page.getByRole('textbox', { name: 'Dallas', exact: true });
	await expect(field).toBeFocused();
	await page.keyboard.press('Control+a');
	await page.keyboard.type('95');
	await page.keyboard.press('Enter');
	await expect(page.getByText('differs from production in 1 lever')).toBeVisible();
	await openPalette(page);
	await page.keyboard.type('Reset to production');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Draft same as production')).toBeVisible();
});
