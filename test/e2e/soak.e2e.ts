import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { makeDraw, type Draw } from '../hostile/mutate.ts';
import { openPalette, openWorkbench } from './workbench.ts';

// SOAK_MINUTES=60 is the long form; every test run makes the fixed round of acts below it
const MINUTES = Number(process.env.SOAK_MINUTES ?? '0');
/** Acts after which code and data of the screens are loaded. */
const WARM_UP = 12;
/** How often each act of the fixed round is done between two measurements. */
const TIMES = 10;
/** What an act may leave behind: one kept screen holds hundreds of elements, one kept file or list tens of KB. */
const MOST_KB_AN_ACT = 4;
const MOST_NODES_AN_ACT = 3;
/** What the long form may end above its start: a hundred undo steps with their words, and the screen in another state. */
const MOST_KB_MORE = 1500;
const MOST_NODES_MORE = 1500;

interface Held {
	/** of objects, texts, lists and functions: what the code of the page holds on to */
	readonly kilobytes: number;
	/** the whole heap with the machine code that the browser makes of what runs often, and drops when it needs room */
	readonly megabytes: number;
	readonly nodes: number;
	readonly workers: number;
}

/** A heap snapshot as the browser writes it, as far as it is read here. */
interface Snapshot {
	readonly snapshot: {
		readonly meta: {
			readonly node_fields: readonly string[];
			readonly node_types: readonly [readonly string[]];
		};
	};
	readonly nodes: readonly number[];
}

/** Bytes of what scripts hold: without machine code, and without what belongs to the browser itself. */
async function scriptBytes(devtools: CDPSession): Promise<number> {
	const chunks: string[] = [];
	const take = ({ chunk }: { chunk: string }) => void chunks.push(chunk);
	devtools.on('HeapProfiler.addHeapSnapshotChunk', take);
	await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
	devtools.off('HeapProfiler.addHeapSnapshotChunk', take);
	const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot;
	const { node_fields: fields, node_types: types } = snapshot.meta;
	const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
	const isLeftOut = types[0].map((name) => ['code', 'native', 'synthetic', 'hidden'].includes(name));
	let bytes = 0;
	for (let at = 0; at < nodes.length; at += fields.length)
		if (!isLeftOut[nodes[at + type]]) bytes += nodes[at + size];
	return bytes;
}

