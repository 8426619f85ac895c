import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { makeDraw, mutateBytes, mutatePages, mutateText } from '../hostile/mutate.ts';
import { openWorkbench } from './workbench.ts';

const MUTANTS = 90;

async function openData(page: Page): Promise<void> {
	await openWorkbench(page);
	await page.getByRole('link', { name: 'Data' }).click();
}

/** The open scenario as a file of a form. */
async function download(page: Page, form: string): Promise<Buffer> {
	const saving = page.waitForEvent('download', { timeout: 60_000 });
	await page.getByRole('button', { name: form, exact: true }).click();
	return readFileSync(await (await saving).path());
}

const picker = (page: Page) => page.locator('input[type=file]').first();

function folderFiles(folder: string) {
	return readdirSync(folder).map((name) => ({
		name,
		mimeType: 'text/plain',
		buffer: readFileSync(join(folder, name)),
	}));
}

test('a scenario opens again from each form it is saved in, picked or dropped, with the same data and production', async ({
	page,
}) => {
	test.setTimeout(240_000);
	await openData(page);
	const folder = join(import.meta.dirname, '../../scenarios/drop/two-cities');
	await picker(page).setInputFiles(folderFiles(folder));
	await page.getByRole('button', { name: 'Open it' }).click({ timeout: 60_000 });
	const { digest } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { digest: string };
	await expect(page.locator('code[title]')).toHaveAttribute('title', digest, { timeout: 60_000 });

	for (const form of ['.sqlite', '.json', 'CSV (.zip)']) {
		const bytes = await download(page, form);
		if (form === 'CSV (.zip)') {
			// dropped onto the page, as a person drags it from a folder
			const dropped = await page.evaluateHandle(
				(list) => {
					const transfer = new DataTransfer();
					transfer.items.add(new File([Uint8Array.from(list)], 'two.zip'));
					return transfer;
				},
				[...bytes],
			);
			await page.getByRole('group', { name: 'Drop files here' }).dispatchEvent('drop', { dataTransfer: dropped }); // prettier-ignore
		} else {
			await picker(page).setInputFiles({ name: `two${form}`, mimeType: 'application/octet-stream', buffer: bytes }); // prettier-ignore
		}
		await page.getByRole('button', { name: 'Open it' }).click({ timeout: 60_000 });
		await expect(page.getByRole('button', { name: 'Open it' })).toBeHidden({ timeout: 60_000 });
		await expect(page.locator('code[title]')).toHaveAttribute('title', digest);
		await expect(page.getByText('Draft same as production')).toBeVisible({ timeout: 60_000 });
	}
});

test('tables of the original offer service are opened after asking which numbering they have', async ({
	page,
}) => {
	await openData(page);
	const offers =
		'id,status,type,created_at,expires_at,invitee_credit_in_cents,invitee_credit_duration_days\n1,1,1,2019-06-01T00:00:00Z,2019-06-01T00:00:00Z,1000,14\n';
	const credits =
		'user_id,referred_by,created_at,expires_at,credits_used_in_cents\nann,,2019-06-03T00:00:00Z,2019-06-17T00:00:00Z,103\n';
	await picker(page).setInputFiles([
		{ name: 'offers.csv', mimeType: 'text/csv', buffer: Buffer.from(offers) },
		{ name: 'user_credits.csv', mimeType: 'text/csv', buffer: Buffer.from(credits) },
	]);
	await expect(page.getByText('Which is the numbering of the tables?')).toBeVisible({ timeout: 30_000 });
	await page.getByRole('radio', { name: /^shipped/ }).check();
	await page.getByRole('button', { name: 'Read it so' }).click();
	await expect(page.getByText('was read as tables of the original service')).toBeVisible({
		timeout: 30_000,
	});
	await page.getByRole('button', { name: 'Open it' }).click();
	await expect(page.getByText('Imported or made in this browser')).toBeVisible({ timeout: 60_000 });
});

test('hostile files at the page’s picker are refused by their place or shown, and what is open stays open', async ({
	page,
}) => {
	test.setTimeout(300_000);
	const errors: string[] = [];
	page.on('pageerror', (error) => errors.push(error.message));
	await openData(page);
	const folder = join(import.meta.dirname, '../../scenarios/pledge/twenty-patrons');
	await picker(page).setInputFiles(folderFiles(folder));
	await page.getByRole('button', { name: 'Open it' }).click({ timeout: 60_000 });
	const { digest } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { digest: string };
	await expect(page.locator('code[title]')).toHaveAttribute('title', digest, { timeout: 60_000 });
	const [sqlite, json, zip] = [await download(page, '.sqlite'), await download(page, '.json'), await download(page, 'CSV (.zip)')]; // prettier-ignore

	const draw = makeDraw(17);
	const unlocated: string[] = [];
	let [refused, shown, slowest] = [0, 0, 0];
	for (let i = 0; i < MUTANTS; i++) {
		const [name, bytes] =
			i % 3 === 0
				? ['m.sqlite', i % 2 === 0 ? mutateBytes(sqlite, draw) : mutatePages(sqlite, 4096, draw)]
				: i % 3 === 1
					? ['m.json', Buffer.from(mutateText(json.toString('utf8'), draw))]
					: ['m.zip', mutateBytes(zip, draw)];
		const began = performance.now();
		await picker(page).setInputFiles({ name: String(name), mimeType: 'application/octet-stream', buffer: Buffer.from(bytes as Uint8Array) }); // prettier-ignore
		const leave = page.getByRole('button', { name: 'Leave it' });
		const refusal = page.getByText('Nothing was imported.');
		await expect(leave.or(refusal)).toBeVisible({ timeout: 15_000 });
		slowest = Math.max(slowest, performance.now() - began);
		if (await refusal.isVisible()) {
			refused++;
			const places = await page.locator('.import [role=alert] li code').allTextContents();
			if (places.length === 0 || places.some((place) => place === '')) unlocated.push(`${i}: ${name}`);
		} else {
			shown++;
			await leave.click();
		}
		// the next file must be seen to be read anew
		await picker(page).setInputFiles([]);
	}
	console.log(`hostile files at the picker: ${MUTANTS} mutants: ${refused} refused, ${shown} shown for acceptance, 0 hangs (slowest ${Math.round(slowest)} ms), ${errors.length} errors of the page`); // prettier-ignore
	expect(unlocated).toEqual([]);
	expect(errors).toEqual([]);
	await expect(page.locator('code[title]')).toHaveAttribute('title', digest);
});
