import { valueAt, withValue, type Config, type LeverSpec } from '#programs/levers.ts';
import { liveDocument } from '#programs/bundle/live-document.ts';
import { flatBytes, flattenContent, sealContent, type PackedContent } from '#data/packed-content.ts';
import { canonicalJson } from '#programs/hash.ts';
import { UnansweredError } from '#programs/document-reader.ts';
import { InputError, inputError, type Issue } from '#programs/input-error.ts';
import type { OperationsPack, RehearsalResult } from '#programs/operations.ts';
import { planBetween } from '#programs/plan.ts';
import type { FactValue, OpenScenario, PersonalFact, Program, StudyResult } from '#programs/program.ts';
import { programById, programs } from '#programs/registry.ts';
import { runPoint, type PointResult } from '#programs/sweep/run-point.ts';
import type { Check, Explanation, Notice, QualityItem, Report } from '#programs/report.ts';
import type { ScenarioContent } from '#programs/tables.ts';
import { applyEdits } from './apply-edits.ts';
import { bindingSetting } from './binding-setting.ts';
import { Crew } from './crew.ts';
import { searchEffect } from './first-effect.ts';
import { ignoredParts } from './ignored-parts.ts';
import type {
	Answer,
	DownloadFormat,
	Edit,
	EffectRange,
	ImportMapping,
	ImportPreview,
	ImportQuestions,
	LentScenario,
	LuckResult,
	OnPreview,
	OnProgress,
	OpenedScenario,
	PersonalTrial,
	ProgramInfo,
	QueryResult,
	RunnerApi,
	RunRequest,
	RunResult,
	ScenarioSource,
	SourceFile,
	Stake,
} from './protocol.ts';
import { digestOf, mappableHeads, openFiles, parseConfigText, type Files } from './scenario-source.ts';
import { tableRows } from './table-rows.ts';

/** Reports kept for comparing: production, the draft and a few variants. */
const MOST_KEPT_REPORTS = 8;
const SAMPLE_ROWS = 8;
/** Above it, copying through the page would be felt. */
const MOST_PACKED_BYTES = 64e6;
/** Above it, another worker reads the files itself: a copy under way takes its size a second time. */
const MOST_LENT_BYTES = 600e6;

interface OpenState {
	readonly program: Program;
	/** the data with the what-if changes, and as it came */
	readonly content: ScenarioContent;
	readonly data: ScenarioContent;
	readonly scenario: OpenScenario;
	/** the same without what-if changes; production is run on it */
	readonly base: OpenScenario;
	readonly production: Config;
	/** what the import left behind or changed */
	readonly importNotices: readonly Notice[];
	/** by configuration, oldest first */
	readonly reports: Map<string, Report>;
}

/** The worker's side of the thread edge: one open scenario and what is asked of it. */
export class Session implements RunnerApi {
	#open: OpenState | null = null;
	#files: Files | null = null;
	#crew = new Crew([]);

	start(wasm: Uint8Array): void {
		this.#files = openFiles(wasm);
	}

	join(helpers: readonly MessagePort[]): void {
		this.#crew = new Crew(helpers);
	}

	describe(): readonly ProgramInfo[] {
		return programs.map(describeProgram);
	}

