/**
 * Takes every way out of a worker away. A page's content policy does not bind a worker loaded from an address,
 * so this must be the first import of every worker. Bytes that it needs are handed in by the page.
 */
const WAYS_OUT = [
	'fetch',
	'XMLHttpRequest',
	'WebSocket',
	'WebSocketStream',
	'EventSource',
	'WebTransport',
	'RTCPeerConnection',
	'importScripts',
	'Worker',
	'SharedWorker',
	'caches',
];

for (const name of WAYS_OUT) {
	// own and inherited ones alike: a value that cannot be set again hides the getter below it
	Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
}
