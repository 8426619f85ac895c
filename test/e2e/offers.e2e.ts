import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { openScenario } from './workbench.ts';

test.describe.configure({ timeout: 180_000 });

/** Runs the study of a tab on Explore and waits for its result. */
async function runStudy(page: Page, title: string) {
	await page.getByRole('tab', { name: title, exact: true }).click();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 90_000 });
}

test('a growth manager finds the best offer, sees what customers read, and exports the schedule', async ({
	page,
}) => {
	const { messages } = await openScenario(page, 'offer/a-then-b');
	const tables = page.getByRole('region', { name: 'Results in detail' });

	await expect(page.getByRole('img', { name: /^Offer timeline: 1 of 4 offers ended/ })).toBeVisible();

	// one credit to the cent, and why a registration got its offer
	await tables.getByRole('tab', { name: /^Credits \d/ }).click();
	await tables.getByRole('button', { name: 'Explain row 1 of Credits' }).click();
	const drawer = page.getByRole('dialog', { name: 'Explain' });
	await expect(drawer.locator('.sentence')).toContainText('Credit 1', { timeout: 45_000 });
	await page.keyboard.press('Escape');
	await tables.getByRole('tab', { name: /^Accounts \d/ }).click();
	await tables.getByRole('button', { name: 'Explain row 1 of Accounts' }).click();
	await expect(drawer.locator('.sentence')).toContainText('registered', { timeout: 45_000 });
	await page.keyboard.press('Escape');

	// the question is answered on opening, without a click
	await page.getByRole('link', { name: 'Explore' }).click();
	const answer = page.getByRole('region', { name: 'Answer' });
	await expect(answer).toContainText(/performs best:|No best offer is shown/, { timeout: 90_000 });
	await expect(page.getByRole('table', { name: /^Side by side/ })).toContainText('$');
	await expect(page.getByRole('table', { name: /^Payback by month of registration/ })).toContainText(
		'2019-07',
	);

	// two offers that hardly differ: no winner is made up
	const terms = { inviteeCents: 1000, inviteeDurationDays: 30, awardDurationDays: 180 };
	const alike = [
		{ offer: 'five', awardCents: 500, ...terms },
		{ offer: 'five and a cent', awardCents: 501, ...terms },
	];
	await page.getByRole('button', { name: 'Candidates as text' }).click();
	const candidates = page.getByRole('textbox', { name: 'Candidates' });
	await candidates.fill(JSON.stringify(alike));
	await candidates.blur();
	await page.getByRole('switch', { name: 'With a control' }).click();
	await page.getByRole('button', { name: 'Run again' }).click();
	await expect(answer).toContainText('No best offer is shown', { timeout: 90_000 });
	await expect(answer).toContainText('no difference shown in paid accounts');

	await runStudy(page, 'A, then B');
	const said = page.getByRole('list', { name: 'What to know of this result' });
	await expect(said).toContainText('younger accounts have paid and invited less');
	await runStudy(page, 'Customer statement');
	await expect(page.getByRole('region', { name: /^What .* reads on/ })).toContainText(
		'You will not be charged until',
	);

	await runStudy(page, 'Event feed');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Save event-feed.jsonl' }).click(),
	]);
	const lines = readFileSync(await download.path(), 'utf8')
		.trimEnd()
		.split('\n');
	const events = new Set(lines.map((line) => (JSON.parse(line) as { event?: string }).event));
	for (const event of ['Referral Sent', 'Referral Redeemed', 'Low Credits']) expect(events).toContain(event);

	// a change of the schedule, and its configuration to take along
	await page.getByRole('link', { name: 'Tune' }).click();
	const plan = page.getByRole('group', { name: 'Offer plan' });
	await plan.getByRole('button', { name: 'Remove B' }).click();
	await plan.getByRole('button', { name: 'A', exact: true }).click();
	await plan.getByRole('textbox', { name: 'Award', exact: true }).fill('7.50');
	await plan.getByRole('textbox', { name: 'Award', exact: true }).press('Enter');
	await expect(page.getByText('Draft same as production')).toBeHidden({ timeout: 30_000 });
	const [exported] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Export configuration' }).click(),
	]);
	const config = JSON.parse(readFileSync(await exported.path(), 'utf8')) as {
		plan: { offer: string; awardCents: number }[];
	};
	expect(config.plan.map(({ offer, awardCents }) => [offer, awardCents])).toEqual([['A', 750]]);
	expect(messages).toEqual([]);
});
