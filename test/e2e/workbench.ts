import { expect, type Page } from '@playwright/test';

/** Everything a page said or tried that it should not have. */
export interface Complaints {
	readonly messages: string[];
}

/** What Playwright itself has a page say where the configuration keeps service workers out. */
const NO_SERVICE_WORKER = 'Service Worker registration blocked by Playwright';

/** Opens a screen and waits for its first result; complaints of the page are collected from the start. */
export async function openWorkbench(page: Page, path = '/'): Promise<Complaints> {
	const messages: string[] = [];
	page.on('console', (message) => {
		if (message.text() === NO_SERVICE_WORKER) return;
		if (message.type() === 'error' || message.type() === 'warning') messages.push(message.text());
	});
	page.on('pageerror', (error) => messages.push(error.message));
	page.on('request', (request) => {
		const { protocol, origin } = new URL(request.url());
		const isOwn = protocol === 'blob:' || protocol === 'data:' || origin === new URL(page.url()).origin || page.url() === 'about:blank'; // prettier-ignore
		if (!isOwn) messages.push(`request to ${origin}`);
	});
	await page.goto(path);
	await expect(page.locator('.metric').first()).toBeVisible({ timeout: 45_000 });
	return { messages };
}

/** The address that opens a state of the workbench. */
export function linkTo(state: object): string {
	return `/#state=${Buffer.from(JSON.stringify(state)).toString('base64url')}`;
}

/** Opens a shipped scenario by the link that shares it. */
export function openScenario(page: Page, scenario: string): Promise<Complaints> {
	const [lab] = scenario.split('/');
	return openWorkbench(page, linkTo({ lab, scenario, digest: '', settings: {}, without: [] }));
}

/** Opens the palette, and waits until it hears what is typed. */
export async function openPalette(page: Page): Promise<void> {
	await page.keyboard.press('Control+k');
	await expect(page.getByRole('combobox', { name: 'Go to' })).toBeFocused();
}

/** Sets the typed value of a lever by its label and waits until the result is that of the draft. */
export async function setLever(page: Page, label: string, value: string): Promise<void> {
	const field = page.getByRole('textbox', { name: label, exact: true });
	await field.fill(value);
	await field.press('Enter');
	await expect(page.locator('.strip')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
}
