import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { makeDraw, mutateBytes, mutatePages, mutateText } from '../hostile/mutate.ts';
import { openWorkbench } from './workbench.ts';

// hundreds go to the same worker in test/hostile, thousands to the importers: these are for the page around it
const MUTANTS = 32;

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

test('hostile files picked or dropped are refused by their place or shown, and what is open stays open', async ({
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
	const csv = folderFiles(folder)[0].buffer;
	const mutants = Array.from({ length: MUTANTS }, (_, i): { name: string; base64: string } => {
		const make = (name: string, bytes: Uint8Array | string) => ({ name, base64: Buffer.from(bytes as Uint8Array).toString('base64') }); // prettier-ignore
		if (i === 0) return make('deep.json', '['.repeat(100_000));
		if (i === 1) return make('empty.csv', '');
		// one that is whole: it must be shown, or the others were refused for nothing
		if (i === 2) return make('whole.zip', zip);
		if (i % 4 === 0) return make('m.sqlite', i % 8 === 0 ? mutateBytes(sqlite, draw) : mutatePages(sqlite, 4096, draw)); // prettier-ignore
		if (i % 4 === 1) return make('m.json', mutateText(json.toString('utf8'), draw));
		if (i % 4 === 2) return make('m.zip', mutateBytes(zip, draw));
		return make('m.csv', mutateText(csv.toString('utf8').slice(0, 4000), draw));
	});
	// one after the other inside the page: picked and dropped by turns, each looked at until it is refused or shown
	const { unlocated, refused, shown, slowest } = await page.evaluate(async (all) => {
		const found = { unlocated: [] as string[], refused: 0, shown: 0, slowest: 0 };
		const panel = document.querySelector('.import')!;
		const input = panel.querySelector<HTMLInputElement>('input[type=file]')!;
		const isSeen = (): 'refused' | 'shown' | null => {
			if (panel.querySelector('[role=alert]')) return 'refused';
			return [...panel.querySelectorAll('button')].some(({ textContent }) => textContent === 'Leave it') ? 'shown' : null; // prettier-ignore
		};
		for (const [i, { name, base64 }] of all.entries()) {
			const transfer = new DataTransfer();
			transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
			const began = performance.now();
			if (i % 2 === 0) {
				input.files = transfer.files;
				input.dispatchEvent(new Event('change', { bubbles: true }));
			} else {
				const drop = new DragEvent('drop', { dataTransfer: transfer, bubbles: true });
				panel.querySelector('.drop')!.dispatchEvent(drop);
			}
			// what was said of the file before goes at once
			await new Promise((resolve) => requestAnimationFrame(() => resolve(null)));
			let seen = isSeen();
			while (!seen && performance.now() - began < 15_000) {
				await new Promise((resolve) => setTimeout(resolve, 5));
				seen = isSeen();
			}
			found.slowest = Math.max(found.slowest, performance.now() - began);
			if (seen === null) found.unlocated.push(`${i}: ${name}: no answer`);
			else if (seen === 'refused') {
				found.refused++;
				const places = [...panel.querySelectorAll('[role=alert] li code')];
				if (places.length === 0 || places.some(({ textContent }) => textContent === ''))
					found.unlocated.push(`${i}: ${name}`);
			} else {
				found.shown++;
				[...panel.querySelectorAll('button')].find(({ textContent }) => textContent === 'Leave it')?.click();
			}
		}
		return found;
	}, mutants);
	console.log(`hostile files picked and dropped: ${MUTANTS} mutants: ${refused} refused, ${shown} shown for acceptance, 0 hangs (slowest ${Math.round(slowest)} ms), ${errors.length} errors of the page`); // prettier-ignore
	expect(unlocated).toEqual([]);
	expect(shown).toBeGreaterThan(0);
	expect(errors).toEqual([]);
	await expect(page.locator('code[title]')).toHaveAttribute('title', digest);
});
