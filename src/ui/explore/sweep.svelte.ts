import { canonicalJson, sha256Hex } from '#programs/hash.ts';
import { valueAt, type Config } from '#programs/levers.ts';
import type { SweepAxis } from '#programs/sweep/axis.ts';
import { bindingTrials, type BindingTrial } from '#programs/sweep/binding-trials.ts';
import { differ, pointOf, type PointResult } from '#programs/sweep/run-point.ts';
import type { Answer } from '#workers/protocol.ts';
import { crossing, type Runner } from '#workers/runner.ts';
import { headlineOf, type Workbench } from '../workbench.svelte.ts';
import type { PointStore } from './point-store.ts';
import { runPoints, type PointJob, type PointWorker, type RunPoint } from './run-points.ts';
import { firstSetup, planSweep, type SweepPlan, type SweepSetup } from './sweep-setup.ts';

/** What holds a lever without effect back, as far as runs could tell. */
export type Binding =
	/** the lever counts once this trial's setting is made */
	| { readonly kind: 'setting'; readonly trial: BindingTrial; readonly runCount: number }
	/** it counts from these values on */
	| { readonly kind: 'range'; readonly below: number | null; readonly above: number | null; readonly runCount: number } // prettier-ignore
	/** nothing tried makes it count */
	| { readonly kind: 'nothing'; readonly runCount: number };

/** Results are shown this often while they come in. */
const SHOW_EVERY_MS = 120;
/** Keys made between two breaths of the page. */
const KEYS_AT_ONCE = 40;
/** The page's second worker among them; each holds the scenario. */
const MOST_WORKERS = 4;

/**
 * The sweep of a workbench: what was asked for, its finished points, and the runs under way. It outlives the screen:
 * it goes on while another one is shown. Every finished point is kept under all that it depends on, so no point is
 * computed twice, in this visit or a later one.
 */
export class Sweep {
	setup = $state.raw<SweepSetup | null>(null);
	plan = $state.raw<SweepPlan | null>(null);
	phase = $state<'idle' | 'preparing' | 'running' | 'paused' | 'done'>('idle');
	/** runs of the plan that are not finished */
	left = $state(0);
	total = $state(0);
	trouble = $state('');
	/** storage takes no more points: they last until the page is closed */
	isNotKept = $state(false);
	/** grows with the results; what reads them reads this first */
	revision = $state(0);
	/** by path of an idle lever */
	bindings = $state.raw<ReadonlyMap<string, Binding>>(new Map());
	/** path of the lever whose binding is looked for */
	searching = $state('');

	readonly #workbench: Workbench;
	readonly #store: PointStore;
	readonly #engine: string;
	readonly #results = new Map<string, PointResult>();
	#keys = new Map<Config, string>();
	#abort: AbortController | null = null;
	/** workers of its own, with the opening of each */
	#aside: { readonly runner: Runner; readonly opened: Promise<Answer<unknown>>; isOpen: boolean }[] = [];
	#running: Promise<unknown> = Promise.resolve();
	#openedFor = '';
	#turn = 0;
	#showTimer: ReturnType<typeof setTimeout> | undefined;

	/** `engine` is the version that results depend on. */
	constructor(workbench: Workbench, store: PointStore, engine: string) {
		this.#workbench = workbench;
		this.#store = store;
		this.#engine = engine;
	}

