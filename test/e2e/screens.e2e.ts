import { expect, test } from '@playwright/test';
import { openPalette, openWorkbench, setLever } from './workbench.ts';

test.describe.configure({ timeout: 180_000 });

const sizes = [
	{ width: 1440, height: 900 },
	{ width: 1024, height: 768 },
];

for (const colorScheme of ['light', 'dark'] as const) {
	for (const viewport of sizes) {
		test(`the screens look as they were approved, ${viewport.width} wide and ${colorScheme}`, async ({
			browser,
		}) => {
			const context = await browser.newContext({ colorScheme, viewport, reducedMotion: 'reduce' });
			const page = await context.newPage();
			// fonts differ between machines: a share of the picture may, a layout may not
			const shoot = (name: string) =>
				expect(page).toHaveScreenshot(`${name}-${viewport.width}-${colorScheme}.png`, {
					maxDiffPixelRatio: 0.1,
					animations: 'disabled',
				});
			await openWorkbench(page);
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
			await context.close();
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
		const context = await browser.newContext({ colorScheme, viewport, reducedMotion: 'reduce' });
		const page = await context.newPage();
		const shoot = (name: string) =>
			expect(page).toHaveScreenshot(`${name}-${viewport.width}-${colorScheme}.png`, {
				maxDiffPixelRatio: 0.1,
				animations: 'disabled',
			});
		await openWorkbench(page);
		await page.getByRole('link', { name: 'Explore' }).click();
		await expect(page.getByRole('tab', { name: 'Sweep', exact: true })).toBeVisible();
		await shoot('explore');
		await page.getByRole('tab', { name: 'Season', exact: true }).click();
		await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
		await shoot('season');
		await context.close();
	});
}

for (const { viewport, colorScheme } of further) {
	test(`Replay, Deploy and the other labs look as they were approved, ${viewport.width} wide and ${colorScheme}`, async ({
		browser,
	}) => {
		const context = await browser.newContext({ colorScheme, viewport, reducedMotion: 'reduce' });
		const page = await context.newPage();
		const shoot = (name: string) =>
			expect(page).toHaveScreenshot(`${name}-${viewport.width}-${colorScheme}.png`, {
				maxDiffPixelRatio: 0.1,
				animations: 'disabled',
			});
		await openWorkbench(page);
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
		await context.close();
	});
}

test('Tune looks as it was approved in high contrast', async ({ browser }) => {
	const context = await browser.newContext({ contrast: 'more', viewport: sizes[0], reducedMotion: 'reduce' });
	const page = await context.newPage();
	await openWorkbench(page);
	await expect(page).toHaveScreenshot('tune-1440-contrast.png', {
		maxDiffPixelRatio: 0.1,
		animations: 'disabled',
	});
	await context.close();
});
