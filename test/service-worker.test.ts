import { afterEach, describe, expect, it, vi } from 'vitest';

const ORIGIN = 'https://drops.example';
const old = { version: '1', build: ['/_app/immutable/old.js'], files: ['/demo.json'], prerendered: ['/'] };
const next = { version: '2', build: ['/_app/immutable/next.js'], files: ['/demo.json'], prerendered: ['/'] };

type Release = typeof old;
type Act = (event: {
	waitUntil(done: Promise<unknown>): void;
	request?: Request;
	respondWith?(response: Promise<Response>): void;
}) => void;

/** A host that serves one release, and a browser's caches that outlive it. */
class World {
	release: Release | null = null;
	readonly kept = new Map<string, Map<string, string>>();

	readonly fetch = (request: Request | string): Promise<Response> => {
		const { pathname } = new URL(typeof request === 'string' ? request : request.url, ORIGIN);
		if (this.release === null) return Promise.reject(new TypeError('no network'));
		const { version, build, files, prerendered } = this.release;
		const isThere = [...build, ...files, ...prerendered].includes(pathname);
		const answer = isThere ? new Response(`${pathname} of ${version}`) : new Response('', { status: 404 });
		return Promise.resolve(answer);
	};

	readonly caches = {
		open: (name: string) => Promise.resolve(this.#cache(name)),
		keys: () => Promise.resolve([...this.kept.keys()]),
		delete: (name: string) => Promise.resolve(this.kept.delete(name)),
		match: async (request: Request) => {
			for (const name of this.kept.keys()) {
				const found = await this.#cache(name).match(request);
				if (found) return found;
			}
			return undefined;
		},
	};

	#cache(name: string) {
		const texts = this.kept.get(name) ?? new Map<string, string>();
		this.kept.set(name, texts);
		const pathOf = ({ url }: Request) => new URL(url).pathname;
		return {
			addAll: async (paths: readonly string[]) => {
				for (const path of paths) texts.set(path, await (await this.fetch(path)).text());
			},
			put: async (request: Request, response: Response) => void texts.set(pathOf(request), await response.text()),
			keys: () => Promise.resolve([...texts.keys()].map((path) => new Request(`${ORIGIN}${path}`))),
			delete: (request: Request) => Promise.resolve(texts.delete(pathOf(request))),
			match: (request: Request) => {
				const text = texts.get(pathOf(request));
				return Promise.resolve(text === undefined ? undefined : new Response(text));
			},
		};
	} // prettier-ignore
}

/** Installs and activates the service worker of a release; gives what it answers to a path. */
async function install(world: World, release: Release): Promise<(path: string) => Promise<string>> {
	const acts = new Map<string, Act>();
	vi.stubGlobal('caches', world.caches);
	vi.stubGlobal('fetch', world.fetch);
	vi.stubGlobal('self', {
		location: new URL(ORIGIN),
		clients: { claim: () => Promise.resolve() },
		skipWaiting: () => Promise.resolve(),
		addEventListener: (kind: string, act: Act) => acts.set(kind, act),
	});
	vi.resetModules();
	vi.doMock('$service-worker', () => release);
	await import('../src/service-worker.ts');
	world.release = release;
	for (const kind of ['install', 'activate']) {
		let done: Promise<unknown> = Promise.resolve();
		acts.get(kind)?.({ waitUntil: (promise) => void (done = promise) });
		await done;
	}
	return async (path) => {
		let answer: Promise<Response> = Promise.reject(new Error('not answered'));
		answer.catch(() => undefined);
		const request = new Request(`${ORIGIN}${path}`);
		acts.get('fetch')?.({
			request,
			respondWith: (response) => void (answer = response),
			waitUntil: () => undefined,
		});
		const response = await answer;
		return response.ok ? response.text() : String(response.status);
	};
}

afterEach(() => {
	vi.unstubAllGlobals();
	vi.doUnmock('$service-worker');
	vi.resetModules();
});

describe('the service worker of a new release', () => {
	it('lets a tab of the release before go on with its own code, which the host no longer has', async () => {
		const world = new World();
		await install(world, old);
		const ask = await install(world, next);
		expect(await ask('/_app/immutable/old.js')).toBe('/_app/immutable/old.js of 1');
		expect(await ask('/_app/immutable/next.js')).toBe('/_app/immutable/next.js of 2');
		expect(await ask('/_app/immutable/never.js')).toBe('404');
	});

	it('gives pages and files of its own release, with and without a network', async () => {
		const world = new World();
		await install(world, old);
		const ask = await install(world, next);
		expect(await ask('/demo.json')).toBe('/demo.json of 2');
		world.release = null;
		expect([await ask('/demo.json'), await ask('/')]).toEqual(['/demo.json of 2', '/ of 2']);
	});

	it('lets go of all releases but the one before', async () => {
		const world = new World();
		for (const version of ['1', '2', '3']) await install(world, { ...old, version, build: [`/_app/immutable/${version}.js`] }); // prettier-ignore
		expect([...world.kept].map(([name, texts]) => [name, [...texts.keys()]])).toEqual([
			['dropbench-2', ['/_app/immutable/2.js']],
			['dropbench-3', ['/_app/immutable/3.js', '/demo.json', '/']],
		]);
	});
});
