import type { CsvHead, CsvMapping, FileMapping } from '#data/csv-mapping.ts';
import type { TableImportMode } from '#data/import-table.ts';
import type { FlatContent, PackedContent } from '#data/packed-content.ts';
import type { ChecklistWords } from '#programs/bundle/checklist.ts';
import type { ImportAnswers, ImportQuestion } from '#programs/document-reader.ts';
import type { Config, LeverSpec } from '#programs/levers.ts';
import type { Plan } from '#programs/plan.ts';
import type {
	FactValue,
	PersonalFact,
	LedgerSpec,
	Preset,
	RoundsSpec,
	SavedQuery,
	StudyResult,
	StudySpec,
	SubjectList,
} from '#programs/program.ts';
import type { OperationsPack, RehearsalResult } from '#programs/operations.ts';
import type {
	Check,
	Explanation,
	GroupPreview,
	MetricSpec,
	Notice,
	QualityItem,
	Report,
	Unit,
} from '#programs/report.ts';
import type { Issue } from '#programs/input-error.ts';
import type { PointResult } from '#programs/sweep/run-point.ts';
import type { Cell, ColumnSpec } from '#programs/tables.ts';

/**
 * What crosses the thread edge: plain data only. An expected failure is an answer, never a throw, because a
 * thrown error arrives without its fields.
 */
export type Answer<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