	async open(
		source: ScenarioSource,
		edits: readonly Edit[],
		onProgress: OnProgress,
	): Promise<Answer<OpenedScenario>> {
		return answerLater(async () => {
			const opened = await openSource(this.#started(), source, edits, onProgress);
			this.#open = opened;
			this.#crew.clear();
			return describeScenario(opened);
		});
	}

	async preview(
		source: ScenarioSource,
		onProgress: OnProgress,
	): Promise<Answer<ImportPreview | ImportQuestions | ImportMapping>> {
		return answerLater(async () => {
			const opened = await openOrAsk(this.#started(), source, onProgress);
			if ('kind' in opened) return opened;
			this.#open = opened;
			const samples = opened.program.tables.map((table) => {
				const { columns, rows } = tableRows(opened.content, table, 0, SAMPLE_ROWS);
				return {
					table: table.name,
					columns,
					rows: rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
				};
			});
			return { kind: 'ready' as const, scenario: describeScenario(opened), samples };
		});
	}

	readConfig(program: string, text: string): Answer<{ config: Config; notices: readonly Notice[] }> {
		return answer(() => programOf(program).readConfig(parseConfigText(text)));
	}

	async run(request: RunRequest, onProgress: OnProgress, onPreview?: OnPreview): Promise<Answer<RunResult>> {
		return answerLater(async () => {
			const began = performance.now();
			const state = this.#state();
			const scenario = request.isBase ? state.base : state.scenario;
			if (request.touched !== undefined && onPreview && !keptReport(state, scenario, request.config)) {
				const preview = await this.#crew.preview(scenario, request.config, request.touched);
				if (preview) onPreview(preview);
			}
			const report = await this.#runOnCrew(state, scenario, request.config, onProgress);
			const took = performance.now() - began;
			const baseline =
				request.baseline && (await this.#runOnCrew(state, state.base, request.baseline, onProgress));
			return { report, plan: baseline ? planBetween(baseline, report) : null, took };
		});
	}

	point(config: Config, isBase: boolean): Answer<PointResult> {
		return answer(() => {
			const { program, scenario, base } = this.#state();
			return runPoint(program, isBase ? base : scenario, config);
		});
	}

	explain(config: Config, subject: Readonly<Record<string, string>>): Answer<Explanation> {
		return answer(() => this.#state().scenario.explain(config, subject));
	}

	study(id: string, config: Config, options: Config, onProgress: OnProgress): Answer<StudyResult> {
		return answer(() => this.#state().scenario.study(id, config, options, onProgress));
	}

	luck(
		requests: readonly RunRequest[],
		seeds: readonly number[],
		onProgress: OnProgress,
	): Answer<LuckResult> {
		return answer(() => {
			const { program, scenario, base } = this.#state();
			const seedPath = seedLever(program)?.path;
			const runs = requests.map(({ config, isBase }, r) =>
				seeds.map((seed, s) => {
					onProgress('runs', (r * seeds.length + s) / (requests.length * seeds.length));
					return (isBase ? base : scenario).run(
						seedPath === undefined ? config : withValue(config, seedPath, seed),
					).metrics;
				}),
			);
			const metrics = (runs[0]?.[0] ?? []).map(({ id, title, unit, better, help }) => ({ id, title, unit, better, help })); // prettier-ignore
			const values = runs.map((bySeed) =>
				metrics.map((_, m) => Float64Array.from(bySeed, (run) => run[m]?.value ?? NaN)),
			);
			return { metrics, seeds, values };
		});
	}

	firstEffect(config: Config, path: string, onProgress: OnProgress): Answer<EffectRange> {
		return answer(() => {
			const state = this.#state();
			const spec = state.program.levers.find((lever) => matches(lever.path, path));
			if (!spec) throw inputError(path, 'unknown lever', 'config.path');
			const before = runOnce(state, state.scenario, config, onProgress);
			const current = valueAt(config, path) ?? (spec.fallback && valueAt(config, spec.fallback));
			return searchEffect(spec, Number(current), (value) => {
				const after = tryRun(state, withValue(config, path, value));
				return after !== null && (planBetween(before, after)?.isUnchanged ?? false) === false;
			});
		});
	}

	whatBinds(config: Config, path: string): Answer<string | null> {
		return answer(() => {
			const state = this.#state();
			const { program, scenario } = state;
			const before = withValue(config, path, valueAt(state.production, path));
			const after = program.readConfig(config).config;
			const supply = scenario.whatBinds?.(before, after, path) ?? null;
			return supply ?? bindingSetting(program.levers, before, after, path, (one, other) => {
				const [was, is] = [tryRun(state, one), tryRun(state, other)];
				return was !== null && is !== null && planBetween(was, is)?.isUnchanged === false;
			});
		}); // prettier-ignore
	}

	stake(config: Config, against: Config): Answer<Stake | null> {
		return answer(() => {
			const state = this.#state();
			const after = runOnce(state, state.scenario, config, () => undefined);
			const before = runOnce(
				state,
				state.scenario,
				state.program.readConfig(against).config,
				() => undefined,
			);
			const plan = planBetween(before, after);
			if (!plan) return null;
			const money = after.metrics.find(({ unit }) => unit === 'cents' || unit === 'micros');
			const was = before.metrics.find(({ id }) => id === money?.id)?.value ?? null;
			const { movedCount } = plan;
			return {
				movedCount,
				money: money ? { title: money.title, unit: money.unit, before: was, after: money.value } : null,
			};
		});
	}

	quality(config: Config): Answer<readonly QualityItem[]> {
		return answer(() => {
			const { scenario, program, importNotices } = this.#state();
			const ofConfig = program.readConfig(config).notices;
			return [...(scenario.quality?.(config) ?? []), ignoredParts([...importNotices, ...ofConfig])];
		});
	}

	facts(subject: Readonly<Record<string, string>>): Answer<readonly PersonalFact[]> {
		return answer(() => this.#state().scenario.facts?.(subject) ?? []);
	}

	tryFacts(
		config: Config,
		subject: Readonly<Record<string, string>>,
		values: Readonly<Record<string, FactValue>>,
	): Answer<PersonalTrial> {
		return answer(() => {
			const state = this.#state();
			const edited = state.scenario.withFacts?.(subject, values);
			if (!edited) throw inputError('subject', 'this program has no facts to try', 'explain.fact');
			const began = performance.now();
			const before = runOnce(state, state.scenario, config, () => undefined);
			const report = edited.run(config);
			const result = { report, plan: planBetween(before, report), took: performance.now() - began };
			return { result, before, explanation: edited.explain(config, subject) };
		});
	}

	prove(config: Config, onProgress: OnProgress): Answer<readonly Check[]> {
		return answer(() => this.#state().scenario.prove?.(config, onProgress) ?? []);
	}

	operations(config: Config): Answer<OperationsPack | null> {
		return answer(() => {
			const state = this.#state();
			const report = runOnce(state, state.scenario, config, () => undefined);
			return state.program.operations?.pack(state.content, report) ?? null;
		});
	}

	rehearse(config: Config, onProgress: OnProgress): Answer<readonly RehearsalResult[]> {
		return answer(() => this.#state().program.operations?.rehearse(config, onProgress) ?? []);
	}

	exportConfig(config: Config): Answer<string> {
		return answer(() => {
			const { program, scenario } = this.#state();
			return scenario.exportDocument?.(config) ?? JSON.stringify(program.exportConfig(config), null, '\t');
		});
	}

	liveDocument(config: Config): Answer<string | null> {
		return answer(() => {
			const { program, scenario } = this.#state();
			return liveDocument(program, scenario, config);
		});
	}

	rollOver(): Answer<readonly Edit[]> {
		return answer(() => {
			const { program, content } = this.#state();
			return (program.rounds?.rollOver(content) ?? []).map((row): Edit => ({ kind: 'add', ...row }));
		});
	}

	async query(sql: string, config: Config): Promise<Answer<QueryResult>> {
		return answerLater(async () => {
			const state = this.#state();
			const report = runOnce(state, state.scenario, config, () => undefined);
			return this.#started().query(state.program, state.content, report, sql);
		});
	}

	rows(table: string, offset: number, limit: number): Answer<QueryResult> {
		return answer(() => {
			const { program, content } = this.#state();
			const spec = program.tables.find(({ name }) => name === table);
			if (!spec) throw inputError(table, 'unknown table', 'data.table');
			return tableRows(content, spec, offset, limit);
		});
	}

	async download(format: DownloadFormat): Promise<Answer<SourceFile>> {
		return answerLater(async () => {
			const { program, data, production } = this.#state();
			return this.#started().write(program, data, program.exportConfig(production), format);
		});
	}

	async pack(): Promise<Answer<PackedContent | null>> {
		return answerLater(async () => {
			const { program, data } = this.#state();
			const flat = flattenContent(data, program.tables);
			return flatBytes(flat) > MOST_PACKED_BYTES ? null : sealContent(flat);
		});
	}

	lend(port: MessagePort): Answer<string | null> {
		return answer(() => {
			const { program, data, production, importNotices } = this.#state();
			const flat = flattenContent(data, program.tables);
			if (flatBytes(flat) > MOST_LENT_BYTES) return null;
			const lent: LentScenario = { flat, config: production, notices: importNotices };
			port.postMessage(lent);
			return flat.digest;
		});
	}

	/** As `runOnce`, in as many threads as there are. */
	async #runOnCrew(
		state: OpenState,
		scenario: OpenScenario,
		config: Config,
		onProgress: OnProgress,
	): Promise<Report> {
		const kept = keptReport(state, scenario, config);
		return kept ?? keepReport(state, scenario, config, await this.#crew.run(state.program, scenario, config, onProgress)); // prettier-ignore
	}

	#started(): Files {
		if (!this.#files) throw new Error('the worker was asked before it was started');
		return this.#files;
	}

	#state(): OpenState {
		if (!this.#open) throw inputError('scenario', 'missing: open a scenario first', 'scenario.missing');
		return this.#open;
	}
}

/** An opened source, or what must be answered first. */
async function openOrAsk(
	files: Files,
	source: ScenarioSource,
	onProgress: OnProgress,
): Promise<OpenState | ImportQuestions | ImportMapping> {
	try {
		return await openSource(files, source, [], onProgress);
	} catch (error) {
		if (error instanceof UnansweredError) return { kind: 'questions', questions: error.questions };
		if (!(error instanceof InputError)) throw error;
		const mappable = mappableHeads(source);
		if (mappable === null) throw error;
		return { kind: 'mapping', ...mappable, issues: issuesOf(error) };
	}
}

async function openSource(
	files: Files,
	source: ScenarioSource,
	edits: readonly Edit[],
	onProgress: OnProgress,
): Promise<OpenState> {
	onProgress('read', 0);
	const { program, content: data, config, notices } = await files.read(source, onProgress);
	const content = applyEdits(data, program.tables, edits);
	onProgress('check', 0.6);
	const base = program.open(data);
	return {
		program,
		content,
		scenario: content === data ? base : program.open(content),
		base,
		data,
		production: program.readConfig(config ?? {}).config,
		importNotices: notices,
		reports: new Map(),
	};
}

function reportKey(state: OpenState, scenario: OpenScenario, config: Config): string {
	return `${scenario === state.base ? 'base' : 'edited'} ${canonicalJson(config)}`;
}

/** The report kept of an equal configuration; put last, so that the first is the one unused for longest. */
function keptReport(state: OpenState, scenario: OpenScenario, config: Config): Report | undefined {
	const kept = state.reports.get(reportKey(state, scenario, config));
	return kept && keepReport(state, scenario, config, kept);
}

function keepReport(state: OpenState, scenario: OpenScenario, config: Config, report: Report): Report {
	const key = reportKey(state, scenario, config);
	state.reports.delete(key);
	state.reports.set(key, report);
	const [oldest] = state.reports.keys();
	if (state.reports.size > MOST_KEPT_REPORTS) state.reports.delete(oldest);
	return report;
}

/** Runs a configuration, or gives the report kept of an equal one. */
function runOnce(state: OpenState, scenario: OpenScenario, config: Config, onProgress: OnProgress): Report {
	const kept = keptReport(state, scenario, config);
	return kept ?? keepReport(state, scenario, config, scenario.run(config, onProgress));
}

/** A report, or null where the value is outside what the program takes. */
function tryRun(state: OpenState, config: Config): Report | null {
	try {
		return state.scenario.run(state.program.readConfig(config).config);
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	}
}

function seedLever(program: Program): LeverSpec | undefined {
	return program.levers.find((lever) => lever.unit === 'seed');
}

/** Does a path such as `cities.dallas.bottomShare` belong to the lever `cities.*.bottomShare`? */
function matches(leverPath: string, path: string): boolean {
	const [pattern, parts] = [leverPath.split('.'), path.split('.')];
	return pattern.length === parts.length && pattern.every((part, i) => part === '*' || part === parts[i]);
}

function programOf(id: string): Program {
	const program = programById(id);
	if (!program) throw inputError('program', `unknown program: "${id}"`, 'program.unknown');
	return program;
}

function describeProgram(program: Program): ProgramInfo {
	return {
		id: program.id,
		title: program.title,
		summary: program.summary,
		levers: program.levers,
		studies: program.studies,
		presets: program.presets ?? [],
		queries: program.queries ?? [],
		ledger: program.ledger ?? null,
		checklistWords: program.checklistWords ?? {},
		hasOperations: program.operations !== undefined,
		rounds: program.rounds ? { noun: program.rounds.noun, study: program.rounds.study } : null,
		tables: program.tables.map(({ name, title, columns, key, optional }) => ({
			name,
			title,
			columns,
			key,
			isOptional: optional ?? false,
		})),
		generator: program.generator?.options ?? null,
		defaults: program.readConfig({}).config,
	};
}

function describeScenario({
	program,
	content,
	data,
	scenario,
	production,
	importNotices,
}: OpenState): OpenedScenario {
	return {
		program: program.id,
		name: content.name,
		now: content.now,
		digest: digestOf(program, data),
		production,
		notices: [...importNotices, ...scenario.notices],
		subjects: scenario.subjects,
		isLarge: scenario.cut !== undefined,
		tables: program.tables.map(({ name, title }) => ({
			name,
			title,
			rowCount: content.tables.get(name)?.rowCount ?? 0,
		})),
	};
}

function answer<T>(ask: () => T): Answer<T> {
	try {
		return { ok: true, value: ask() };
	} catch (error) {
		return { ok: false, issues: issuesOf(error) };
	}
}

async function answerLater<T>(ask: () => Promise<T>): Promise<Answer<T>> {
	try {
		return { ok: true, value: await ask() };
	} catch (error) {
		return { ok: false, issues: issuesOf(error) };
	}
}

/** The issues of an input error, with the count of those left out; anything else is a bug and goes on. */
function issuesOf(error: unknown): readonly Issue[] {
	if (!(error instanceof InputError)) throw error;
	if (error.more === 0) return error.issues;
	return [...error.issues, { at: '', message: `and ${error.more} more`, code: 'more' }];
}
