import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { openWorkbench, setLever } from './workbench.ts';

test('the deployer reads the plan, gets six ticks, exports, and an edit voids them', async ({ page }) => {
	const { messages } = await openWorkbench(page);
	await setLever(page, 'Dallas', '60');
	await page.getByRole('link', { name: 'Deploy' }).click();
	await expect(page.getByRole('region', { name: 'Settings changed' })).toContainText(
		'Dallas sponsorship ratio',
	);
	const lights = page.getByRole('region', { name: 'Lights' });
	await expect(lights).toContainText('gave the same outcome', { timeout: 30_000 });

	const checklist = page.getByRole('region', { name: 'Checklist' });
	const exporting = page.getByRole('region', { name: 'Export' });
	const button = exporting.getByRole('button', { name: 'Export', exact: true });
	await expect(button).toBeDisabled();
	await checklist.getByRole('textbox', { name: 'Your name' }).fill('Ana');
	for (const box of await checklist.getByRole('checkbox').all()) await box.check();
	await expect(button).toBeEnabled();
	const download = page.waitForEvent('download');
	await button.click();
	const bundle = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Record<string, unknown>;
	expect(bundle).toMatchObject({ schema: 'dropbench-bundle', version: 1, program: 'drop', override: null });
	expect(bundle.approvals).toHaveLength(6);

	await page.getByRole('button', { name: /^Undo Dallas/ }).click();
	await expect(checklist).toContainText('6 ticks are void');
	await expect(button).toBeDisabled();
	await page.getByRole('button', { name: /^Redo Dallas/ }).click();
	await expect(checklist).toContainText('6 of 6');
	expect(messages).toEqual([]);
});

test('a reason lets a blocked export go, and production handed in shows what would be overwritten', async ({
	page,
}) => {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Deploy' }).click();
	const production = page.getByRole('region', { name: 'Production', exact: true });
	await production.getByRole('textbox').fill('{"slotsPerUser": "many"}');
	await production.getByRole('button', { name: 'Read it' }).click();
	await expect(production.getByRole('alert')).toContainText('config.slotsPerUser', { timeout: 30_000 });
	await production.getByRole('textbox').fill('{"slotsPerUser": 2}');
	await production.getByRole('button', { name: 'Read it' }).click();
	const overwritten = page.getByRole('region', { name: 'Settings overwritten' });
	await expect(overwritten).toContainText('production only', { timeout: 30_000 });
	await overwritten.getByRole('button', { name: /^Keep production/ }).click();
	await expect(overwritten).toContainText('Nothing that production changed is changed back');

	const exporting = page.getByRole('region', { name: 'Export' });
	await exporting.getByRole('button', { name: 'Export anyway…' }).click();
	const anyway = exporting.getByRole('button', { name: 'Export anyway', exact: true });
	await expect(anyway).toBeDisabled();
	await exporting.getByRole('textbox', { name: /^Why/ }).fill('agreed by phone');
	await exporting.getByRole('textbox', { name: 'Your name' }).fill('Bo');
	const download = page.waitForEvent('download');
	await anyway.click();
	const text = await readFile(await (await download).path(), 'utf8');
	expect(JSON.parse(text)).toMatchObject({ override: { reason: 'agreed by phone', name: 'Bo' } });
});