/** A file as picked, dropped or fetched. */
export interface SourceFile {
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** Where a scenario comes from: files, a generator's options and seed, another scenario, or what was made of them before. */
export type ScenarioSource =
	| {
			readonly kind: 'files';
			readonly files: readonly SourceFile[];
			/** production's configuration, where the files hold none */
			readonly config?: Config;
			/** what a person answered about a file of another format */
			readonly answers?: ImportAnswers;
			/** which column is which, where CSV files have names of their own */
			readonly mapping?: CsvMapping;
	  }
	/** another scenario with one table from a CSV file */
	| {
			readonly kind: 'table';
			readonly base: ScenarioSource;
			readonly bytes: Uint8Array;
			readonly mapping: FileMapping;
			readonly mode: TableImportMode;
			readonly name: string;
	  }
	| {
			readonly kind: 'generated';
			readonly program: string;
			readonly name: string;
			readonly options: Config;
			readonly seed: number;
	  }
	| {
			readonly kind: 'packed';
			readonly packed: PackedContent;
			/** production's configuration */
			readonly config: Config;
	  }
	/** what another worker holds: a `LentScenario` waits in the channel */
	| { readonly kind: 'lent'; readonly port: MessagePort };

/** An open scenario, without what-if changes, as one worker hands it to another. */
export interface LentScenario {
	readonly flat: FlatContent;
	/** production's configuration */
	readonly config: Config;
	/** what its import left behind or changed */
	readonly notices: readonly Notice[];
}

/** One what-if change, kept apart from the data: a cell with another value, or a row added or taken out. */
export type Edit =
	| { readonly kind: 'cell'; readonly table: string; readonly key: readonly Cell[]; readonly column: string; readonly value: Cell } // prettier-ignore
	| { readonly kind: 'add'; readonly table: string; readonly row: Readonly<Record<string, Cell>> }
	| { readonly kind: 'remove'; readonly table: string; readonly key: readonly Cell[] }
	/** another as-of time, ISO 8601 UTC */
	| { readonly kind: 'now'; readonly now: string };

/** A table's declaration as far as a page needs it: no functions. */
export interface TableInfo {
	readonly name: string;
	readonly title: string;
	readonly columns: readonly ColumnSpec[];
	readonly key: readonly string[];
	readonly isOptional: boolean;
}

/** A program as the page sees it. */
export interface ProgramInfo {
	readonly id: string;
	readonly title: string;
	readonly summary: string;
	readonly levers: readonly LeverSpec[];
	readonly studies: readonly StudySpec[];
	readonly presets: readonly Preset[];
	/** for a program of rounds: what they are called, and the study of past ones */
	readonly rounds: Pick<RoundsSpec, 'noun' | 'study'> | null;
	/** studies behind the forecast ledger, null where the program foretells nothing */
	readonly ledger: LedgerSpec | null;
	/** its own words for things to agree to before an export, by role */
	readonly checklistWords: ChecklistWords;
	/** is there an operations pack to go with an export? */
	readonly hasOperations: boolean;
	/** questions often asked, as SQL */
	readonly queries: readonly SavedQuery[];
	readonly tables: readonly TableInfo[];
	/** options of its generator, null where it has none */
	readonly generator: readonly LeverSpec[] | null;
	/** configuration with every default filled in */
	readonly defaults: Config;
}

/** An open scenario, as the page sees it. */
export interface OpenedScenario {
	readonly program: string;
	readonly name: string;
	/** as-of time, ISO 8601 UTC; empty where the program has none */
	readonly now: string;
	/** SHA-256 over its rows */
	readonly digest: string;
	/** the configuration that is live, as the scenario states it */
	readonly production: Config;
	readonly notices: readonly Notice[];
	readonly subjects: readonly SubjectList[];
	readonly tables: readonly { readonly name: string; readonly title: string; readonly rowCount: number }[];
	/** large enough for helpers to pay */
	readonly isLarge: boolean;
}

export interface RunRequest {
	readonly config: Config;
	/** configuration to compare with, run on the data without what-if changes; null for none */
	readonly baseline: Config | null;
	/** run on the data without what-if changes, as production is */
	readonly isBase?: boolean;
	/** path of the lever that was moved: where it is one member's, that member is previewed first */
	readonly touched?: string;
}

export interface RunResult {
	readonly report: Report;
	/** what changed from the baseline; null without one, or where the program reports no people */
	readonly plan: Plan | null;
	/** time the engine took, milliseconds */
	readonly took: number;
}

/** Every metric of several runs on the same seeds. */
export interface LuckResult {
	readonly metrics: readonly MetricSpec[];
	readonly seeds: readonly number[];
	/** `values[run][metric]`, one value per seed, NaN where undefined */
	readonly values: readonly (readonly Float64Array[])[];
}

/** Values of one lever around the present one at which the result first differs; null where none was found. */
export interface EffectRange {
	readonly below: number | null;
	readonly above: number | null;
	/** how many runs were made to find out */
	readonly runCount: number;
}

/** How much a setting matters: what is different under a configuration against another. */
export interface Stake {
	/** people who gain, lose or switch something, or get another amount */
	readonly movedCount: number;
	/** money of a run under both, in its own unit; null where the program reports none */
	readonly money: { readonly title: string; readonly unit: Unit; readonly before: number | null; readonly after: number | null } | null; // prettier-ignore
}

/** What became of the draft with some facts of one participant changed. */
export interface PersonalTrial {
	/** the run with them, and its plan against the draft without */
	readonly result: RunResult;
	/** what she held in the draft without them, and whether she then took part */
	readonly before: Report;
	readonly explanation: Explanation;
}

export interface QueryResult {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly (string | number | null)[])[];
	/** rows were left out because of the limit */
	readonly isCut: boolean;
}

/** The first rows of an import, before it is taken. */
export interface ImportPreview {
	readonly kind: 'ready';
	readonly scenario: OpenedScenario;
	readonly samples: readonly {
		readonly table: string;
		readonly columns: readonly string[];
		readonly rows: readonly (readonly string[])[];
	}[];
}

/** What must be answered before a file can be read. */
export interface ImportQuestions {
	readonly kind: 'questions';
	readonly questions: readonly ImportQuestion[];
}

/** CSV files of which must be said first which column is which. */
export interface ImportMapping {
	readonly kind: 'mapping';
	readonly heads: readonly CsvHead[];
	/** the program that the files name; null where they name none */
	readonly program: string | null;
	/** why they cannot be read as they are */
	readonly issues: readonly Issue[];
}

export type DownloadFormat = 'sqlite' | 'json' | 'csv';

/** Told of progress: what is being done and the part behind, 0…1. */
export type OnProgress = (stage: string, done: number) => void;

