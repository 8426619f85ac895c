import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { rolldown } from 'rolldown';
import { chromiumLaunch } from '../../chromium.ts';
import type { CityTimes } from './instances/city-worker.ts';

/** The same runs as `drop` and the matchings of one large city, in a worker of Chromium. */

const root = fileURLToPath(new URL('../../../', import.meta.url));

async function bundle(name: string): Promise<string> {
	const built = await rolldown({
		input: `${root}test/bench/instances/${name}.ts`,
		cwd: root,
		platform: 'browser',
	});
	const { output } = await built.generate({ format: 'iife' });
	await built.close();
	return output[0].code;
}

const browser = await chromium.launch(chromiumLaunch);
console.log(`Chromium ${browser.version()}`);
const page = await browser.newPage();
page.on('console', (message) => console.log(message.text()));

/** What a worker of this code answers a message with; texts before it are printed. */
function ask(code: string, message: unknown): Promise<unknown> {
	return page.evaluate(
		([text, sent]) =>
			new Promise<unknown>((done, fail) => {
				const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
				worker.onerror = (event) => fail(new Error(event.message));
				worker.onmessage = (event: MessageEvent<unknown>) => {
					if (typeof event.data === 'string') return console.log(event.data);
					worker.terminate();
					done(event.data);
				};
				worker.postMessage(sent);
			}),
		[code, message] as const,
	);
}

const city = (await ask(await bundle('city-worker'), null)) as CityTimes;
const rows = [
	{ what: 'optimal', ms: city.optimal, most: 1000 },
	{ what: 'stable', ms: city.stable, most: 200 },
	{ what: 'score, cutoff, stable and growth fill after new weights', ms: city.stages, most: 300 },
];
console.log('row one city of 100 000 × 200 in a worker');
for (const { what, ms, most } of rows)
	console.log(`4   ${what.padEnd(60)}${ms.toFixed(0).padStart(6)} ms   < ${most} ms`);
const dropWorker = await bundle('drop-worker');
for (const name of ['three-cities', 'national']) {
	const recipe = JSON.parse(readFileSync(`${root}scenarios/drop/${name}/scenario.json`, 'utf8')) as unknown;
	await ask(dropWorker, { name, recipe });
}
await browser.close();
