import * as Comlink from 'comlink';
import type { Config } from '#programs/levers.ts';
import type {
	Answer,
	Edit,
	OnPreview,
	OnProgress,
	OpenedScenario,
	RunnerApi,
	RunRequest,
	RunResult,
	ScenarioSource,
} from './protocol.ts';
import { hearDeath } from './sign-of-life.ts';

/** Code of the only issue of an answer that was called off by the person who asked. */
export const CANCELLED = 'run.cancelled';
/** Code of the only issue of an answer that newer levers made worthless. */
export const SUPERSEDED = 'run.superseded';

const OPEN_DEADLINE_MS = 120_000;
const CALL_DEADLINE_MS = 300_000;

interface Opened {
	readonly source: ScenarioSource;
	readonly edits: readonly Edit[];
	readonly lender: Lender | null;
}

/** A runner that holds a scenario open, and the digest of that scenario: what it holds may be another by then. */
export interface Lender {
	readonly runner: Runner;
	readonly digest: string;
}

interface Waiting {
	readonly request: RunRequest;
	readonly onProgress: OnProgress;
	readonly onPreview: OnPreview;
	readonly settle: (answer: Answer<RunResult>) => void;
}

/** An awaited call, so that the death of the worker can end it. */
interface Pending {
	readonly fail: (code: string, message: string) => void;
}

/**
 * The page's side of the thread edge, and the only place that calls a worker. Each call ends: with the answer,
 * with the worker's death, at its deadline, or when it is cancelled. A dead or cancelled worker is replaced,
 * and the scenario opened again from the bytes kept here, before the next call.
 */
export class Runner {
	readonly #makeWorker: () => Worker;
	readonly #wasm: Promise<Uint8Array>;
	#worker: Worker | null = null;
	#api: Comlink.Remote<RunnerApi> | null = null;
	#ready: Promise<void> | null = null;
	#opened: Opened | null = null;
	readonly #pending = new Set<Pending>();
	#isRunning = false;
	#waiting: Waiting | null = null;
	readonly #makeHelpers: () => readonly Worker[];
	#helpers: readonly Worker[] = [];

	/**
	 * `wasm` are the bytes of sql.js; they are handed to every worker made. `makeHelpers` makes the workers that large
	 * scenarios are run on besides; they live and die with the worker they help.
	 */
	constructor(
		makeWorker: () => Worker,
		wasm: Promise<Uint8Array>,
		makeHelpers: () => readonly Worker[] = () => [],
	) {
		this.#makeWorker = makeWorker;
		this.#wasm = wasm;
		this.#makeHelpers = makeHelpers;
	}

	/**
	 * Opens a scenario and keeps its bytes. A failure leaves what was open before in place. A `lender` hands it over as it
	 * holds it, worker to worker, which takes a fraction of the time; where it cannot, the source is read.
	 */
	async open(
		source: ScenarioSource,
		edits: readonly Edit[],
		onProgress: OnProgress,
		lender: Lender | null = null,
	): Promise<Answer<OpenedScenario>> {
		const opened = { source, edits, lender };
		const answer = await this.call((api) => this.#openIn(api, opened, onProgress), OPEN_DEADLINE_MS);
		if (answer.ok) this.#opened = opened;
		return answer;
	}

	async #openIn(
		api: Comlink.Remote<RunnerApi>,
		{ source, edits, lender }: Opened,
		onProgress: OnProgress,
	): Promise<Answer<OpenedScenario>> {
		const from = (lender && (await lender.runner.#lend(lender.digest))) ?? transferred(source);
		const answer = await api.open(from, edits, Comlink.proxy(onProgress));
		if (answer.ok && answer.value.isLarge) await this.#help(api);
		return answer;
	}

	/** What it holds, on its way in a channel; null where that is no scenario of this digest. */
	async #lend(digest: string): Promise<ScenarioSource | null> {
		const { port1, port2 } = new MessageChannel();
		const lent = await this.call((api) => api.lend(Comlink.transfer(port1, [port1])), OPEN_DEADLINE_MS);
		if (lent.ok && lent.value === digest) return Comlink.transfer({ kind: 'lent', port: port2 }, [port2]);
		port2.close();
		return null;
	}

	/**
	 * Runs a configuration. While a run is under way the newest request waits, and an older waiting one is
	 * answered with `SUPERSEDED`: any number of calls during a run become one run after it.
	 */
	run(
		request: RunRequest,
		onProgress: OnProgress,
		onPreview: OnPreview = () => undefined,
	): Promise<Answer<RunResult>> {
		return new Promise((settle) => {
			this.#waiting?.settle(failure(SUPERSEDED, 'newer settings came before this run began'));
			this.#waiting = { request, onProgress, onPreview, settle };
			if (!this.#isRunning) void this.#runWaiting();
		});
	}

	async #runWaiting(): Promise<void> {
		this.#isRunning = true;
		while (this.#waiting) {
			const { request, onProgress, onPreview, settle } = this.#waiting;
			this.#waiting = null;
			const ask = (api: Comlink.Remote<RunnerApi>) =>
				api.run(request, Comlink.proxy(onProgress), Comlink.proxy(onPreview));
			settle(await this.call(ask, CALL_DEADLINE_MS));
		}
		this.#isRunning = false;
	}

	/** Reads a configuration document with the program's schema. */
	readConfig(
		program: string,
		text: string,
	): Promise<Answer<{ config: Config; notices: readonly { code: string; message: string }[] }>> {
		// prettier-ignore
		return this.call((api) => api.readConfig(program, text));
	}

	/** Any other call. The scenario opened last is open in the worker by the time `ask` is called. */
	async call<T>(
		ask: (api: Comlink.Remote<RunnerApi>) => Promise<Answer<T>>,
		deadlineMs = CALL_DEADLINE_MS,
	): Promise<Answer<T>> {
		return this.#race(async () => ask(await this.#start()), deadlineMs);
	}

	/** Calls off everything under way, within a frame: the worker is ended and a new one made on demand. */
	cancel(): void {
		this.#waiting?.settle(failure(CANCELLED, 'cancelled'));
		this.#waiting = null;
		this.#end(CANCELLED, 'cancelled');
	}

	/** Ends the worker for good. */
	close(): void {
		this.#opened = null;
		this.cancel();
	}

	#race<T>(ask: () => Promise<Answer<T>>, deadlineMs: number): Promise<Answer<T>> {
		return new Promise((settle) => {
			const pending: Pending = { fail: (code, message) => finish(failure(code, message)) };
			const timer = setTimeout(() => {
				this.#end('worker.deadline', `no answer within ${Math.round(deadlineMs / 1000)} s; it was stopped`);
			}, deadlineMs);
			const finish = (answer: Answer<T>) => {
				clearTimeout(timer);
				this.#pending.delete(pending);
				settle(answer);
			};
			this.#pending.add(pending);
			ask().then(finish, (error: unknown) => {
				// what a worker throws is a bug or a trap: it is never used again
				const message = error instanceof Error ? error.message : String(error);
				finish(failure('worker.failed', message));
				this.#end('worker.failed', message);
			});
		});
	}

