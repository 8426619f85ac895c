import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openScenario, openWorkbench, setLever } from './workbench.ts';

test.describe.configure({ timeout: 180_000 });
// colours fade from one setting to the next otherwise, and axe would measure them on the way
test.use({ contextOptions: { reducedMotion: 'reduce' } });

const SCREENS = ['Tune', 'Compare', 'Drops', 'Explore', 'Replay', 'Deploy', 'Data'];

/** Goes from screen to screen and tells what each breaks. */
async function visitAll(page: Page, look: (screen: string) => Promise<readonly string[]>): Promise<string[]> {
	const found: string[] = [];
	for (const screen of SCREENS) {
		await page.getByRole('link', { name: screen, exact: true }).click();
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await page.waitForTimeout(1000);
		found.push(...(await look(screen)).map((each) => `${screen}: ${each}`));
	}
	return found;
}

async function axe(page: Page, isColoursOnly: boolean): Promise<string[]> {
	const builder = new AxeBuilder({ page });
	if (isColoursOnly) builder.withRules('color-contrast');
	else builder.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
	const { violations } = await builder.analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ') ?? ''}`);
}

const SETTINGS = {
	light: { colorScheme: 'light' },
	dark: { colorScheme: 'dark' },
	'high contrast': { contrast: 'more' },
	'the reader’s own palette': { forcedColors: 'active' },
} as const;

/** Looks at what is shown in each setting in turn. */
async function inEachSetting(page: Page): Promise<string[]> {
	const found: string[] = [];
	for (const [name, settings] of Object.entries(SETTINGS)) {
		await page.emulateMedia({ colorScheme: null, contrast: null, forcedColors: null, ...settings });
		// a setting changes colours, and nothing else that axe looks at
		found.push(...(await axe(page, name !== 'light')).map((each) => `${name}: ${each}`));
	}
	return found;
}

test('all seven screens are accessible in light, dark, high contrast and the reader’s own palette', async ({
	page,
}) => {
	const { messages } = await openWorkbench(page);
	await setLever(page, 'Dallas', '60');
	expect(await visitAll(page, () => inEachSetting(page))).toEqual([]);
	expect(messages).toEqual([]);
});

for (const scenario of ['pledge/twenty-patrons', 'referral/mixed-editions', 'offer/a-then-b']) {
	test(`what ${scenario} shows on Tune is accessible in each of them`, async ({ page }) => {
		await openScenario(page, scenario);
		await page.waitForTimeout(1000);
		expect(await inEachSetting(page)).toEqual([]);
	});
}

test('a reader who asks for contrast gets black on white and lines that show', async ({ browser }) => {
	const context = await browser.newContext({ contrast: 'more' });
	const page = await context.newPage();
	await openWorkbench(page);
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast');
	const line = await page
		.locator('.card')
		.first()
		.evaluate((card) => getComputedStyle(card).borderTopColor);
	expect(line).toBe('rgb(0, 0, 0)');
	await context.close();
});

test('a reader who asks for less motion gets none', async ({ browser }) => {
	const context = await browser.newContext({ reducedMotion: 'reduce' });
	const page = await context.newPage();
	await openWorkbench(page);
	const durations = await page.evaluate(
		() =>
		Array.from(document.querySelectorAll('*'), (each) => getComputedStyle(each)).flatMap((style) => [style.transitionDuration, style.animationDuration]), // prettier-ignore
	);
	expect(durations.filter((each) => each.split(', ').some((time) => Number.parseFloat(time) > 0))).toEqual(
		[],
	);
	await context.close();
});

test('at 200 % zoom no screen needs to be scrolled sideways', async ({ browser }) => {
	// 1440 × 900 at twice the size leaves 720 × 450 to lay out in
	const context = await browser.newContext({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });
	const page = await context.newPage();
	await openWorkbench(page);
	const found = await visitAll(page, () =>
		page.evaluate(() => {
			const { scrollWidth } = document.documentElement;
			const main = document.querySelector('main');
			return [
				...(scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide`] : []),
				...(main && main.scrollWidth > main.clientWidth ? [`the screen is ${main.scrollWidth} wide`] : []),
			];
		}),
	);
	expect(found).toEqual([]);
	await context.close();
});
