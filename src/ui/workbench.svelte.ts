import type { Approval } from '#programs/bundle/bundle-schema.ts';
import type { Config } from '#programs/levers.ts';
import { valueAt, withValue } from '#programs/levers.ts';
import type { StoredForecast } from '#programs/forecast-ledger.ts';
import type { Issue } from '#programs/input-error.ts';
import type { Preset, SavedQuery } from '#programs/program.ts';
import type { PointResult } from '#programs/sweep/run-point.ts';
import type { Explanation, GroupPreview, Metric } from '#programs/report.ts';
import type { Answer, Edit, EffectRange, OpenedScenario, ProgramInfo, RunResult, ScenarioSource } from '#workers/protocol.ts'; // prettier-ignore
import { CANCELLED, crossing, SUPERSEDED, type Runner } from '#workers/runner.ts';
import { formatSetting, formatValue } from './format.ts';
import {
	differencesBetween,
	effectiveValue,
	leverName,
	leversAt,
	storedValue,
	type LeverAt,
} from './lever-list.ts';
import type { LibraryEntry } from './scenario-library.ts';
import { applyShared, sharedState, withPlace, type SharedState, type View } from './share-link.ts';
import {
	WORK_FORMAT,
	type LabWork,
	type LedgerRecord,
	type PlannedRound,
	type SaveFailure,
	type Snapshot,
	type Step,
	type Variant,
	type Work,
	type WorkStore,
} from './work-store.ts';

/** Steps that can be undone. */
export const MOST_STEPS = 100;
/** Forecasts kept: a year of weekly exports. */
const MOST_FORECASTS = 60;
/** What the keys of all that recipes made begin with. */
const MADE = 'made/';
const SAVE_AFTER_MS = 800;
const SLOW_MS = 300;
/** The first result is on screen by then, and its drawing is not slowed down. */
const WARM_AFTER_MS = 250;

/** What runs now, for the top bar. */
export interface RunState {
	readonly phase: 'idle' | 'opening' | 'running';
	readonly stage: string;
	readonly done: number;
	/** it has taken long enough to be worth showing */
	readonly isSlow: boolean;
}

/** What a workbench needs from outside; tests pass their own. */
export interface WorkbenchParts {
	/** runs the draft */
	readonly runner: Runner;
	/** answers questions meanwhile, so that no run waits for one */
	readonly scout: Runner;
	readonly store: WorkStore;
	listShipped(): Promise<readonly LibraryEntry[]>;
	fetchShipped(entry: LibraryEntry): Promise<ScenarioSource>;
	/** a worker of one's own, for what must not disturb the others; close it after use */
	makeRunner(): Runner;
	/** of the app: what another version generated is not used again */
	readonly version: string;
}

/** What Compare shows, by id of candidate. */
export interface Compared {
	readonly shown: readonly string[];
	/** the one held against production */
	readonly picked: string;
}

const IDLE: RunState = { phase: 'idle', stage: '', done: 0, isSlow: false };

/**
 * An open scenario, the draft on it, and what came of running both. Everything that a screen shows hangs here;
 * screens pass parts of it down as props. Work is saved within a second of a change and before every run.
 */
export class Workbench {
	programs = $state.raw<readonly ProgramInfo[]>([]);
	library = $state.raw<readonly LibraryEntry[]>([]);
	scenario = $state.raw<OpenedScenario | null>(null);
	scenarioKey = $state('');
	edits = $state.raw<readonly Edit[]>([]);
	draft = $state.raw<Config>({});
	/** the run of production, for every comparison */
	production = $state.raw<RunResult | null>(null);
	/** the last finished run of a draft */
	result = $state.raw<RunResult | null>(null);
	/** the member that the moved lever is for, while the whole run is under way */
	preview = $state.raw<GroupPreview | null>(null);
	run = $state.raw<RunState>(IDLE);
	/** what is wrong with the last input, cleared by the next that works */
	issues = $state.raw<readonly Issue[]>([]);
	past = $state.raw<readonly Step[]>([]);
	future = $state.raw<readonly Step[]>([]);
	variants = $state.raw<readonly Variant[]>([]);
	queries = $state.raw<readonly SavedQuery[]>([]);
	/** every tick of the checklist, void ones too */
	approvals = $state.raw<readonly Approval[]>([]);
	/** production's configuration as handed in on Deploy; null while it is that of the scenario */
	liveNow = $state.raw<Config | null>(null);
	rounds = $state.raw<readonly PlannedRound[]>([]);
	/** fields of an opened export that this version does not know; they go into the next one */
	exportExtras = $state.raw<Readonly<Record<string, unknown>>>({});
	/** what exports of this lab foretold, oldest first */
	forecasts = $state.raw<readonly StoredForecast[]>([]);
	/** how past forecasts scored when last asked */
	ledgerRecord = $state.raw<LedgerRecord | null>(null);
	/** when a scenario of this lab was last downloaded, by its key */
	downloads = $state.raw<Readonly<Record<string, string>>>({});
	/** another tab writes */
	isReadOnly = $state(false);
	saveFailure = $state<SaveFailure | null>(null);
	/** the work saved last could not be read, and the revision before it was opened */
	isOlderWork = $state(false);
	/** a link asked for data that is not here */
	missing = $state.raw<SharedState | null>(null);
	/** for a change without effect: where the lever starts to matter */
	effectRange = $state.raw<{ lever: LeverAt; range: EffectRange } | null>(null);
	/** for a change without effect: what binds instead, as re-runs confirmed; null until that is known */
	binding = $state.raw<{ lever: LeverAt; sentence: string } | null>(null);
	/** presets and variants that Compare shows beside the draft, by id of candidate, and which one it looks at */
	compared = $state.raw<Compared>({ shown: [], picked: 'draft' });
	/** the screen of the last visit */
	path = $state('/');
	/** what is narrowed on screen; goes into links. Names of a screen's own begin with its path and a dot */
	view = $state.raw<View>({});
	/** said politely by the live region */
	announcement = $state('');

