import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openPalette, openWorkbench } from './workbench.ts';

test.describe.configure({ timeout: 180_000 });

/** Presses Tab until the element has the focus, and sees that it shows; keys alone, as the reader has them. */
async function tabTo(page: Page, target: Locator, most = 160): Promise<void> {
	await expect(target).toBeVisible({ timeout: 60_000 });
	for (let i = 0; i < most; i++) {
		if (await target.evaluate((element) => element === document.activeElement)) {
			const shows = await target.evaluate((element) => {
				const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
				const holder = element.parentElement && getComputedStyle(element.parentElement).outlineStyle;
				return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none' || holder !== 'none'; // prettier-ignore
			});
			expect(shows, 'the focus shows').toBe(true);
			return;
		}
		await page.keyboard.press('Tab');
	}
	throw new Error(`no ${String(target)} within ${most} presses of Tab`);
}

/** Opens the palette, types, and takes what it finds first. */
async function goTo(page: Page, text: string): Promise<void> {
	await openPalette(page);
	const found = page.getByRole('listbox', { name: 'Found' });
	await expect(found).toBeVisible();
	await page.keyboard.type(text);
	await expect(found.getByRole('option').first()).toContainText(text, { ignoreCase: true });
	await page.keyboard.press('Enter');
}

test('the tuner moves a ratio, reads who notices, and shares the link, by keys alone', async ({ page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const { messages } = await openWorkbench(page);
	await tabTo(page, page.getByRole('textbox', { name: 'Dallas', exact: true }));
	await page.keyboard.press('Control+a');
	await page.keyboard.type('60');
	await page.keyboard.press('Enter');
	const plan = page.getByRole('region', { name: 'Plan' });
	await expect(plan).toContainText('Dallas:', { timeout: 45_000 });
	await expect(page.locator('.strip')).toHaveAttribute('aria-busy', 'false', { timeout: 45_000 });
	// what changed is also said
	await expect(page.getByRole('status').first()).toContainText('users affected');

	// the list of those users opens, and closing it gives the focus back
	const number = plan.getByRole('button', { name: /users?$/ }).first();
	await tabTo(page, number);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('dialog')).toContainText('Dallas');
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toBeHidden();
	await expect(number).toBeFocused();

	await page.reload();
	await expect(page.locator('.metric').first()).toBeVisible({ timeout: 45_000 });
	await tabTo(page, page.getByRole('button', { name: 'Share' }));
	await page.keyboard.press('Enter');
	await expect(page.getByText('Link copied')).toBeVisible();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('#state=');
	expect(messages).toEqual([]);
}); // prettier-ignore

test('the analyst replays a Drop to a counterfactual and asks the data by SQL, by keys alone', async ({ page }) => {
	const { messages } = await openWorkbench(page);
	await goTo(page, 'Replay');
	await tabTo(page, page.getByRole('button', { name: 'Reproduce all past Drops' }));
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByRole('button', { name: 'replay d05' }));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('region', { name: 'Trust ladder' })).toContainText('100% of', { timeout: 90_000 });
	await expect(page.getByRole('region', { name: 'Counterfactual' })).toContainText('model-based');

	await goTo(page, 'Data');
	const tabs = page.getByRole('tab');
	await tabTo(page, tabs.first());
	const sql = page.getByRole('tab', { name: 'SQL' });
	for (let i = 0; i < 8 && (await sql.getAttribute('aria-selected')) !== 'true'; i++) await page.keyboard.press('ArrowRight');
	await expect(sql).toHaveAttribute('aria-selected', 'true');
	await tabTo(page, page.getByLabel('Query', { exact: true }));
	await page.keyboard.press('Control+a');
	await page.keyboard.type('select label, users_served from result_city order by label');
	await tabTo(page, page.getByRole('button', { name: 'Run', exact: true }));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('table', { name: 'Result' })).toContainText('Dallas', { timeout: 45_000 });
	expect(messages).toEqual([]);
}); // prettier-ignore

test('the deployer pastes production, sees the lights, ticks the list and exports, by keys alone', async ({ page }) => {
	const { messages } = await openWorkbench(page);
	await goTo(page, 'Dallas sponsorship');
	await expect(page.getByRole('textbox', { name: 'Dallas', exact: true })).toBeFocused();
	await page.keyboard.press('Control+a');
	await page.keyboard.type('60');
	await page.keyboard.press('Enter');
	await expect(page.getByText('differs from production in 1 lever')).toBeVisible();

	await goTo(page, 'Deploy');
	const production = page.getByRole('region', { name: 'Production', exact: true });
	await tabTo(page, production.getByRole('textbox'));
	await page.keyboard.insertText('{"slotsPerUser": 3}');
	await tabTo(page, production.getByRole('button', { name: 'Read it' }));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('region', { name: 'Lights' })).toContainText('gave the same outcome', { timeout: 90_000 });

	await tabTo(page, page.getByRole('button', { name: 'Rehearse the alerts' }));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('table', { name: 'Rehearsal of the alerts' })).toBeVisible({ timeout: 60_000 });
	const checklist = page.getByRole('region', { name: 'Checklist' });
	await tabTo(page, checklist.getByRole('textbox', { name: 'Your name' }));
	await page.keyboard.type('Ana');
	for (const box of await checklist.getByRole('checkbox').all()) {
		await tabTo(page, box);
		await page.keyboard.press('Space');
		await expect(box).toBeChecked();
	}
	const button = page.getByRole('region', { name: 'Export' }).getByRole('button', { name: 'Export', exact: true });
	await expect(button).toBeEnabled({ timeout: 60_000 });
	await tabTo(page, button);
	const download = page.waitForEvent('download');
	await page.keyboard.press('Enter');
	const bundle = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Record<string, unknown>;
	expect(bundle).toMatchObject({ schema: 'dropbench-bundle', override: null });
	expect(messages).toEqual([]);
}); // prettier-ignore

test('no screen holds the focus: Tab leaves each, and Shift-Tab comes back', async ({ page }) => {
	await openWorkbench(page);
	for (const screen of ['Tune', 'Compare', 'Drops', 'Explore', 'Replay', 'Deploy', 'Data']) {
		await goTo(page, screen);
		await expect(page.getByRole('heading', { level: 1, name: screen })).toBeVisible();
		// a screen that has just come is given the focus a moment later, whatever was chosen meanwhile
		await expect(async () => {
			await page.getByRole('link', { name: 'Skip to the screen' }).focus();
			await page.keyboard.press('Enter');
			await expect(page.locator('main')).toBeFocused({ timeout: 500 });
		}).toPass();
		// backwards from the screen's start to the link before everything, through the bar and the rail
		let isThrough = false;
		for (let i = 0; i < 60 && !isThrough; i++) {
			await page.keyboard.press('Shift+Tab');
			isThrough = await page.evaluate(() => document.activeElement?.textContent?.includes('Skip to the screen') ?? false);
		}
		expect(isThrough, screen).toBe(true);
	}
}); // prettier-ignore
