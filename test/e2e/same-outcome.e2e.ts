import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { openWorkbench } from './workbench.ts';

test.describe.configure({ timeout: 120_000 });

test('the page and the command line give one outcome hash for the same scenario, configuration and seed', async ({
	page,
}) => {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Deploy' }).click();
	const shown = page.locator('dt', { hasText: /^Outcome$/ }).locator('xpath=following-sibling::dd[1]');
	await expect(shown).toHaveText(/^[0-9a-f]{16}…$/, { timeout: 60_000 });

	const cli = spawnSync(process.execPath, ['src/cli/dropbench.mjs', 'run', 'drop/three-cities', '--json'], {
		encoding: 'utf8',
		maxBuffer: 1 << 28,
	});
	expect(cli.status).toBe(0);
	const { outcomeHash } = JSON.parse(cli.stdout) as { outcomeHash?: string };
	expect(outcomeHash).toMatch(/^[0-9a-f]{64}$/);
	expect(await shown.textContent()).toBe(`${outcomeHash?.slice(0, 16)}…`);
});
