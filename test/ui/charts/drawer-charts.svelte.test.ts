import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import AdmissionStrip from '#ui/charts/AdmissionStrip.svelte';
import Waterfall from '#ui/charts/Waterfall.svelte';
import { waterfallFinding } from '#ui/charts/waterfall-words.ts';

const factors = [
	{ label: 'Affinity', value: '0.512', effect: -0.41 },
	{ label: 'Distance', value: '2.1 km', effect: -0.62 },
	{ label: 'Recency', value: 'this week', effect: 0 },
];

async function tableByKey(): Promise<void> {
	const figure = page.getByRole('figure');
	await figure.getByRole('button', { name: 'Show as a table' }).click();
	await figure.getByRole('button', { name: 'Show as a table' }).click();
	await userEvent.keyboard('t');
}

describe('the waterfall', () => {
	it('states what does most, and has its numbers as a table one key away, and as files', async () => {
		await render(Waterfall, { factors });
		await expect
			.element(page.getByRole('heading', { name: 'Distance takes away the most: −0.62 of −1.03' }))
			.toBeVisible();
		await tableByKey();
		const table = page.getByRole('table');
		await expect.element(table.getByRole('row', { name: /^Distance 2\.1 km −0\.62/ })).toBeVisible();
		await expect.element(table.getByRole('row', { name: /^Together – −1\.03/ })).toBeVisible();
		await page.getByRole('button', { name: /^Save “Distance/ }).click();
		await expect.element(page.getByRole('menuitem', { name: 'Save as PNG' })).toBeVisible();
		await expect.element(page.getByRole('menuitem', { name: 'Save as CSV' })).toBeVisible();
		await userEvent.keyboard('{Escape}');
	});

	it('speaks of giving where the most is gained, and of nothing where nothing counts', () => {
		const gains = factors.map((factor) => ({ ...factor, effect: -factor.effect }));
		expect(waterfallFinding(gains)).toBe('Distance gives the most: +0.62 of +1.03');
		expect(waterfallFinding(factors.slice(2))).toBe('Nothing speaks for or against it');
		expect(waterfallFinding([])).toBe('Nothing speaks for or against it');
	});
});

describe('the admission strip', () => {
	it('states how many got it and where the line is, and has its bars as a table one key away', async () => {
		const strip = {
			label: 'Dallas',
			unit: 'points' as const,
			values: Float64Array.of(10, 20, 30, 58),
			isIn: Uint8Array.of(0, 0, 1, 1),
			line: 30,
			subject: 1,
		};
		await render(AdmissionStrip, { strip, noun: ['user', 'users'] });
		await expect
			.element(page.getByRole('heading', { name: 'Dallas: 2 of 4 users got it, the line is at 30' }))
			.toBeVisible();
		await tableByKey();
		const table = page.getByRole('table');
		await expect.element(table.getByRole('columnheader', { name: 'Got it' })).toBeVisible();
		// 48 bars of one point each: the first holds the first user, who did not get it
		await expect.element(table.getByRole('row').nth(1)).toHaveTextContent(/^\s*10\s*11\s*0\s*1\s*$/);
	});
});