	/** settings of the last finished run */
	#ranDraft = $state.raw<Config | null>(null);

	program = $derived(this.programs.find(({ id }) => id === this.scenario?.program) ?? null);
	levers = $derived(
		leversAt(this.program?.levers ?? [], this.scenario?.subjects ?? [], this.result?.report.settings),
	);
	live = $derived(this.scenario?.production ?? {});
	differences = $derived(differencesBetween(this.levers, this.live, this.draft));
	isChanged = $derived(this.differences.length > 0 || this.edits.length > 0);
	report = $derived(this.result?.report ?? null);
	plan = $derived(this.result?.plan ?? null);
	/** the result on screen is of these settings */
	isCurrent = $derived(this.run.phase === 'idle' && this.#ranDraft === this.draft);

	readonly #parts: WorkbenchParts;
	#labs: Work['labs'] = {};
	#revision = 0;
	#saveTimer: ReturnType<typeof setTimeout> | undefined;
	#mergeKey = '';
	#lastPath = '';
	#opened: Snapshot | null = null;

	constructor(parts: WorkbenchParts) {
		this.#parts = parts;
	}

	/** Opens what a link names, else the work of last time, else the demo; ends with a result on screen. */
	async start(link: SharedState | null, demo: string): Promise<void> {
		this.run = { ...IDLE, phase: 'opening', stage: 'open' };
		const described = this.#parts.runner.call(async (api) => ({ ok: true, value: await api.describe() }));
		const [shipped, found, mine] = await Promise.all([
			this.#parts.listShipped().catch(() => []),
			this.#parts.store.load(),
			this.#parts.store.listSources(),
		]);
		this.library = [...shipped, ...mine.filter((key) => key.startsWith('mine/')).map(entryOfMine)];
		const loaded = found === 'newer' ? null : found;
		if (found === 'newer') this.saveFailure = 'newer';
		const work = loaded?.work;
		// the data are fetched while the worker starts
		const wanted = link?.scenario ?? (work && this.#currentOf(work)) ?? demo;
		const [programs] = await Promise.all([described, this.#sourceOf(wanted)]);
		if (!this.#accept(programs)) return;
		this.programs = programs.value;
		this.isOlderWork = loaded?.isPrevious ?? false;
		this.#labs = { ...work?.labs };
		this.#revision = work?.revision ?? 0;
		this.path = work?.path ?? '/';

		// a person who opens something meanwhile is not led back to the demo
		const isSettled = async (open: () => Promise<boolean>) => {
			const turn = this.#loadTurn + 1;
			return (await open()) || this.#loadTurn > turn;
		};
		if (link) {
			const entry = this.library.find(({ key }) => key === link.scenario);
			if (!entry) this.missing = link;
			else if (await isSettled(() => this.#openLink(link, 'open a link'))) return;
		}
		const kept = work && this.#labs[work.lab];
		if (kept && (await isSettled(() => this.#restore(kept)))) return;
		const why = this.issues;
		const first = this.library.find(({ key }) => key === demo) ?? this.library[0];
		if (first) await this.openScenario(first.key);
		else this.run = IDLE;
		// why the work of last time is not what is shown
		if (why.length > 0) this.issues = [...why, ...this.issues];
	}

	/** The scenario that was open when this was saved; undefined where its lab is not among it. */
	#currentOf({ lab, labs }: Work): string | undefined {
		return labs[lab]?.current.scenario;
	}

	/** Opens the draft that a file holds, as a link does; false where its scenario is not here, which is then said. */
	async openShared(state: SharedState): Promise<boolean> {
		if (this.isReadOnly) return false;
		if (!this.library.some(({ key }) => key === state.scenario)) {
			this.missing = state;
			return false;
		}
		return this.#openLink(state, 'open a draft from a file');
	}

	/** Opens a scenario with production as the draft; a step that can be undone. */
	async openScenario(key: string): Promise<boolean> {
		const entry = this.library.find((each) => each.key === key);
		if (!(await this.#loadAsStep({ scenario: key, edits: [], draft: {} }, `open ${entry?.title ?? key}`)))
			return false;
		await this.runDraft();
		return true;
	}

	/** Where the data of the open scenario comes from, without what-if changes; null where none is open. */
	openSource(): Promise<ScenarioSource | null> {
		return this.#sourceOf(this.scenarioKey);
	}

	/** How many undo steps, in all labs, go back to a scenario. */
	stepsTo(key: string): number {
		this.#keepLab();
		const steps = Object.values(this.#labs).flatMap(({ past, future }) => [...past, ...future]);
		return steps.filter(({ state }) => state.scenario === key).length;
	}

	/** Switches to a program's lab: its work of last time, else its first scenario. */
	async openLab(program: string): Promise<boolean> {
		this.#keepLab();
		const kept = this.#labs[program];
		const turn = this.#loadTurn + 1;
		if (kept && (await this.#restore(kept))) return true;
		// a person who chose something else meanwhile is not led back
		if (kept && this.#loadTurn > turn) return false;
		const why = kept ? this.issues : [];
		const first = this.library.find((entry) => entry.program === program);
		const isOpen = first ? await this.openScenario(first.key) : false;
		if (why.length > 0) this.issues = [...why, ...this.issues];
		return isOpen;
	}

	/** Takes an imported or generated scenario into the library and opens it. */
	async addScenario(program: string, name: string, source: ScenarioSource): Promise<boolean> {
		// undo steps may still point at a scenario of the same name: it stays
		const isTaken = (tried: string) => this.library.some((entry) => entry.key === tried);
		let key = `mine/${program}/${name}`;
		for (let n = 2; isTaken(key); n++) key = `mine/${program}/${name} (${n})`;
		this.saveFailure = await this.#parts.store.saveSource(key, source);
		this.#sources.set(key, source);
		this.library = [...this.library, entryOfMine(key)];
		return this.openScenario(key);
	}

	/**
	 * Takes a scenario of one's own out of the library, for good, with the undo steps that go back to it: none may
	 * lead to data that is gone. The open one stays.
	 */
	async removeScenario(key: string): Promise<void> {
		if (this.isReadOnly || key === this.scenarioKey) return;
		const without = (steps: readonly Step[]) => steps.filter(({ state }) => state.scenario !== key);
		this.past = without(this.past);
		this.future = without(this.future);
		this.#keepLab();
		const labs = Object.entries(this.#labs).filter(([, lab]) => lab.current.scenario !== key);
		this.#labs = Object.fromEntries(
			labs.map(([id, lab]) => [id, { ...lab, past: without(lab.past), future: without(lab.future) }]),
		);
		this.library = this.library.filter((entry) => entry.key !== key);
		this.#sources.delete(key);
		// no saved step may point at data that is gone: the steps go first
		await this.saveNow();
		this.saveFailure = await this.#parts.store.removeSource(key);
	}

	/**
	 * Sets one lever; undefined takes the setting out. Steps of one drag (same `merge`) are one undo step. `name` is
	 * what the step is called, where the two values would not say it.
	 */
	setLever(lever: LeverAt, value: unknown, merge = '', name = ''): void {
		const was = effectiveValue(this.draft, lever);
		if (Object.is(was, value) || this.isReadOnly) return;
		const { unit } = lever.spec;
		const next = withValue(this.draft, lever.path, storedValue(lever, value));
		const change = `${leverName(lever)} ${formatSetting(was, unit)} → ${formatSetting(effectiveValue(next, lever), unit)}`;
		this.#lastPath = lever.path;
		this.changeDraft(next, name || change, merge === '' ? '' : `${lever.path} ${merge}`);
	}

	/** Replaces the draft as one named step. */
	changeDraft(draft: Config, name: string, merge = ''): void {
		if (this.isReadOnly) return;
		const isMerged = merge !== '' && merge === this.#mergeKey && this.past.length > 0;
		if (isMerged) {
			// the step began where the drag began
			const [last] = this.past.slice(-1);
			const start = last.name.split(' → ')[0];
			this.past = [...this.past.slice(0, -1), { name: `${start} → ${name.split(' → ')[1] ?? ''}`, state: last.state }]; // prettier-ignore
		} else {
			this.#pushStep(name, this.#snapshot());
		}
		this.#mergeKey = merge;
		this.draft = draft;
		this.#changed();
	}

	/** Back to what is live, as one undoable step. */
	resetToProduction(): void {
		this.changeDraft(this.live, 'reset to production');
	}

	/** Applies a preset to production's settings, as one undoable step. */
	applyPreset(preset: Preset): void {
		this.changeDraft(this.presetConfig(preset), `preset: ${preset.title}`);
	}

	/** Production with a preset's changes; `*` stands for each entity that has a value of its own. */
	presetConfig(preset: Preset): Config {
		let config = this.live;
		for (const { path, value } of preset.changes) {
			const isOwn = ({ entity, path: own }: LeverAt) =>
				entity === null || valueAt(this.live, own) !== undefined;
			const targets = this.levers.filter((lever) => lever.spec.path === path && isOwn(lever));
			for (const { path: target } of targets) config = withValue(config, target, value);
		}
		return config;
	}

	/** Keeps the draft under a name, with its headline numbers. */
	saveVariant(name: string): void {
		if (!this.report || this.isReadOnly) return;
		const headline = headlineOf(this.report.metrics).map(({ title, value, unit }) => ({ title, text: formatValue(value, unit) })); // prettier-ignore
		const id = `${this.#revision}-${this.variants.length}-${name}`;
		this.variants = [
			...this.variants,
			{ id, name, config: this.draft, scenario: this.scenarioKey, headline },
		];
		this.#saveSoon();
		this.announcement = `Saved as ${name}`;
	}

	removeVariant(id: string): void {
		this.variants = this.variants.filter((variant) => variant.id !== id);
		this.#saveSoon();
	}

	/** Replaces the planned rounds: one added, edited or deleted. */
	setRounds(rounds: readonly PlannedRound[]): void {
		if (this.isReadOnly) return;
		this.rounds = rounds.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
		this.#saveSoon();
	}

	/** Replaces the ticks of the checklist. */
	setApprovals(approvals: readonly Approval[]): void {
		if (this.isReadOnly) return;
		this.approvals = approvals;
		this.#saveSoon();
	}

	/** Takes production's configuration as it is now; null for that of the scenario. */
	setLiveNow(config: Config | null): void {
		if (this.isReadOnly) return;
		this.liveNow = config;
		this.#saveSoon();
	}

	/** Takes the unknown fields of an export that was opened. */
	setExportExtras(extras: Readonly<Record<string, unknown>>): void {
		if (this.isReadOnly) return;
		this.exportExtras = extras;
		this.#saveSoon();
	}

	/** Keeps what an export foretold, to be scored once its Drop is here; the newest ones, as many as `MOST_FORECASTS`. */
	keepForecast(forecast: StoredForecast): void {
		if (this.isReadOnly) return;
		this.forecasts = [...this.forecasts.filter(({ id }) => id !== forecast.id), forecast].slice(-MOST_FORECASTS); // prettier-ignore
		this.#saveSoon();
	}

	/** Remembers how past forecasts scored. */
	setLedgerRecord(record: LedgerRecord | null): void {
		this.ledgerRecord = record;
		this.#saveSoon();
	}

	/** Remembers that the open scenario was downloaded: what a browser keeps it may also delete. */
	noteDownload(at: string): void {
		this.downloads = { ...this.downloads, [this.scenarioKey]: at };
		this.#saveSoon();
	}

	saveQuery(query: SavedQuery): void {
		this.queries = [...this.queries, query];
		this.#saveSoon();
	}

	removeQuery(query: SavedQuery): void {
		this.queries = this.queries.filter((each) => each !== query);
		this.#saveSoon();
	}

	/** Entities that a variant names and this scenario lacks: paths of its settings. */
	strangersOf(variant: Variant): readonly string[] {
		const known = new Set(this.levers.map(({ path }) => path));
		const general = this.program?.levers.filter(({ path }) => path.includes('.*')) ?? [];
		return differencesBetween([], this.live, variant.config)
			.map(({ path }) => path)
			.filter((path) => general.some((spec) => path.startsWith(spec.path.split('*')[0])) && !known.has(path));
	}

	applyVariant(variant: Variant): void {
		this.changeDraft(variant.config, `variant: ${variant.name}`);
	}

	/** Changes the what-if layer over the data, as one undoable step; the scenario is opened anew with it. */
	async setEdits(edits: readonly Edit[], name: string): Promise<boolean> {
		if (this.isReadOnly) return false;
		const before = this.#snapshot();
		if (!(await this.#load({ ...before, edits }, false))) return false;
		this.#pushStep(name, before);
		await this.runDraft();
		return true;
	}

	async undo(): Promise<void> {
		const [step] = this.past.slice(-1);
		if (!step || this.isReadOnly) return;
		const { past, future } = this;
		this.future = [...future, { name: step.name, state: this.#snapshot() }];
		const left = (this.past = past.slice(0, -1));
		this.announcement = `Undone: ${step.name}`;
		// a step taken meanwhile has gone on from there
		if (!(await this.#goTo(step.state)) && this.past === left) [this.past, this.future] = [past, future];
	}

	async redo(): Promise<void> {
		const [step] = this.future.slice(-1);
		if (!step || this.isReadOnly) return;
		const { past, future } = this;
		this.past = [...past, { name: step.name, state: this.#snapshot() }];
		const left = (this.future = future.slice(0, -1));
		this.announcement = `Redone: ${step.name}`;
		if (!(await this.#goTo(step.state)) && this.future === left) [this.past, this.future] = [past, future];
	}

	/** Runs the draft against production. Calls during a run become one run after it, of the newest draft. */
	async runDraft(): Promise<void> {
		// data that is being opened runs when it is open
		if (this.run.phase === 'opening') return;
		const draft = this.draft;
		const turn = this.#loadTurn;
		void this.saveNow();
		this.#beginRun('running');
		const answer = await this.#parts.runner.run(
			{ config: draft, baseline: this.live, touched: this.#lastPath },
			this.#onProgress,
			(preview) => {
				if (turn === this.#loadTurn && this.draft === draft) this.preview = preview;
			},
		);
		if (turn !== this.#loadTurn) return;
		if (!answer.ok && answer.issues[0]?.code === SUPERSEDED) return;
		if (this.draft === draft) this.#endRun();
		if (!this.#accept(answer)) return;
		this.preview = null;
		this.result = answer.value;
		this.#ranDraft = draft;
		this.announcement = this.#resultInWords(answer.value);
		if (answer.value.plan?.isUnchanged && this.isChanged) void this.#findEffect(draft);
	}

	/** Calls off what is under way; the last result stays. */
	cancel(): void {
		this.#parts.runner.cancel();
		this.#endRun();
		this.announcement = 'Cancelled';
	}

	/** Answers why someone got something or not, in the draft. */
	async explain(
		subject: Readonly<Record<string, string>>,
		config: Config = this.draft,
	): Promise<Answer<Explanation>> {
		return this.ask((api) => api.explain(config, subject));
	}

	/** Any question about the open scenario, answered beside the runs. */
	ask: Runner['call'] = async (question, deadlineMs) => {
		const opened = this.#opened;
		if (!opened) return { ok: false, issues: [{ at: 'scenario', message: 'missing: open a scenario first', code: 'scenario.missing' }] }; // prettier-ignore
		// questions that come while it opens wait for the same opening
		if (this.#scoutOpening?.of !== opened)
			this.#scoutOpening = { of: opened, done: this.openAside(this.#parts.scout) };
		const opening = this.#scoutOpening;
		const answer = await opening.done;
		if (!answer.ok) {
			if (this.#scoutOpening === opening) this.#scoutOpening = null;
			return answer;
		}
		return this.#parts.scout.call(question, deadlineMs);
	};

	/** One point of a sweep on the worker that runs the draft: it is warm, but a run asked for meanwhile waits for it. */
	pointBetweenRuns(config: Config, isBase: boolean): Promise<Answer<PointResult>> {
		return this.#parts.runner.call((api) => api.point(config, isBase));
	}

	/** A worker for something on trial, such as an import; close it after use. */
	makeRunner(): Runner {
		return this.#parts.makeRunner();
	}

	/** The open scenario in a worker of its own, which may be ended at any time; handed over by the one that runs the draft. */
	async openAside(runner: Runner, further: readonly Edit[] = []): Promise<Answer<OpenedScenario>> {
		const source = await this.#sourceOf(this.scenarioKey);
		if (!source) return { ok: false, issues: [{ at: 'scenario', message: 'missing: open a scenario first', code: 'scenario.missing' }] }; // prettier-ignore
		const lender = this.scenario && { runner: this.#parts.runner, digest: this.scenario.digest };
		return runner.open(source, [...this.edits, ...further], () => undefined, lender);
	}

	/** Calls off the questions under way. */
	cancelQuestions(): void {
		this.#parts.scout.cancel();
	}

	/** What a link to this draft holds, with the screen to show where one is given. */
	share(screen = ''): SharedState {
		const state = sharedState(this.scenario?.program ?? '', this.scenarioKey, this.scenario?.digest ?? '', this.live, this.draft, this.edits); // prettier-ignore
		return screen === '' ? state : withPlace(state, screen, this.view);
	}

	/** Narrows what is on screen; an empty text takes it back. */
	setView(name: string, text: string): void {
		const others = Object.entries(this.view).filter(([each]) => each !== name);
		this.view = Object.fromEntries(text === '' ? others : [...others, [name, text]]);
	}

	/** Remembers the screen for the next visit. */
	rememberPath(path: string): void {
		// what a screen was narrowed to is left with it; what lies over all screens stays
		if (path !== this.path) this.view = Object.fromEntries(Object.entries(this.view).filter(([name]) => !name.includes('.'))); // prettier-ignore
		this.path = path;
		this.#saveSoon();
	}

	/** Saves at once, in one step; a reader's tab never writes. */
	async saveNow(): Promise<void> {
		clearTimeout(this.#saveTimer);
		// one after the other: each starts from the revision that the one before has left
		this.#lastSave = this.#lastSave.catch(() => undefined).then(() => this.#save());
		await this.#lastSave;
	}

	async #save(): Promise<void> {
		if (this.isReadOnly || !this.scenario) return;
		this.#keepLab();
		const work: Work = {
			format: WORK_FORMAT,
			revision: this.#revision + 1,
			lab: this.scenario.program,
			path: this.path,
			labs: this.#labs,
		};
		this.#isUnsaved = false;
		this.saveFailure = await this.#parts.store.save(work);
		if (this.saveFailure === null) this.#revision++;
		else this.#isUnsaved = true;
		if (this.saveFailure === 'conflict') this.isReadOnly = true;
	}

	/**
	 * Takes the writing over from another tab: the newest saved work is opened here. What this tab could not save is
	 * kept beside it, as variants.
	 */
	async takeOver(): Promise<void> {
		const loaded = await this.#parts.store.load();
		this.isReadOnly = false;
		this.saveFailure = loaded === 'newer' ? 'newer' : null;
		if (loaded === null || loaded === 'newer') return;
		const { work } = loaded;
		this.#keepLab();
		const own = this.#isUnsaved && this.scenario ? this.#labs[this.scenario.program] : undefined;
		this.#labs =
			own && this.scenario
				? withUnsaved(work.labs, this.scenario.program, own, `${this.#revision}-unsaved`)
				: { ...work.labs };
		this.#revision = work.revision;
		const kept = this.#labs[work.lab];
		if (!kept || (await this.#restore(kept)) || work.lab !== this.scenario?.program) return;
		// its data is not here: its draft stays within reach, as a step back
		this.#takeUp(kept);
		this.#pushStep('take over from another tab', kept.current);
	}

	#lastSave: Promise<void> = Promise.resolve();
	/** this tab holds changes that are in no save */
	#isUnsaved = false;
	readonly #sources = new Map<string, ScenarioSource>();
	#loadTurn = 0;
	#lastLoad: Promise<boolean> = Promise.resolve(false);
	#scoutOpening: { readonly of: Snapshot; readonly done: Promise<Answer<OpenedScenario>> } | null = null;

	readonly #onProgress = (stage: string, done: number) => {
		this.run = { ...this.run, stage, done };
	};

	async #openLink(link: SharedState, name: string): Promise<boolean> {
		const { scenario, edits = [], view = {} } = link;
		if (!(await this.#loadAsStep({ scenario, edits, draft: {} }, name))) return false;
		this.view = view;
		if (this.scenario && link.digest !== '' && this.scenario.digest !== link.digest) this.missing = link;
		this.draft = applyShared(link, this.live);
		await this.runDraft();
		return true;
	}

	/**
	 * Opens data with production as the draft, as a step from what was open. In another lab the step is from what that
	 * lab had, and all that was kept there is taken up: variants, queries and the like are never left behind.
	 */
	async #loadAsStep(state: Snapshot, name: string): Promise<boolean> {
		const [before, programBefore] = [this.#snapshot(), this.scenario?.program];
		this.#keepLab();
		if (!(await this.#load(state, true))) return false;
		const program = this.scenario?.program ?? '';
		if (programBefore === program) {
			this.#pushStep(name, before);
			return true;
		}
		const kept = this.#labs[program];
		this.#takeUp(kept);
		if (kept) this.#pushStep(name, kept.current);
		return true;
	}

	async #restore(kept: LabWork): Promise<boolean> {
		if (!(await this.#load(kept.current, false))) return false;
		this.#takeUp(kept);
		this.liveNow = kept.liveNow ?? null;
		await this.runDraft();
		return true;
	}

	/** What is kept in a lab besides its draft; nothing in one that is new. */
	#takeUp(kept: LabWork | undefined): void {
		this.past = kept?.past ?? [];
		this.future = kept?.future ?? [];
		this.variants = kept?.variants ?? [];
		this.queries = kept?.queries ?? [];
		this.downloads = kept?.downloads ?? {};
		this.rounds = kept?.rounds ?? [];
		this.approvals = kept?.approvals ?? [];
		this.exportExtras = kept?.exportExtras ?? {};
		this.forecasts = kept?.forecasts ?? [];
		this.ledgerRecord = kept?.ledgerRecord ?? null;
	}

	/**
	 * Opens data; what was open stays open where it fails. One at a time, so that a run meets the data it was
	 * meant for; one that is overtaken by a newer one gives false and says nothing.
	 */
	#load(state: Snapshot, isFresh: boolean): Promise<boolean> {
		const turn = ++this.#loadTurn;
		const load = this.#lastLoad.then(() => turn === this.#loadTurn && this.#loadNow(turn, state, isFresh));
		this.#lastLoad = load.catch(() => false);
		return load;
	}

	async #loadNow(turn: number, state: Snapshot, isFresh: boolean): Promise<boolean> {
		this.#beginRun('opening');
		const source = await this.#sourceOf(state.scenario);
		if (!source) {
			this.#endRun();
			this.issues = [{ at: state.scenario, message: 'missing: this scenario is not stored here', code: 'scenario.missing' }]; // prettier-ignore
			return false;
		}
		const answer = await this.#parts.runner.open(source, state.edits, this.#onProgress);
		if (turn !== this.#loadTurn) return false;
		if (!answer.ok && answer.issues[0]?.code === 'scenario.damaged') {
			// only what was kept of a recipe can be: the recipe makes it again
			this.#sources.delete(state.scenario);
			await this.#forgetMade((key) => key.startsWith(`${this.#madeHere}${state.scenario}/`));
			return this.#loadNow(turn, state, isFresh);
		}
		if (!this.#accept(answer)) {
			this.#endRun();
			return false;
		}
		const scenario = answer.value;
		const live = await this.#parts.runner.run(
			{ config: scenario.production, baseline: null, isBase: true },
			this.#onProgress,
		);
		if (turn !== this.#loadTurn) return false;
		this.#endRun();
		if (!this.#accept(live)) return false;
		this.#opened = state;
		this.scenario = scenario;
		// production as handed in was that of the other data
		if (isFresh || state.scenario !== this.scenarioKey) this.liveNow = null;
		this.scenarioKey = state.scenario;
		this.edits = state.edits;
		this.draft = isFresh ? scenario.production : state.draft;
		this.production = live.value;
		this.result = null;
		if (isRecipe(source)) void this.#keepMade(state.scenario, source, scenario);
		else void this.#warmUp();
		return true;
	}

	/** Opens the scenario in the second worker as soon as a result is shown, so that the first question is not slow. */
	async #warmUp(): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, WARM_AFTER_MS));
		await this.ask(async () => Promise.resolve({ ok: true, value: null }));
	}

	/** Keeps what a recipe made, which opens several times faster. */
	async #keepMade(key: string, recipe: ScenarioSource, { production }: OpenedScenario): Promise<void> {
		// the run of the draft, asked for in this very moment, goes first
		await new Promise((resolve) => setTimeout(resolve));
		const packed = await this.#parts.runner.call((api) => api.pack());
		if (packed.ok && packed.value !== null && this.scenarioKey === key) {
			const made: ScenarioSource = { kind: 'packed', packed: packed.value, config: production };
			this.#sources.set(key, made);
			if (!this.isReadOnly) {
				await this.#forgetMade((each) => !each.startsWith(this.#madeHere));
				await this.#parts.store.saveSource(this.#madeKey(key, recipe), made);
			}
		}
		await this.#warmUp();
	}

	/** Takes what recipes made out of storage, where the key is stale. */
	async #forgetMade(isStale: (key: string) => boolean): Promise<void> {
		const kept = await this.#parts.store.listSources();
		const stale = kept.filter((key) => key.startsWith(MADE) && isStale(key));
		await Promise.all(stale.map((key) => this.#parts.store.removeSource(key)));
	}

	#madeKey(key: string, recipe: ScenarioSource): string {
		const text =
			recipe.kind === 'files' ? new TextDecoder().decode(recipe.files[0].bytes) : JSON.stringify(recipe);
		return `${this.#madeHere}${key}/${text}`;
	}

	/** What the keys begin with of all that this version of the app made. */
	get #madeHere(): string {
		return `${MADE}${this.#parts.version}/`;
	}

	async #sourceOf(key: string): Promise<ScenarioSource | null> {
		const kept = this.#sources.get(key);
		if (kept) return kept;
		const entry = this.library.find((each) => each.key === key);
		if (!entry) return null;
		const source = key.startsWith('mine/')
			? await this.#parts.store.loadSource(key)
			: await this.#parts.fetchShipped(entry).catch(() => null);
		if (!source) return null;
		const made = isRecipe(source) ? await this.#parts.store.loadSource(this.#madeKey(key, source)) : null;
		this.#sources.set(key, made ?? source);
		return made ?? source;
	}

	/** False where the data of a step could not be opened; then everything stays as it is. */
	async #goTo(state: Snapshot): Promise<boolean> {
		this.#mergeKey = '';
		const isElsewhere = state.scenario !== this.scenarioKey || state.edits !== this.edits;
		if (isElsewhere && !(await this.#load(state, false))) return false;
		this.draft = state.draft;
		this.#changed();
		return true;
	}

	#snapshot(): Snapshot {
		return { scenario: this.scenarioKey, edits: this.edits, draft: this.draft };
	}

	#pushStep(name: string, state: Snapshot): void {
		this.past = [...this.past, { name, state }].slice(-MOST_STEPS);
		this.future = [];
	}

	#changed(): void {
		this.effectRange = null;
		this.binding = null;
		this.#saveSoon();
		void this.runDraft();
	}

	#keepLab(): void {
		if (!this.scenario) return;
		this.#labs = {
			...this.#labs,
			[this.scenario.program]: {
				current: this.#snapshot(),
				past: this.past,
				future: this.future,
				variants: this.variants,
				queries: this.queries,
				downloads: this.downloads,
				rounds: this.rounds,
				approvals: this.approvals,
				exportExtras: this.exportExtras,
				forecasts: this.forecasts,
				ledgerRecord: this.ledgerRecord,
				liveNow: this.liveNow,
			},
		};
	}

	#saveSoon(): void {
		this.#isUnsaved = true;
		clearTimeout(this.#saveTimer);
		this.#saveTimer = setTimeout(() => void this.saveNow(), SAVE_AFTER_MS);
	}

	#slowTimer: ReturnType<typeof setTimeout> | undefined;

	#beginRun(phase: RunState['phase']): void {
		clearTimeout(this.#slowTimer);
		this.run = { phase, stage: '', done: 0, isSlow: this.run.isSlow };
		this.#slowTimer = setTimeout(() => (this.run = { ...this.run, isSlow: true }), SLOW_MS);
	}

	#endRun(): void {
		clearTimeout(this.#slowTimer);
		this.preview = null;
		this.run = IDLE;
	}

	/** Shows what is wrong, or clears it. */
	#accept<T>(answer: Answer<T>): answer is { ok: true; value: T } {
		if (answer.ok) this.issues = [];
		else if (answer.issues[0]?.code !== CANCELLED) this.issues = answer.issues;
		return answer.ok;
	}

	async #findEffect(draft: Config): Promise<void> {
		const lever = this.levers.find(({ path }) => path === this.#lastPath);
		if (!lever) return;
		const found = await this.ask((api) => api.whatBinds(draft, lever.path));
		if (this.draft !== draft) return;
		if (found.ok && found.value !== null) this.binding = { lever, sentence: found.value };
		if (typeof effectiveValue(draft, lever) !== 'number') return;
		const base = (valueAt(draft, lever.path) ?? null) === null ? withValue(draft, lever.path, effectiveValue(draft, lever)) : draft; // prettier-ignore
		const answer = await this.ask((api) =>
			api.firstEffect(
				base,
				lever.path,
				crossing(() => undefined),
			),
		);
		if (answer.ok && this.draft === draft) this.effectRange = { lever, range: answer.value };
	}

	#resultInWords({ report, plan }: RunResult): string {
		const [first] = headlineOf(report.metrics);
		const head = first ? `${first.title}: ${formatValue(first.value, first.unit)}. ` : '';
		return `${head}${plan ? `${plan.movedCount} of ${plan.effect.length} ${report.participants?.noun[1] ?? ''} affected.` : ''}`;
	}
}

/** The few metrics that come first. */
export function headlineOf(metrics: readonly Metric[]): readonly Metric[] {
	const first = metrics.filter(({ isHeadline }) => isHeadline);
	return first.length > 0 ? first : metrics.slice(0, 6);
}

/** Saved work, and beside it the variants and the draft, as one more, of a lab that could not be saved. */
function withUnsaved(labs: Work['labs'], program: string, unsaved: LabWork, id: string): Work['labs'] {
	const saved = labs[program];
	if (!saved) return { ...labs, [program]: unsaved };
	const { draft, scenario } = unsaved.current;
	const own: Variant = { id, name: 'Draft that was not saved', config: draft, scenario, headline: [] };
	const isDraftSaved = JSON.stringify(draft) === JSON.stringify(saved.current.draft);
	const found = isDraftSaved ? unsaved.variants : [...unsaved.variants, own];
	const isNew = (variant: Variant) => saved.variants.every((kept) => kept.id !== variant.id);
	return { ...labs, [program]: { ...saved, variants: [...saved.variants, ...found.filter(isNew)] } };
}

/** Is it made anew each time it is opened? */
function isRecipe(source: ScenarioSource): boolean {
	if (source.kind === 'generated') return true;
	return source.kind === 'files' && source.files.length === 1 && source.files[0].name === 'scenario.json';
}

function entryOfMine(key: string): LibraryEntry {
	const [, program, ...name] = key.split('/');
	return {
		key,
		program,
		title: name.join('/'),
		about: 'Imported or made in this browser',
		files: [],
		bytes: 0,
	};
}