/** Told of the member that a moved lever is for, before the whole run. */
export type OnPreview = (preview: GroupPreview) => void;

/** What a helper answers: it holds parts of open scenarios, under the number that the runner gives each. */
export interface HelperApi {
	openPart(id: number, program: string, input: unknown): void;
	askPart(id: number, question: unknown): unknown;
	/** lets every part go */
	clear(): void;
}

/** What a worker answers. Each call but `describe` and `readConfig` is about the scenario opened last. */
export interface RunnerApi {
	/** must come first: the bytes of sql.js's wasm, since a worker may fetch nothing */
	start(wasm: Uint8Array): void;
	/** gives it helpers to run parts of large scenarios on: the ends of channels to them */
	join(helpers: readonly MessagePort[]): void;
	describe(): readonly ProgramInfo[];
	open(
		source: ScenarioSource,
		edits: readonly Edit[],
		onProgress: OnProgress,
	): Promise<Answer<OpenedScenario>>;
	preview(
		source: ScenarioSource,
		onProgress: OnProgress,
	): Promise<Answer<ImportPreview | ImportQuestions | ImportMapping>>;
	readConfig(program: string, text: string): Answer<{ config: Config; notices: readonly Notice[] }>;
	/** one point of a sweep; `isBase` runs it on the data without what-if changes */
	point(config: Config, isBase: boolean): Answer<PointResult>;
	run(request: RunRequest, onProgress: OnProgress, onPreview?: OnPreview): Promise<Answer<RunResult>>;
	explain(config: Config, subject: Readonly<Record<string, string>>): Answer<Explanation>;
	study(id: string, config: Config, options: Config, onProgress: OnProgress): Answer<StudyResult>;
	luck(runs: readonly RunRequest[], seeds: readonly number[], onProgress: OnProgress): Answer<LuckResult>;
	firstEffect(config: Config, path: string, onProgress: OnProgress): Answer<EffectRange>;
	/** what keeps the last change of a lever without effect, as a sentence; null where nothing was found */
	whatBinds(config: Config, path: string): Answer<string | null>;
	/** what a configuration changes against another, in people and money; null where no people are reported */
	stake(config: Config, against: Config): Answer<Stake | null>;
	/** what may be wrong with the data under this configuration, point by point */
	quality(config: Config): Answer<readonly QualityItem[]>;
	/** what may be tried for the participant of a question; empty where the program has nothing */
	facts(subject: Readonly<Record<string, string>>): Answer<readonly PersonalFact[]>;
	/** the draft with some of her facts changed; nothing of it is kept */
	tryFacts(
		config: Config,
		subject: Readonly<Record<string, string>>,
		values: Readonly<Record<string, FactValue>>,
	): Answer<PersonalTrial>;
	/** further guardrails, too slow for every run; empty where the program has none */
	prove(config: Config, onProgress: OnProgress): Answer<readonly Check[]>;
	/** what goes to operations with this configuration; null where the program has nothing */
	operations(config: Config): Answer<OperationsPack | null>;
	/** tries every alert under the limits of this configuration */
	rehearse(config: Config, onProgress: OnProgress): Answer<readonly RehearsalResult[]>;
	exportConfig(config: Config): Answer<string>;
	/** what the live system takes, where that is not the configuration itself; else null */
	liveDocument(config: Config): Answer<string | null>;
	/** what the turn of the month would add, as what-if changes */
	rollOver(): Answer<readonly Edit[]>;
	/** one read-only query on the scenario's tables, and on the result of this configuration */
	query(sql: string, config: Config): Promise<Answer<QueryResult>>;
	rows(table: string, offset: number, limit: number): Answer<QueryResult>;
	download(format: DownloadFormat): Promise<Answer<SourceFile>>;
	/** the data without what-if changes, to open it elsewhere or again; null where that is too much to keep */
	pack(): Promise<Answer<PackedContent | null>>;
	/** puts the same into a channel to another worker, and gives its digest; null where that is too much to copy */
	lend(port: MessagePort): Answer<string | null>;
}
