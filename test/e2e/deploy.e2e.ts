import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { main } from '../../src/cli/main.ts';
import { nodeEffects } from '../../src/cli/node-effects.ts';
import { openWorkbench, setLever } from './workbench.ts';

test.describe.configure({ timeout: 120_000 });

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
	await expect(lights).toContainText('gives the same 9,363 sponsored assignments');
	await checklist.getByRole('textbox', { name: 'Your name' }).fill('Ana');
	// nobody can say that the alerts were rehearsed before they were
	await expect(checklist.getByRole('checkbox', { name: /^Alerts rehearsed/ })).toBeDisabled();
	await page.getByRole('button', { name: 'Rehearse the alerts' }).click();
	await expect(page.getByRole('table', { name: 'Rehearsal of the alerts' })).toBeVisible({ timeout: 30_000 });
	for (const box of await checklist.getByRole('checkbox').all()) await box.check();
	await expect(button).toBeEnabled();
	const download = page.waitForEvent('download');
	await button.click();
	const bundle = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Record<string, unknown>;
	expect(bundle).toMatchObject({ schema: 'dropbench-bundle', version: 1, program: 'drop', override: null });
	expect(bundle.approvals).toHaveLength(6);
	const approvals = bundle.approvals as { role: string; proof?: string }[];
	expect(approvals.find(({ role }) => role === 'alerts')?.proof).toMatch(/^6 alerts rehearsed/);
	const { level, rows } = bundle.intervals as { level: number; rows: { metric: string }[] };
	expect(level).toBe(0.9);
	expect(rows.length).toBeGreaterThan(20);
	const checks = bundle.checks as { id: string }[];
	expect(checks.map(({ id }) => id)).toContain('growth-apart');

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

test('the export of the page passes dropbench check, and a changed one does not', async ({ page }) => {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Deploy' }).click();
	await page.getByRole('button', { name: 'Rehearse the alerts' }).click({ timeout: 30_000 });
	await expect(page.getByRole('table', { name: 'Rehearsal of the alerts' })).toBeVisible({ timeout: 30_000 });
	const checklist = page.getByRole('region', { name: 'Checklist' });
	await checklist.getByRole('textbox', { name: 'Your name' }).fill('Ana');
	for (const box of await checklist.getByRole('checkbox').all()) await box.check();
	const download = page.waitForEvent('download');
	await page
		.getByRole('region', { name: 'Export' })
		.getByRole('button', { name: 'Export', exact: true })
		.click();
	const text = await readFile(await (await download).path(), 'utf8');
	const check = async (file: string) => {
		let out = '';
		const node = nodeEffects();
		const readBytes = (path: string) => (path === 'bundle.json' ? Uint8Array.from(new TextEncoder().encode(file)) : node.readFile(path)); // prettier-ignore
		const effects = { ...node, progress: () => undefined, readFile: readBytes, write: (words: string) => Promise.resolve(void (out += words)) }; // prettier-ignore
		return { exit: await main(['check', 'bundle.json'], effects), out };
	};
	const good = await check(text);
	expect(good.out).toContain('everything approved');
	expect(good.exit).toBe(0);
	const bad = await check(text.replace('"seed":1', '"seed":2'));
	expect(bad.exit).toBe(3);
	expect(bad.out).toContain('hash.digest');
});

test('fields of a newer version survive import and export, and a newer document is passed on unchanged', async ({
	page,
}) => {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Deploy' }).click();
	const exporting = page.getByRole('region', { name: 'Export' });
	const exportAnyway = async () => {
		await exporting.getByRole('button', { name: 'Export anyway…' }).click({ timeout: 30_000 });
		await exporting.getByRole('textbox', { name: /^Why/ }).fill('a trial');
		await exporting.getByRole('textbox', { name: 'Your name' }).fill('Bo');
		const download = page.waitForEvent('download');
		await exporting.getByRole('button', { name: 'Export anyway', exact: true }).click();
		return readFile(await (await download).path(), 'utf8');
	};
	const first = JSON.parse(await exportAnyway()) as Record<string, unknown>;

	const production = page.getByRole('region', { name: 'Production', exact: true });
	const handIn = async (document: object) => {
		await production.getByRole('textbox').fill(JSON.stringify(document));
		await production.getByRole('button', { name: 'Read it' }).click();
	};
	await handIn({
		...first,
		rolloutPlan: { waves: [1, 2] },
		configuration: { ...(first.configuration as object), futureLever: 'x' },
	});
	await production.getByRole('button', { name: 'A draft to go on with' }).click();
	// they outlive another screen
	await page.getByRole('link', { name: 'Tune' }).click();
	await page.getByRole('link', { name: 'Deploy' }).click();
	const again = JSON.parse(await exportAnyway()) as Record<string, unknown>;
	expect(again).toMatchObject({ rolloutPlan: { waves: [1, 2] }, configuration: { futureLever: 'x' } });
	expect(again.contentHash).not.toBe(first.contentHash);

	await handIn({ ...first, version: 99, schemaOfTomorrow: ['kept'] });
	await expect(production).toContainText('version 99, newer than this program', { timeout: 30_000 });
	const download = page.waitForEvent('download');
	await production.getByRole('button', { name: 'Save it unchanged' }).click();
	const kept = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Record<string, unknown>;
	expect(kept).toEqual({ ...first, version: 99, schemaOfTomorrow: ['kept'] });
});

test('a red light blocks the export until a reason is given, and both travel in the file', async ({
	page,
}) => {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Data' }).click();
	await page.getByRole('tab', { name: 'What if' }).click();
	await page.getByRole('searchbox', { name: 'Find a row' }).fill('k05-2026-03');
	await page.getByRole('button', { name: /^k05-2026-03/ }).click({ timeout: 45_000 });
	await page.getByLabel('supply', { exact: true }).fill('5000');
	await page.getByRole('button', { name: 'Change this row' }).click();
	await expect(page.getByText('contract k05-2026-03: supply = 5000')).toBeVisible({ timeout: 45_000 });

	await page.getByRole('link', { name: 'Deploy' }).click();
	await expect(page.getByRole('region', { name: 'Lights' })).toContainText('Data as it is broken', {
		timeout: 30_000,
	});
	const checklist = page.getByRole('region', { name: 'Checklist' });
	await page.getByRole('button', { name: 'Rehearse the alerts' }).click({ timeout: 30_000 });
	await expect(page.getByRole('table', { name: 'Rehearsal of the alerts' })).toBeVisible({ timeout: 30_000 });
	await checklist.getByRole('textbox', { name: 'Your name' }).fill('Ana');
	for (const box of await checklist.getByRole('checkbox').all()) await box.check();
	const exporting = page.getByRole('region', { name: 'Export' });
	await expect(exporting.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
	await expect(exporting).toContainText('1 thing blocks the export');
	await exporting.getByRole('button', { name: 'Export anyway…' }).click();
	await exporting.getByRole('textbox', { name: /^Why/ }).fill('only to show it');
	await exporting.getByRole('textbox', { name: 'Your name' }).fill('Bo');
	const download = page.waitForEvent('download');
	await exporting.getByRole('button', { name: 'Export anyway', exact: true }).click();
	const bundle = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Record<string, unknown>;
	expect(bundle.override).toMatchObject({ reason: 'only to show it', waives: ['guardrail.real-data'] });
});
