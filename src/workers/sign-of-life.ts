/** What a worker tells the page once: the name of the lock that it holds for as long as it lives. */
interface SignOfLife {
	readonly livesWhileHeld: string;
}

/**
 * In a worker: takes a lock of its own, never lets it go, and tells the page its name. Without Web Locks nothing
 * happens, and the deadlines of calls are what is left.
 */
export function showLife(): void {
	if (!('locks' in navigator)) return;
	const name = `dropbench-worker-${crypto.randomUUID()}`;
	const hold = () => {
		self.postMessage({ livesWhileHeld: name } satisfies SignOfLife);
		return new Promise<never>(() => undefined);
	};
	navigator.locks.request(name, hold).catch(() => undefined);
}

/**
 * In the page: calls `tell` once the worker is no more, however silently it ended; also after `terminate`. The page
 * waits in line for the worker's lock, which the browser hands on at that moment: a worker that is only busy keeps it.
 */
export function hearDeath(worker: Worker, tell: () => void): void {
	const wait = ({ data }: MessageEvent<unknown>) => {
		if (!isSignOfLife(data)) return;
		worker.removeEventListener('message', wait);
		navigator.locks.request(data.livesWhileHeld, tell).catch(() => undefined);
	};
	worker.addEventListener('message', wait);
}

function isSignOfLife(data: unknown): data is SignOfLife {
	return (
		typeof data === 'object' &&
		data !== null &&
		'livesWhileHeld' in data &&
		typeof data.livesWhileHeld === 'string'
	);
}
