import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { postJson } from '../../src/cli/post-json.ts';
import { postMessage } from '../../src/cli/post-message.ts';
import { main } from '../../src/cli/main.ts';
import { makeEffects, runLine } from './make-effects.ts';
import { smallDrop } from './small-drop.ts';

const files = { 'small.json': JSON.stringify({ ...smallDrop, config: { seed: 3 } }) };
const SECRET = 'T000-B000-verysecret';
let server: Server | null = null;

afterEach(() => {
	server?.closeAllConnections();
	server?.close();
	server = null;
});

/** A server on this machine that gives these statuses in turn, the last one for ever; 0 never answers. */
async function serve(statuses: readonly number[], headers: Record<string, string> = {}) {
	const bodies: string[] = [];
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			const status = statuses[Math.min(bodies.length, statuses.length - 1)];
			bodies.push(body);
			if (status > 0) response.writeHead(status, headers).end('ok');
		});
	});
	await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', () => resolve()));
	const { port } = server.address() as AddressInfo;
	return { address: `http://127.0.0.1:${port}/services/${SECRET}`, bodies };
}

/** Posts with real connections and recorded pauses. */
async function post(address: string, timeoutMs = 30_000) {
	const waits: number[] = [];
	const result = await postMessage(address, '{"text":"hi"}', {
		post: (to, body) => postJson(to, body, timeoutMs),
		wait: (ms) => Promise.resolve(void waits.push(ms)),
	});
	return { ...result, waits };
}

describe('postMessage', () => {
	it('posts once where the server takes it', async () => {
		const { address, bodies } = await serve([200]);
		expect(await post(address)).toEqual({ isDone: true, status: 200, tries: 1, waits: [] });
		expect(bodies).toEqual(['{"text":"hi"}']);
	});

	it('tries again with growing pauses after 5xx, and stops at five', async () => {
		const { address, bodies } = await serve([500, 503, 200]);
		expect(await post(address)).toEqual({ isDone: true, status: 200, tries: 3, waits: [500, 1000] });
		expect(bodies).toHaveLength(3);
		expect(await post((await serve([500])).address)).toEqual({ isDone: false, status: 500, tries: 5, waits: [500, 1000, 2000, 4000] }); // prettier-ignore
	});

	it('waits as long as it is asked to, within reason', async () => {
		expect((await post((await serve([429, 200], { 'retry-after': '7' })).address)).waits).toEqual([7000]);
		expect((await post((await serve([429, 200], { 'retry-after': '9999' })).address)).waits).toEqual([
			30_000,
		]);
	});

	it('takes no answer in time as a failure to try again', async () => {
		const { isDone, tries } = await post((await serve([0, 200])).address, 500);
		expect([isDone, tries > 1]).toEqual([true, true]);
		expect(await post('http://127.0.0.1:1/x')).toMatchObject({ isDone: false, status: 0, tries: 5 });
	});

	it('does not repeat what the server refuses, nor follow it elsewhere', async () => {
		expect(await post((await serve([403])).address)).toMatchObject({ isDone: false, status: 403, tries: 1 });
		expect(await post((await serve([302], { location: 'http://127.0.0.1:1/' })).address)).toMatchObject({ status: 302, tries: 1 }); // prettier-ignore
	});
});

describe('dropbench notify', () => {
	it('posts the message of a run and never prints the address', async () => {
		const { address, bodies } = await serve([200]);
		const { effects, written, warnings } = makeEffects({ files });
		const exit = await main(['notify', 'small.json', '--webhook', address], { ...effects, post: postJson });
		expect({ exit, written, warnings }).toEqual({ exit: 0, written: [], warnings: ['posted, 1 try'] });
		const message = JSON.parse(bodies[0]) as { text: string; blocks: unknown[] };
		expect(message.text).toMatch(/^Drop completed: small\. \d+ assignments/);
	});

	it('says that it failed, with exit code 3, without the address', async () => {
		const outcome = await runLine(`notify small.json --webhook https://hooks.example.org/${SECRET}`, {
			files,
		});
		expect(outcome).toMatchObject({ exit: 3, out: '', warnings: ['not posted: no answer, 5 tries'] });
		const refused = await runLine(`notify small.json --webhook https://hooks.example.org/${SECRET}`, { files, post: () => ({ status: 404, retryAfterSeconds: 0 }) }); // prettier-ignore
		expect(refused).toMatchObject({ exit: 3, warnings: ['not posted: status 404, 1 try'] });
	});

	it('refuses addresses that would send it in the clear, without repeating them', async () => {
		for (const address of [`http://example.org/${SECRET}`, SECRET, `ftp://127.0.0.1/${SECRET}`]) {
			const { exit, warnings, out } = await runLine(`notify small.json --webhook ${address}`, { files });
			expect(exit).toBe(2);
			expect(warnings.join() + out).not.toContain(SECRET);
		}
	});

	it('previews the message without posting', async () => {
		const { exit, out } = await runLine('notify small.json --preview', { files });
		expect(exit).toBe(0);
		expect(JSON.parse(out)).toMatchObject({ blocks: [{ type: 'header' }, {}, {}, {}] });
	});

	it('tells of the newest training, without running a Drop', async () => {
		const { address, bodies } = await serve([200]);
		const { effects } = makeEffects({ files });
		const exit = await main(['notify', 'small.json', '--retrained', '--webhook', address], { ...effects, post: postJson }); // prettier-ignore
		expect(exit).toBe(0);
		const message = JSON.parse(bodies[0]) as { text: string };
		expect(message.text).toBe('Recommender retrained: run r1, 2026-03-16T00:00:00Z');
		expect(bodies[0]).toContain('*Users*\\n3');
		const none = { ...smallDrop, tables: { ...smallDrop.tables, recommender_run: [], affinity: [] } };
		const refused = await runLine('notify none.json --retrained --preview', { files: { 'none.json': JSON.stringify(none) } }); // prettier-ignore
		expect(refused).toMatchObject({ exit: 2, out: '' });
		expect(refused.warnings[0]).toContain('recommender_run: missing: no training has completed');
	});

	it('pings that a Drop starts, succeeds or fails, and by when an end must follow', async () => {
		for (const kind of ['start', 'success', 'failure']) {
			const { exit, out } = await runLine(`notify small.json --ping ${kind} --preview`, { files });
			expect(exit).toBe(0);
			expect(JSON.parse(out)).toEqual({ ping: kind, drop: 'small', at: '2026-03-17T15:00:00Z', graceMinutes: 120 }); // prettier-ignore
		}
		const other = await runLine('notify small.json --ping maybe --preview', { files });
		expect(other.warnings).toEqual(['--ping: unknown ping: "maybe"; must be start, success or failure']);
	});
});