	/** Takes up the sweep of the open scenario: the last one of this lab with its finished points, or a first one. */
	async open(): Promise<void> {
		const { program, scenario, scenarioKey, levers, report } = this.#workbench;
		if (!program || !scenario || !report || this.#openedFor === this.#scope()) return;
		this.#stop();
		this.#openedFor = this.#scope();
		const turn = ++this.#turn;
		this.plan = null;
		this.phase = 'idle';
		this.trouble = '';
		this.bindings = new Map();
		const setup = firstSetup(levers, headlineOf(report.metrics), this.#seedPath() !== null);
		this.setup = setup;
		const kept = await this.#store.loadSweep(program.id);
		if (turn !== this.#turn || !kept || kept.scenario !== scenarioKey) return;
		const isKnown = (path: string) => path === '' || levers.some((lever) => lever.path === path);
		if (![kept.setup.first, kept.setup.second, ...kept.setup.many].every(isKnown)) return;
		this.setup = { ...setup, ...kept.setup };
		await this.#prepare(kept.base);
	}

	/** Plans the sweep from `base`, and shows the points of it that are finished. */
	async #prepare(base: Config): Promise<boolean> {
		const { setup } = this;
		if (!setup) return false;
		this.#abort?.abort();
		const turn = ++this.#turn;
		this.phase = 'preparing';
		const { levers, live } = this.#workbench;
		const plan = planSweep(setup, levers, base, live, this.#seedPath());
		const keys = new Map<Config, string>();
		const configs = [...plan.production, ...plan.points.flatMap(({ runs }) => runs)];
		const productions = new Set(plan.production);
		for (const [i, config] of configs.entries()) {
			if (i % KEYS_AT_ONCE === KEYS_AT_ONCE - 1) await new Promise((resolve) => setTimeout(resolve));
			keys.set(config, this.#keyOf(config, productions.has(config)));
		}
		const missing = [...new Set(keys.values())].filter((key) => !this.#results.has(key));
		const found = await this.#store.load(missing);
		if (turn !== this.#turn) return false;
		for (const [key, result] of found) this.#results.set(key, result);
		this.#takeShown();
		this.#keys = keys;
		this.plan = plan;
		this.bindings = new Map();
		this.#count();
		this.phase = this.left === 0 ? 'done' : 'paused';
		this.revision++;
		return true;
	}

	/** Runs the sweep that is set up, from the draft. Finished points are not run again. */
	async run(): Promise<void> {
		const { scenarioKey, program, draft } = this.#workbench;
		if (!this.setup || !program || !(await this.#prepare(draft))) return;
		void this.#store.saveSweep(program.id, { setup: this.setup, base: draft, scenario: scenarioKey });
		void this.#store.prune(this.#prefix());
		await this.resume();
	}

	/** Goes on where it was paused, or where a reload ended it. */
	async resume(): Promise<void> {
		const { plan } = this;
		if (!plan) return;
		const abort = new AbortController();
		this.#abort = abort;
		this.phase = 'running';
		this.trouble = '';
		// what was under way when it was paused is finished first, so that nothing runs twice
		await this.#running;
		if (abort.signal.aborted) return;
		const running = runPoints(this.#jobs(plan), this.#withStarter(this.#workers()), this.#take, abort.signal);
		this.#running = running;
		const issues = await running;
		if (abort.signal.aborted || this.plan !== plan) return;
		this.#show();
		this.trouble = issues.map(({ message }) => message).join('; ');
		this.phase = this.left === 0 ? 'done' : 'paused';
	}

	/** Lets the runs under way finish, and starts no other. */
	pause(): void {
		this.#abort?.abort();
		if (this.phase === 'running') this.phase = 'paused';
	}

	/** Ends the sweep and clears it off the screen; finished points stay kept. */
	cancel(): void {
		this.#stop();
		this.#turn++;
		this.plan = null;
		this.phase = 'idle';
	}

	change(part: Partial<SweepSetup>): void {
		if (this.setup) this.setup = { ...this.setup, ...part };
	}

	/** Results of the runs of a point that are finished, by seed; undefined where one is not. */
	resultsOf(runs: readonly Config[]): (PointResult | undefined)[] {
		// what is read has to be read anew when results come in
		void this.revision;
		return runs.map((config) => this.#results.get(this.#keys.get(config) ?? ''));
	}

	/** Finds out by re-runs what holds a lever back that changed nothing, and keeps the answer. */
	async findBinding(axis: SweepAxis): Promise<void> {
		const { plan } = this;
		if (!plan || this.bindings.has(axis.path)) return;
		this.searching = axis.path;
		const workers = this.#workers().filter((_, w) => w === 0 || this.#aside[w - 1].isOpen);
		let runCount = 0;
		let binding: Binding | null = null;
		// a sampled design sets every lever, and so stands where the lever was found idle
		const base = plan.points[0]?.config ?? plan.base;
		const trials = bindingTrials(this.#workbench.levers, base, axis);
		const test = async (trial: BindingTrial, { run }: PointWorker): Promise<boolean> => {
			const results: PointResult[] = [];
			for (const config of trial.configs) {
				const answer = await run({ key: '', config, isBase: false });
				runCount++;
				if (answer.ok && answer.value.refused === '') results.push(answer.value);
			}
			return results.some((result) => differ(result, results[0]));
		};
		for (let i = 0; i < trials.length && !binding; i += workers.length) {
			const some = trials.slice(i, i + workers.length);
			const isBinding = await Promise.all(some.map((trial, w) => test(trial, workers[w])));
			if (this.plan !== plan) break;
			const found = isBinding.indexOf(true);
			if (found >= 0) binding = { kind: 'setting', trial: some[found], runCount };
		}
		if (!binding && axis.isStretch && this.plan === plan) {
			const answer = await this.#workbench.ask((api) =>
				api.firstEffect(
					base,
					axis.path,
					crossing(() => undefined),
				),
			);
			if (answer.ok && (answer.value.below !== null || answer.value.above !== null)) {
				const { below, above } = answer.value;
				binding = { kind: 'range', below, above, runCount: runCount + answer.value.runCount };
			}
		}
		if (this.plan !== plan) return;
		this.bindings = new Map([...this.bindings, [axis.path, binding ?? { kind: 'nothing', runCount }]]);
		this.searching = '';
	}

	/** Ends what is under way and the workers of its own. */
	#stop(): void {
		this.#abort?.abort();
		for (const { runner } of this.#aside) runner.close();
		this.#aside = [];
		this.searching = '';
	}

	/** The runs left, in groups that share what is dear: a row of a sweep of two, else as they come. */
	#jobs({ points, production, axes }: SweepPlan): PointJob[][] {
		const groups: PointJob[][] = [];
		const seen = new Set<string>();
		const add = (config: Config, isBase: boolean, group: PointJob[]) => {
			const key = this.#keys.get(config) ?? '';
			if (this.#results.has(key) || seen.has(key)) return;
			seen.add(key);
			group.push({ key, config, isBase });
		};
		const first: PointJob[] = [];
		for (const config of production) add(config, true, first);
		groups.push(first);
		// all points on one seed, then on the next: a rough picture comes first
		for (let s = 0; s < production.length; s++) {
			let row: readonly unknown[] = [];
			for (const { values, runs } of points) {
				if (groups.length === 1 || axes.length !== 2 || !isSameRow(row, values)) groups.push([]);
				row = values;
				add(runs[s], false, groups[groups.length - 1]);
			}
		}
		return groups.filter((group) => group.length > 0);
	}

	/** The second worker of the page, and one more for each further core, opened on first use. */
	#workers(): PointWorker[] {
		const count = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency) - 1);
		while (this.#aside.length < count) {
			const runner = this.#workbench.makeRunner();
			const aside = { runner, opened: this.#workbench.openAside(runner), isOpen: false };
			void aside.opened.then(({ ok }) => (aside.isOpen = ok));
			this.#aside.push(aside);
		}
		return [
			{ run: this.#guarded(({ config, isBase }) => this.#workbench.ask((api) => api.point(config, isBase))) },
			...this.#aside.map(({ runner, opened }) => ({
				ready: opened,
				run: this.#guarded(async ({ config, isBase }) => {
					const answer = await opened;
					return answer.ok ? runner.call((api) => api.point(config, isBase)) : answer;
				}),
			})),
		];
	}

	/** With the worker that runs the draft, which is warm: it helps until another has given a point or the draft is run. */
	#withStarter(workers: readonly PointWorker[]): PointWorker[] {
		let isUnderWay = false;
		const others = workers.map((worker) => ({
			...worker,
			run: async (job: PointJob) => {
				const answer = await worker.run(job);
				isUnderWay = true;
				return answer;
			},
		}));
		const starter = {
			run: this.#guarded(({ config, isBase }) => this.#workbench.pointBetweenRuns(config, isBase)),
			isBusy: () => isUnderWay || this.#workbench.run.phase !== 'idle',
		};
		return [starter, ...others];
	}

	/** Another scenario may be opened meanwhile: what runs on it is no point of this sweep. */
	#guarded(run: RunPoint): RunPoint {
		const scope = this.#openedFor;
		const other: Answer<PointResult> = { ok: false, issues: [{ at: 'sweep', message: 'the data changed; run the sweep again', code: 'sweep.data' }] }; // prettier-ignore
		return async (job) => {
			if (this.#scope() !== scope) return other;
			const answer = await run(job);
			return this.#scope() === scope ? answer : other;
		};
	}

	/** Production and the draft as they are on screen are points that are finished. */
	#takeShown(): void {
		const { production, live, result, draft, isCurrent } = this.#workbench;
		if (production) this.#results.set(this.#keyOf(live, true), pointOf(production.report));
		if (result && isCurrent) this.#results.set(this.#keyOf(draft, false), pointOf(result.report));
	}

	readonly #take = ({ key }: PointJob, result: PointResult): void => {
		this.#results.set(key, result);
		void this.#store.save(key, result).then((isKept) => (this.isNotKept ||= !isKept));
		this.#showTimer ??= setTimeout(() => this.#show(), SHOW_EVERY_MS);
	};

	#show(): void {
		clearTimeout(this.#showTimer);
		this.#showTimer = undefined;
		this.#count();
		this.revision++;
	}

	#count(): void {
		const keys = new Set(this.#keys.values());
		this.total = keys.size;
		this.left = [...keys].filter((key) => !this.#results.has(key)).length;
	}

	#seedPath(): string | null {
		return this.#workbench.program?.levers.find(({ unit }) => unit === 'seed')?.path ?? null;
	}

	/** The data a sweep is of. */
	#scope(): string {
		const { scenarioKey, scenario, edits } = this.#workbench;
		return `${scenarioKey} ${scenario?.digest ?? ''} ${JSON.stringify(edits)}`;
	}

	#prefix(): string {
		return `${this.#workbench.scenario?.digest ?? ''}.${this.#engine}.`;
	}

	/** Dataset digest, engine version, what-if changes, seed, and the digest of the whole configuration. */
	#keyOf(config: Config, isBase: boolean): string {
		const { edits } = this.#workbench;
		const changes = isBase || edits.length === 0 ? 'data' : sha256Hex(JSON.stringify(edits));
		const path = this.#seedPath();
		const seed = path === null ? 0 : Number(valueAt(config, path) ?? 0);
		return `${this.#prefix()}${changes}.${seed}.${sha256Hex(canonicalJson(config))}`;
	}
}

function isSameRow(a: readonly unknown[], b: readonly unknown[]): boolean {
	return a.length === 2 && (Object.is(a[0], b[0]) || Object.is(a[1], b[1]));
}
