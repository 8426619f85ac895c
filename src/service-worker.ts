import { build, files, prerendered, version } from '$service-worker';

/** The part of a service worker's own scope used here; the page's library of types has none of it. */
interface Scope {
	readonly location: Location;
	readonly clients: { claim(): Promise<void> };
	skipWaiting(): Promise<void>;
	addEventListener(kind: 'install' | 'activate', act: (event: { waitUntil(done: Promise<unknown>): void }) => void): void; // prettier-ignore
	addEventListener(kind: 'fetch', act: (event: { readonly request: Request; respondWith(response: Promise<Response>): void }) => void): void; // prettier-ignore
}

const scope = self as unknown as Scope;
const CACHE = `dropbench-${version}`;
/** Is its name hashed, in this release or another? What is kept under such a name never changes. */
const isHashed = (pathname: string) => build.includes(pathname) || pathname.includes('/_app/immutable/');

const isolation = {
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Embedder-Policy': 'require-corp',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'X-Content-Type-Options': 'nosniff',
};
/** A page's policy does not bind a worker loaded from an address: its script must bring its own. */
const scriptPolicy =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

scope.addEventListener('install', (event) => {
	const keep = async () => {
		const cache = await caches.open(CACHE);
		await cache.addAll([...build, ...files, ...prerendered]);
		await scope.skipWaiting();
	};
	event.waitUntil(keep());
});

scope.addEventListener('activate', (event) => {
	const tidy = async () => {
		const others = (await caches.keys()).filter((name) => name !== CACHE);
		const previous = others.pop();
		for (const name of others) await caches.delete(name);
		if (previous !== undefined) await keepHashed(previous);
		await scope.clients.claim();
	};
	event.waitUntil(tidy());
});

/** A tab of the release before goes on with its own code and workers, which the host may no longer have. */
async function keepHashed(name: string): Promise<void> {
	const cache = await caches.open(name);
	for (const request of await cache.keys())
		if (!isHashed(new URL(request.url).pathname)) await cache.delete(request);
}

scope.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (origin !== scope.location.origin) return event.respondWith(Promise.resolve(Response.error()));
	if (request.method !== 'GET' || (request.cache === 'only-if-cached' && request.mode !== 'same-origin'))
		return;
	event.respondWith(isHashed(pathname) ? fromCacheFirst(request) : fromNetworkFirst(request));
});

async function fromCacheFirst(request: Request): Promise<Response> {
	const kept = await caches.match(request);
	return withHeaders(kept ?? (await fetch(request)), request);
}

/** Pages and scenarios: the newest while there is a network, the last one seen without. */
async function fromNetworkFirst(request: Request): Promise<Response> {
	try {
		const response = await fetch(request);
		if (response.ok) await (await caches.open(CACHE)).put(request, response.clone());
		return withHeaders(response, request);
	} catch (error) {
		const kept = await (await caches.open(CACHE)).match(request, { ignoreSearch: true });
		if (kept) return withHeaders(kept, request);
		throw error;
	}
}

function withHeaders(response: Response, request: Request): Response {
	if (response.status === 0) return response;
	const headers = new Headers(response.headers);
	for (const [name, value] of Object.entries(isolation)) headers.set(name, value);
	if (new URL(request.url).pathname.endsWith('.js')) headers.set('Content-Security-Policy', scriptPolicy);
	return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