/** Collects until no more than so many elements are left: what a screen asked for keeps it until the answer is there. */
async function settled(
	devtools: CDPSession,
	mostNodes: number,
): Promise<{ nodes: number; megabytes: number }> {
	for (let patience = 20; ; patience--) {
		await devtools.send('HeapProfiler.collectGarbage');
		const { metrics } = await devtools.send('Performance.getMetrics');
		const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? 0;
		const nodes = metric('Nodes');
		if (nodes <= mostNodes || patience === 0)
			return { nodes, megabytes: metric('JSHeapUsedSize') / 1024 / 1024 };
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

/** What the page holds on its first screen, once everything unreachable is gone. */
async function heldBy(page: Page, devtools: CDPSession, mostNodes: number): Promise<Held> {
	await page.getByRole('link', { name: 'Tune', exact: true }).click();
	await expect(page.locator('.strip')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
	const { nodes, megabytes } = await settled(devtools, mostNodes);
	return {
		kilobytes: (await scriptBytes(devtools)) / 1024,
		megabytes,
		nodes,
		workers: page.workers().length,
	};
}

async function openDevtools(page: Page): Promise<CDPSession> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Performance.enable');
	return devtools;
}

const go = (page: Page, screen: string) => page.getByRole('link', { name: screen, exact: true }).click();

async function lookAtCompare(page: Page): Promise<void> {
	await go(page, 'Compare');
	await page.waitForTimeout(200);
	await go(page, 'Tune');
}

async function openRefusedFile(page: Page, text: string): Promise<void> {
	await go(page, 'Data');
	await page.getByRole('tab').first().click();
	// set by the page itself: the handle that Playwright sets files through keeps the whole screen alive
	await page.evaluate((content) => {
		const picked = new DataTransfer();
		picked.items.add(new File([content], 'm.json', { type: 'application/json' }));
		const input = document.querySelector<HTMLInputElement>('input[type=file]');
		if (!input) throw new Error('the screen takes no file');
		input.files = picked.files;
		input.dispatchEvent(new Event('change', { bubbles: true }));
	}, text);
	await expect(page.getByText('Nothing was imported.')).toBeVisible({ timeout: 20_000 });
}

/** One thing that a person does. */
async function act(page: Page, draw: Draw): Promise<string> {
	switch (draw(8)) {
		case 0:
		case 1: {
			await go(page, 'Tune');
			const field = page.getByRole('textbox', { name: 'Dallas', exact: true });
			await field.fill(String(30 + draw(60)));
			await field.press('Enter');
			// more often than not the next act comes before the run has ended
			if (draw(3) === 0) await expect(page.locator('.strip')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 }); // prettier-ignore
			return 'lever';
		}
		case 2: {
			await page.keyboard.press('Control+z');
			return 'undo';
		}
		case 3: {
			await go(page, 'Data');
			await page.getByRole('tab', { name: 'SQL' }).click();
			await page
				.getByRole('textbox', { name: 'Query', exact: true })
				.fill(`select count(*) + ${draw(9)} as n from user`);
			await page.getByRole('button', { name: 'Run', exact: true }).click();
			await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled({ timeout: 20_000 });
			return 'query';
		}
		case 4: {
			await openRefusedFile(page, `{"format":${draw(1000)}`);
			return 'refused file';
		}
		case 5: {
			await openPalette(page);
			await page.keyboard.type(['dallas', 'shake', 'seed'][draw(3)]);
			await page.keyboard.press('Escape');
			return 'palette';
		}
		case 6: {
			await go(page, 'Tune');
			for (const lab of [['Pledges', 'Referral', 'Offers'][draw(3)], 'Drop'])
				await page.getByRole('button', { name: lab, exact: true }).click();
			await expect(page.getByRole('textbox', { name: 'Dallas', exact: true })).toBeVisible({
				timeout: 45_000,
			});
			return 'lab and back';
		}
		default: {
			const screen = ['Compare', 'Explore', 'Replay', 'Deploy'][draw(4)];
			await go(page, screen);
			await page.waitForTimeout(200);
			return 'screen';
		}
	}
}

test('a visit to Compare and a refused file leave nothing behind', async ({ page }) => {
	test.setTimeout(120_000);
	const devtools = await openDevtools(page);
	const { messages } = await openWorkbench(page);
	const acts: readonly (readonly [string, (i: number) => Promise<void>])[] = [
		['visit to Compare', () => lookAtCompare(page)],
		['refused file', (i) => openRefusedFile(page, `{"format":${i}`)],
	];
	for (const [, doOnce] of acts) for (let i = 0; i < 3; i++) await doOnce(i);
	// a quiet page of this screen has about 5 500
	let before = await heldBy(page, devtools, 5500);
	for (const [name, doOnce] of acts) {
		for (let i = 0; i < TIMES; i++) await doOnce(100 + i);
		const after = await heldBy(page, devtools, before.nodes + MOST_NODES_AN_ACT * TIMES);
		const kilobytes = (after.kilobytes - before.kilobytes) / TIMES;
		const nodes = (after.nodes - before.nodes) / TIMES;
		console.log(
			`soak: ${name}, ${TIMES} times: ${kilobytes.toFixed(1)} KB and ${nodes.toFixed(1)} nodes each`,
		);
		expect(kilobytes).toBeLessThan(MOST_KB_AN_ACT);
		expect(nodes).toBeLessThan(MOST_NODES_AN_ACT);
		expect(after.workers).toBeLessThanOrEqual(before.workers);
		before = after;
	}
	expect(messages).toEqual([]);
});

test('a tab in use for long holds no more memory, makes no more workers and complains of nothing', async ({
	page,
}) => {
	test.skip(MINUTES === 0, 'takes SOAK_MINUTES');
	test.setTimeout((MINUTES * 2 + 3) * 60_000);
	const devtools = await openDevtools(page);
	const { messages } = await openWorkbench(page);
	const draw = makeDraw(33);
	for (let i = 0; i < WARM_UP; i++) await act(page, draw);
	const before = await heldBy(page, devtools, 7000);

	const counts = new Map<string, number>();
	const held: Held[] = [before];
	const began = performance.now();
	let marked = began;
	while (performance.now() - began < MINUTES * 60_000) {
		const name = await act(page, draw);
		counts.set(name, (counts.get(name) ?? 0) + 1);
		if (performance.now() - marked < 120_000) continue;
		marked = performance.now();
		held.push(await heldBy(page, devtools, before.nodes + MOST_NODES_MORE));
	}
	const after = await heldBy(page, devtools, before.nodes + MOST_NODES_MORE);
	held.push(after);
	const acts = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const course = (number: (of: Held) => string) => held.map(number).join(' ');
	console.log(`soak: ${MINUTES} min, ${acts} acts (${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}), every 2 min: held by scripts ${course(({ kilobytes }) => kilobytes.toFixed(0))} KB, nodes ${course(({ nodes }) => String(nodes))}, heap with machine code ${course(({ megabytes }) => megabytes.toFixed(1))} MB; ${after.workers} workers, ${messages.length} complaints`); // prettier-ignore
	expect(messages).toEqual([]);
	expect(after.kilobytes - before.kilobytes).toBeLessThan(MOST_KB_MORE);
	expect(after.nodes - before.nodes).toBeLessThan(MOST_NODES_MORE);
	expect(after.workers).toBeLessThanOrEqual(before.workers + 1);
});
