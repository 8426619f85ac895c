import { expect, test, type Browser, type BrowserContextOptions } from '@playwright/test';
import { openPalette, openWorkbench, setLever } from './workbench.ts';

test.describe.configure({ timeout: 180_000 });

const sizes = [
	{ width: 1440, height: 900 },
	{ width: 1024, height: 768 },
];

/** The workbench in a look of its own, and what compares it with the picture `name`, followed by `look`. */
async function openLook(browser: Browser, options: BrowserContextOptions, look: string) {
	const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
	const page = await context.newPage();
	await openWorkbench(page);
	// fonts differ between machines: a share of the picture may, a layout may not
	const shoot = (name: string) =>
		expect(page).toHaveScreenshot(`${name}-${look}.png`, { maxDiffPixelRatio: 0.1, animations: 'disabled' });
	return { page, shoot, close: () => context.close() };
}

for (const colorScheme of ['light', 'dark'] as const) {
	for (const viewport of sizes) {
		test(`the screens look as they were approved, ${viewport.width} wide and ${colorScheme}`, async ({
			browser,
		}) => {
			const look = `${viewport.width}-${colorScheme}`;
			const { page, shoot, close } = await openLook(browser, { colorScheme, viewport }, look);
			await shoot('tune');
			await setLever(page, 'Dallas', '95');
			await page.getByRole('heading', { name: 'Tune' }).click();
			await expect(page.getByText('Counting who is affected')).toHaveCount(0);
			await shoot('tune-changed');
			await page.getByRole('link', { name: 'Compare' }).click();
			await expect(page.getByText(/at 20 seeds/).first()).toBeVisible({ timeout: 90_000 });
			await expect(page.getByRole('button', { name: 'Continue to 400 seeds' })).toBeVisible();
			await shoot('compare');
			await page.getByRole('link', { name: 'Drops' }).click();
			await expect(page.getByRole('table', { name: 'Past Drops' })).toBeVisible({ timeout: 60_000 });
			await shoot('drops');
			await page.getByRole('link', { name: 'Data' }).click();
			await shoot('data');
			await openPalette(page);
			await page.keyboard.type('u0107');
			await page.keyboard.press('Enter');
			await expect(page.locator('.sentence')).not.toBeEmpty({ timeout: 45_000 });
			await shoot('explain');
			await close();
		});
	}
}

/** Fewer sizes than above: one of each look says what its layout adds. */
const further = [
	{ viewport: sizes[0], colorScheme: 'light' },
	{ viewport: sizes[1], colorScheme: 'dark' },
] as const;

for (const { viewport, colorScheme } of further) {
	test(`Explore and Season look as they were approved, ${viewport.width} wide and ${colorScheme}`, async ({
		browser,
	}) => {
		const look = `${viewport.width}-${colorScheme}`;
		const { page, shoot, close } = await openLook(browser, { colorScheme, viewport }, look);
		await page.getByRole('link', { name: 'Explore' }).click();
		await expect(page.getByRole('tab', { name: 'Sweep', exact: true })).toBeVisible();
		await shoot('explore');
		await page.getByRole('tab', { name: 'Season', exact: true }).click();
		await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
		await shoot('season');
		await close();
	});
}

for (const { viewport, colorScheme } of further) {
	test(`Replay, Deploy and the other labs look as they were approved, ${viewport.width} wide and ${colorScheme}`, async ({
		browser,
	}) => {
		const look = `${viewport.width}-${colorScheme}`;
		const { page, shoot, close } = await openLook(browser, { colorScheme, viewport }, look);
		await page.getByRole('link', { name: 'Replay' }).click();
		await page.getByRole('button', { name: 'Reproduce all past Drops' }).click();
		await expect(page.getByRole('heading', { name: /choose one to replay with the draft$/ })).toBeVisible({
			timeout: 90_000,
		});
		// the button is gone, and the pointer stands on a row
		await page.mouse.move(30, 640);
		await shoot('replay');
		await page.getByRole('link', { name: 'Deploy' }).click();
		await expect(page.getByRole('heading', { name: 'Deploy' })).toBeVisible();
		await expect(page.getByText('A second run, in another worker, gave the same outcome')).toBeVisible({
			timeout: 90_000,
		});
		await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 60_000 });
		await shoot('deploy');
		await page.getByRole('link', { name: 'Tune' }).click();
		for (const lab of ['Referral', 'Pledges', 'Offers']) {
			const open = page.getByRole('button', { name: lab, exact: true });
			await open.click();
			await expect(open).toHaveAttribute('aria-pressed', 'true', { timeout: 60_000 });
			await expect(page.locator('.strip')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
			await expect(page.getByText('Counting who is affected')).toHaveCount(0, { timeout: 60_000 });
			await shoot(`tune-${lab.toLowerCase()}`);
		}
		await close();
	});
}

test('Tune looks as it was approved in high contrast', async ({ browser }) => {
	const { shoot, close } = await openLook(browser, { contrast: 'more', viewport: sizes[0] }, '1440-contrast');
	await shoot('tune');
	await close();
});
