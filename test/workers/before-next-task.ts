/**
 * What a promise gives that is settled without waiting for anything: no answer of a worker, no timer. Unlike a bound
 * in milliseconds, this holds on a machine of any speed. Rejects where it is not settled by then.
 */
export function beforeNextTask<T>(promise: Promise<T>): Promise<T> {
	const { port1, port2 } = new MessageChannel();
	return Promise.race([
		promise,
		new Promise<never>((_, reject) => {
			port1.onmessage = () => reject(new Error('not settled before the next task'));
			port2.postMessage(null);
		}),
	]).finally(() => port1.close());
}
