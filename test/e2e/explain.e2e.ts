import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Download, type Page } from '@playwright/test';
import { openPalette, openWorkbench } from './workbench.ts';

test.describe.configure({ timeout: 120_000 });

/** Opens Explain on what the palette finds first. */
async function explain(page: Page, text: string): Promise<void> {
	await openPalette(page);
	await page.keyboard.type(text);
	await expect(page.getByRole('listbox', { name: 'Found' }).getByRole('option').first()).toContainText(text);
	await page.keyboard.press('Enter');
	await expect(page.locator('.sentence')).toContainText(text, { timeout: 45_000 });
}

test('a user edited on trial says what changes for her and for others, and a reset takes it back', async ({
	page,
}) => {
	const { messages } = await openWorkbench(page);
	await explain(page, 'u0107');
	const drawer = page.getByRole('dialog', { name: 'Explain' });
	const before = await page.locator('.sentence').textContent();
	await drawer.getByRole('button', { name: 'Edit u0107' }).click();
	await drawer.getByRole('combobox', { name: 'City' }).selectOption({ label: 'Dallas' });
	const answer = drawer.getByRole('status');
	await expect(answer).toContainText('On trial. She would', { timeout: 45_000 });
	await expect(answer).toContainText(/Nobody else|other users? would be affected/);
	await expect(page.locator('.sentence')).toContainText('on trial');
	const { violations } = await new AxeBuilder({ page }).include('.drawer').analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);

	// nothing of it reaches the draft
	await expect(page.getByText('Draft same as production')).toBeAttached();
	await drawer.getByRole('button', { name: 'Reset' }).click();
	await expect(page.locator('.sentence')).toHaveText(before ?? '');
	expect(messages).toEqual([]);
});

test('a contract says who got it, who was last in and first out, and what one more unit is worth', async ({
	page,
}) => {
	const { messages } = await openWorkbench(page);
	await explain(page, 'k04-2026-03');
	const drawer = page.getByRole('dialog', { name: 'Explain' });
	await expect(drawer).toContainText(
		/is worth \+\$\d+\.\d\d of expected revenue this Drop: 7 more assignments/,
	);
	const strip = drawer.getByRole('img', { name: /^Austin: \d+ of \d+ users got it, the line is at/ });
	const [, holders] = /^Austin: (\d+) of/.exec((await strip.getAttribute('aria-label')) ?? '') ?? [];
	expect(Number(holders)).toBeGreaterThan(100);
	await expect(drawer.getByText('Last in', { exact: true })).toBeVisible();
	await expect(drawer.getByText('First out', { exact: true })).toBeVisible();
	await drawer.getByRole('button', { name: 'Show who got it' }).click();
	await expect(page.getByRole('dialog', { name: 'Who got k04-2026-03' })).toContainText(`${holders} users`);
	expect(messages).toEqual([]);
});

test('a lever without effect says what binds instead', async ({ page }) => {
	await openWorkbench(page);
	await openPalette(page);
	await page.keyboard.type('Risk of going over');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('textbox', { name: 'Risk of going over', exact: true })).toBeFocused();
	await page.keyboard.press('Control+a');
	await page.keyboard.type('20');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('region', { name: 'Plan' })).toContainText(
		'No effect: Supply rule is “target”; with “risk” the same change would matter.',
		{ timeout: 60_000 },
	);
});

test('a chart is saved as a picture and as its table, by keyboard alone', async ({ page }) => {
	const { messages } = await openWorkbench(page);
	const frame = page.getByRole('figure', { name: /^Every city keeps its target/ });
	const save = async (item: string): Promise<Download> => {
		await frame.getByRole('button', { name: /^Save/ }).focus();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('menuitem', { name: item })).toBeVisible();
		const download = page.waitForEvent('download');
		if (item.endsWith('CSV')) await page.keyboard.press('ArrowDown');
		await expect(page.getByRole('menuitem', { name: item })).toBeFocused();
		await page.keyboard.press('Enter');
		return download;
	};
	const picture = await save('Save as PNG');
	expect(picture.suggestedFilename()).toMatch(/^Every-city-keeps-its-target.*\.png$/);
	const bytes = await readFile(await picture.path());
	const { width, height, colours, isTall } = await page.evaluate(async (data) => {
		const blob = new Blob([Uint8Array.from(data)], { type: 'image/png' });
		const image = await createImageBitmap(blob);
		const canvas = document.createElement('canvas');
		Object.assign(canvas, { width: image.width, height: image.height });
		const context = canvas.getContext('2d');
		context?.drawImage(image, 0, 0);
		const pixels = new Uint32Array(context?.getImageData(0, 0, image.width, image.height).data.buffer ?? new ArrayBuffer(0)); // prettier-ignore
		// the marks are drawn, not the ground alone: sponsored blue stands in the lower half
		const isBlue = (pixel: number) => (pixel & 0xff) < 0x50 && ((pixel >> 16) & 0xff) > 0xc0;
		return { width: image.width, height: image.height, colours: new Set(pixels).size, isTall: pixels.subarray(pixels.length / 3).some(isBlue) }; // prettier-ignore
	}, Array.from(bytes));
	const box = await frame.boundingBox();
	expect(Math.abs(width - 2 * ((box?.width ?? 0) + 32))).toBeLessThanOrEqual(4);
	expect(Math.abs(height - 2 * ((box?.height ?? 0) + 32))).toBeLessThanOrEqual(4);
	expect(colours).toBeGreaterThan(50);
	expect(isTall).toBe(true);

	const csv = await readFile(await (await save('Save as CSV')).path(), 'utf8');
	const lines = csv.trim().split('\n');
	await frame.getByRole('button', { name: 'Show as a table' }).click();
	const table = frame.getByRole('table');
	await expect(table.getByRole('row')).toHaveCount(lines.length);
	await expect(table.getByRole('columnheader')).toHaveCount(lines[0].split(',').length);
	for (const [i, city] of ['Austin', 'Dallas', 'New York'].entries()) {
		expect(lines[i + 1].startsWith(city)).toBe(true);
		await expect(table.getByRole('row').nth(i + 1)).toContainText(city);
	}
	expect(messages).toEqual([]);
});