	/** The worker's functions, once it is up and holds the scenario opened last. */
	async #start(): Promise<Comlink.Remote<RunnerApi>> {
		if (!this.#api || !this.#ready) {
			const worker = this.#makeWorker();
			this.#watch(worker, () => this.#worker === worker);
			this.#worker = worker;
			this.#api = Comlink.wrap<RunnerApi>(worker);
			this.#ready = this.#prepare(this.#api);
		}
		const api = this.#api;
		await this.#ready;
		return api;
	}

	async #prepare(api: Comlink.Remote<RunnerApi>): Promise<void> {
		const wasm = (await this.#wasm).slice();
		await api.start(Comlink.transfer(wasm, [wasm.buffer]));
		if (this.#opened) await this.#openIn(api, this.#opened, () => undefined);
	}

	/** Makes the helpers, unless they are there, and joins each to the worker by a channel of its own. */
	async #help(api: Comlink.Remote<RunnerApi>): Promise<void> {
		if (this.#helpers.length > 0 || this.#api !== api) return;
		const helpers = this.#makeHelpers();
		if (helpers.length === 0) return;
		this.#helpers = helpers;
		const ports = helpers.map((helper) => {
			this.#watch(helper, () => this.#helpers.includes(helper));
			const { port1, port2 } = new MessageChannel();
			helper.postMessage(port1, [port1]);
			return port2;
		});
		await api.join(Comlink.transfer(ports, ports));
	}

	/** The death of one of them is the end of all: what was under way fails at once, and the next call starts anew. */
	#watch(worker: Worker, isOurs: () => boolean): void {
		const die = (message: string) => {
			if (isOurs()) this.#end('worker.failed', message);
		};
		worker.addEventListener('error', (event) => die(event.message || 'the worker could not be started'));
		worker.addEventListener('messageerror', () => die('a message could not be read'));
		hearDeath(worker, () =>
			die('the worker that computes ended without a word; try again, a new one takes over'),
		);
	}

	#end(code: string, message: string): void {
		for (const worker of [this.#worker, ...this.#helpers]) worker?.terminate();
		this.#helpers = [];
		this.#worker = null;
		this.#api = null;
		this.#ready = null;
		for (const pending of [...this.#pending]) pending.fail(code, message);
	}
}

function failure(
	code: string,
	message: string,
): { readonly ok: false; readonly issues: { at: string; message: string; code: string }[] } {
	// prettier-ignore
	return { ok: false, issues: [{ at: 'run', message, code }] };
}

/** A callback that a worker may call: functions do not cross by themselves. */
export function crossing(onProgress: OnProgress): OnProgress & Comlink.ProxyMarked {
	return Comlink.proxy(onProgress);
}

/** A callback for who does not follow progress: made here, so that a worker that keeps it keeps no component. */
export function unheard(): OnProgress & Comlink.ProxyMarked {
	return Comlink.proxy(() => undefined);
}

/**
 * A source whose bytes are handed over to the worker: copies of those kept here, in one move each, which takes a
 * fraction of the time of a structured clone. To be made anew for each call.
 */
export function transferred(source: ScenarioSource): ScenarioSource {
	if (source.kind !== 'files') return source;
	const files = source.files.map(({ name, bytes }) => ({ name, bytes: bytes.slice() }));
	return Comlink.transfer(
		{ ...source, files },
		files.map(({ bytes }) => bytes.buffer),
	);
}

/** A worker that runs programs. */
export function makeRunnerWorker(): Worker {
	return new Worker(new URL('./runner.worker.ts', import.meta.url), { type: 'module', name: 'runner' });
}

/** Most threads that a run is spread over: past it, the cities of a component that wait for each other set the pace. */
const MOST_THREADS = 8;

/** Helpers for large scenarios, one for each core but the runner's own. */
export function makeHelperWorkers(cores = navigator.hardwareConcurrency): readonly Worker[] {
	const count = Math.max(0, Math.min(MOST_THREADS, cores || 1) - 1);
	return Array.from(
		{ length: count },
		() => new Worker(new URL('./helper.worker.ts', import.meta.url), { type: 'module', name: 'helper' }),
	);
}
