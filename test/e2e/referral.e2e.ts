import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openScenario, setLever } from './workbench.ts';

test('a community manager tunes a race, sees who is cut, checks one award and exports the set', async ({
	page,
}) => {
	const { messages } = await openScenario(page, 'referral/rev-share-race');

	// the levers show the edition's own rules
	const pool = page.getByRole('textbox', { name: 'Award pool', exact: true });
	await expect(pool).toHaveValue('3000');
	await expect(page.getByRole('combobox', { name: 'Edition', exact: true })).toHaveValue('march-2026');
	await expect(page.getByRole('textbox', { name: 'Paid places', exact: true })).toHaveCount(0);
	await expect(page.getByRole('heading', { name: /^The pool is empty 70% into the window/ })).toBeVisible();

	// a smaller pool: who is cut, and whose award shrinks
	await setLever(page, 'Award pool', '2500');
	const plan = page.getByRole('region', { name: 'Plan' });
	await expect(plan).toContainText('get a smaller award');
	await plan
		.getByRole('button', { name: /referrers$/ })
		.first()
		.click();
	const people = page.getByRole('dialog');
	await expect(people.getByRole('columnheader', { name: 'Award in production' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('region', { name: 'Limits' })).toContainText('The pool lasts over');

	// one award, to the micro-unit, and out it goes
	await page
		.getByRole('button', { name: /^Explain 0x/ })
		.first()
		.click();
	const drawer = page.getByRole('dialog', { name: 'Explain' });
	await expect(drawer.getByRole('table', { name: 'Amounts that add up to the total' })).toContainText(
		/\d\.\d{6} USDC/,
		{ timeout: 45_000 },
	);
	await drawer
		.getByRole('listitem')
		.filter({ hasText: 'Disqualified, it would get nothing' })
		.getByRole('button', { name: 'Try it' })
		.click();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('region', { name: 'Disqualified' }).getByRole('switch')).toHaveCount(2);
	await expect(plan).toContainText('gain an award');

	// the books
	const books = page.getByRole('region', { name: 'Results in detail' });
	await books.getByRole('tab', { name: /^Accounting/ }).click();
	const csv = page.waitForEvent('download');
	await books
		.getByRole('button', { name: /^Save / })
		.last()
		.click();
	await page.getByRole('menuitem', { name: 'Save as CSV' }).click();
	const lines = (await readFile(await (await csv).path(), 'utf8')).split('\r\n');
	expect(lines[0]).toContain('Event');
	expect(lines.length).toBeGreaterThan(1900);

	// the other model, and a hundred pools in one go
	await page.getByRole('link', { name: 'Explore', exact: true }).click();
	await page.getByRole('tab', { name: 'Both models' }).click();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(
		page.getByRole('heading', { name: /under the pie split, \$.* under the revenue share$/ }),
	).toBeVisible();
	await page.getByRole('tab', { name: 'Pools', exact: true }).click();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByRole('heading', { name: /nothing more is paid|is used up/ })).toBeVisible();

	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

	// nothing is drawn by lot here, and Compare does not speak of seeds
	await page.getByRole('link', { name: 'Compare', exact: true }).click();
	await expect(page.getByText('Against production, over the same events.')).toBeVisible();
	await expect(page.getByRole('heading', { name: /^Draft changes \d+ metrics/ })).toBeVisible();
	await expect(page.getByText(/seeds?\b/)).toHaveCount(0);

	await page.getByRole('link', { name: 'Tune', exact: true }).click();
	const exported = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export configuration' }).click();
	const set = JSON.parse(await readFile(await (await exported).path(), 'utf8')) as { rules: object }[];
	expect(set[0].rules).toMatchObject({ awardPool: { amount: '2500000000', currency: 'USDC' } });
	expect(messages).toEqual([]);
});

test('an edition of unknown type is read-only, shown with its text and exported as it came', async ({
	page,
}) => {
	const { messages } = await openScenario(page, 'referral/mixed-editions');
	await page.getByRole('combobox', { name: 'Edition', exact: true }).selectOption('bounties-2026');
	await expect(page.getByRole('table', { name: 'The edition, read-only' })).toContainText(
		'12345678901234567890',
	);
	await expect(page.getByRole('textbox', { name: 'Award pool', exact: true })).toHaveCount(0);
	// its long text is broken over lines, so that nothing is wider than its card
	const text = page.getByRole('cell', { name: /^\{"slug":"bounties-2026"/ });
	const [cell, table] = [await text.boundingBox(), await page.getByRole('region', { name: 'Results in detail' }).boundingBox()]; // prettier-ignore
	expect((cell?.x ?? NaN) + (cell?.width ?? NaN)).toBeLessThanOrEqual((table?.x ?? NaN) + (table?.width ?? NaN)); // prettier-ignore
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	const exported = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export configuration' }).click();
	expect(await readFile(await (await exported).path(), 'utf8')).toContain('"decay":0.10,"ceiling":1e400,"serial":12345678901234567890'); // prettier-ignore
	expect(messages).toEqual([]);
});
