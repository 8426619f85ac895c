import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { rolldown } from 'rolldown';
import { chromiumLaunch } from '../../chromium.ts';

/** The same runs as `offer`, in a worker of Chromium. */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const bundle = await rolldown({
	input: `${root}test/bench/instances/offer-worker.ts`,
	cwd: root,
	platform: 'browser',
});
const { output } = await bundle.generate({ format: 'iife' });
await bundle.close();

const browser = await chromium.launch(chromiumLaunch);
console.log(`Chromium ${browser.version()}`);
const page = await browser.newPage();
page.on('console', (message) => console.log(message.text()));
await page.evaluate(
	(code) =>
		new Promise<void>((done, fail) => {
			const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
			worker.onerror = (event) => fail(new Error(event.message));
			worker.onmessage = (event: MessageEvent<string | null>) => {
				if (event.data !== null) return console.log(event.data);
				worker.terminate();
				done();
			};
			worker.postMessage(null);
		}),
	output[0].code,
);
await browser.close();
