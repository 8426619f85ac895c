import type { ChecklistWords } from './bundle/checklist.ts';
import type { DocumentReader } from './document-reader.ts';
import type { z } from 'zod';
import type { CutScenario } from './cut.ts';
import { listLevers, type Config, type LeverSpec } from './levers.ts';
import type { OperationsSpec } from './operations.ts';
import type {
	Check,
	Explanation,
	GroupPreview,
	Notice,
	QualityItem,
	Report,
	ReportTable,
	Series,
	Metric,
} from './report.ts';
import type { Cell, ScenarioContent, TablesMigration, TableSpec } from './tables.ts';

/** Told of each stage of a run as it starts; `done` is the part of the work behind, 0…1. */
export type OnStage = (stage: string, done: number) => void;

/** A further computation over an open scenario: a forecast, a season, a comparison of policies. */
export interface StudySpec {
	readonly id: string;
	readonly title: string;
	readonly help: string;
	/** its options, as levers */
	readonly options: readonly LeverSpec[];
	/** the screen it stands on; Explore when left out */
	readonly screen?: 'explore' | 'replay' | 'compare';
	/** does it take an option `against`, a configuration to compare with on the same luck? */
	readonly isPaired?: boolean;
	/** does it answer the program's main question? Explore then opens on its result */
	readonly isMain?: boolean;
}

/** Amounts that may come of each of several things, against a limit: `1 in 50 goes over`. */
export interface Spread {
	readonly id: string;
	readonly title: string;
	/** what the limit is called: `supply` */
	readonly limitTitle: string;
	readonly ids: readonly string[];
	readonly labels: readonly string[];
	readonly limit: Float64Array;
	/** equally likely amounts of each thing, ascending: those of i are `value[i · count … (i + 1) · count)` */
	readonly value: Float64Array;
	readonly count: number;
}

export interface StudyResult {
	/** the question the study is for, with its answer in sentences */
	readonly answer?: { readonly question: string; readonly sentences: readonly string[] };
	readonly spreads?: readonly Spread[];
	readonly metrics: readonly Metric[];
	readonly tables: readonly ReportTable[];
	readonly series: readonly Series[];
	readonly notices: readonly Notice[];
	/** what was looked at and found, where the study judges */
	readonly checks?: readonly Check[];
	/** what somebody outside would read, a paragraph per line, shown as it would look */
	readonly letter?: { readonly title: string; readonly lines: readonly string[] };
	/** a document to take along, such as the lines that another system reads */
	readonly file?: StudyFile;
}

/** A document that a study makes. */
export interface StudyFile {
	/** with its ending: `event-feed.jsonl` */
	readonly name: string;
	readonly title: string;
	readonly type: string;
	readonly text: string;
}

/** Ids that a question or a palette can name: all users, all contracts, … */
export interface SubjectList {
	readonly kind: string;
	readonly title: string;
	readonly ids: readonly string[];
	readonly labels: readonly string[];
}

/** A value that a fact may be given on trial. */
export type FactValue = number | string;

/** A fact about one participant that may be tried with another value: her city, an affinity. */
export interface PersonalFact {
	/** stable, for `withFacts`: `affinity.b03` */
	readonly id: string;
	readonly title: string;
	readonly kind: 'number' | 'choice';
	/** as the scenario has it; null where it is unknown */
	readonly value: FactValue | null;
	readonly min?: number;
	readonly max?: number;
	readonly step?: number;
	readonly choices?: readonly { readonly id: string; readonly label: string }[];
	readonly help: string;
}

/** A scenario that has been checked and indexed once, and can be run any number of times. */
export interface OpenScenario {
	/** what is worth knowing about the data, such as missing affinities */
	readonly notices: readonly Notice[];
	readonly subjects: readonly SubjectList[];
	/** What may be wrong with the data, point by point, each counted; made when asked for. */
	quality?(config: Config): readonly QualityItem[];
	/** Runs the whole program. Throws `InputError` where the configuration does not fit the scenario. */
	run(config: Config, onStage?: OnStage): Report;
	/**
	 * Metrics and checks of `run`, the same to the last bit, without what else a report holds: for sweeps. Left out
	 * where it would be no quicker.
	 */
	point?(config: Config): { readonly metrics: readonly Metric[]; readonly checks: readonly Check[] };
	/** to run in parts; left out where it is too small for that to pay */
	readonly cut?: CutScenario;
	/**
	 * The member that the lever at `path` is for, run ahead of the others from what the last runs left; null where
	 * that cannot be done. The run that follows has the last word.
	 */
	preview?(config: Config, path: string): GroupPreview | null;
	/** Answers a why-question; `subject` names ids by kind, such as `{ user, contract }`. */
	explain(config: Config, subject: Readonly<Record<string, string>>): Explanation;
	study(id: string, config: Config, options: Config, onStage?: OnStage): StudyResult;
	/** What may be tried for the participant that `subject` names, also about an item it names. */
	facts?(subject: Readonly<Record<string, string>>): readonly PersonalFact[];
	/** This scenario with some of her facts changed, by id of fact, opened anew; this one stays as it is. */
	withFacts?(
		subject: Readonly<Record<string, string>>,
		values: Readonly<Record<string, FactValue>>,
	): OpenScenario;
	/**
	 * What keeps a change of settings without effect, in a sentence that re-runs have confirmed: with what it names
	 * relaxed, the same change matters. Null where nothing of the kind was found.
	 */
	whatBinds?(before: Config, after: Config, path: string): string | null;
	/** Further guardrails, too slow for every run: proven before an export, and again by whoever checks it. */
	prove?(config: Config, onStage?: OnStage): readonly Check[];
	/**
	 * The text of the document that the live system takes, where it holds what stands in the scenario, such as a
	 * set of editions with those of unknown type to the last character. Goes before `Program.exportConfig`. Throws
	 * `InputError` where the result would not be valid.
	 */
	exportDocument?(config: Config): string;
}

/** A ready-made direction to try: settings that differ from production. */
export interface Preset {
	readonly id: string;
	readonly title: string;
	readonly help: string;
	/** lever paths with the values set; `*` stands for every entity that production has a value for */
	readonly changes: readonly { readonly path: string; readonly value: unknown }[];
}

/** A question as SQL over a scenario's tables and those of a run (`result_…`). */
export interface SavedQuery {
	readonly title: string;
	readonly sql: string;
}

/** A row that something would add to a table; cells as in `Cell`. */
export interface AddedRow {
	readonly table: string;
	readonly row: Readonly<Record<string, Cell>>;
}

/** For programs that are run again and again on dates: planned rounds, past ones, and what comes in between. */
export interface RoundsSpec {
	/** `Drop`, `Drops` */
	readonly noun: readonly [string, string];
	/** id of the study that lists the past ones */
	readonly study: string;
	/** rows that the turn of the month adds; empty where there is nothing to roll over */
	rollOver(content: ScenarioContent): readonly AddedRow[];
}

/** For programs whose forecasts can be held against what happened: the studies that do it. */
export interface LedgerSpec {
	/** gives the rows that an export stores, in a table `forecast` with a column for each field of `ForecastRow` */
	readonly forecast: string;
	/** takes stored forecasts as the option `forecasts`, and gives metrics `ledger.…` */
	readonly score: string;
	/** judges what feeds the forecasts, in `checks` and a verdict as its first notice */
	readonly health: string;
}

/** What a generator is asked for: its options, as levers, and a seed. */
export interface GeneratorSpec {
	readonly options: readonly LeverSpec[];
	/** Makes a scenario; the same options (defaults filled in) and seed give the same content. */
	generate(options: Config, seed: number, onStage?: OnStage): ScenarioContent;
}

/** Reads the interchange document of a scenario that stands inside a case; throws `InputError`. */
export type CaseReader = (document: unknown) => ScenarioContent;

/**
 * A program: it declares its tables, levers and computations, and the shell around it is general. Nothing in
 * it knows SQL, threads or the page.
 */
export interface Program {
	readonly id: string;
	readonly title: string;
	readonly summary: string;
	/** version of its tables, stored in every scenario file */
	readonly tablesVersion: number;
	readonly tables: readonly TableSpec[];
	/** a step for each older version of the tables that can still be opened */
	readonly migrations?: readonly TablesMigration[];
	readonly levers: readonly LeverSpec[];
	readonly configSchema: z.ZodType;
	readonly studies: readonly StudySpec[];
	readonly generator: GeneratorSpec | null;
	readonly rounds?: RoundsSpec;
	readonly ledger?: LedgerSpec;
	readonly operations?: OperationsSpec;
	readonly presets?: readonly Preset[];
	/** documents of other formats that can be read as its scenarios */
	readonly documentReaders?: readonly DocumentReader[];
	/** what its people call the things to agree to before an export, by role */
	readonly checklistWords?: ChecklistWords;
	/** the questions most often asked of its data */
	readonly queries?: readonly SavedQuery[];
	/**
	 * Reads a configuration document: fills in defaults, keeps unknown keys and names them in `notices`.
	 * Throws `InputError` with a path for each wrong value.
	 */
	readConfig(document: unknown): { readonly config: Config; readonly notices: readonly Notice[] };
	/** The document the live system takes, from a configuration that `readConfig` gave. */
	exportConfig(config: Config): Config;
	/** Checks and indexes a scenario. Throws `InputError` with every problem found. */
	open(content: ScenarioContent): OpenScenario;
	/** Opens a part that `CutScenario.parts` gave; `buffers` are those of an answer that may be handed over with it. */
	openPart?(input: unknown): (question: unknown) => { answer: unknown; buffers: ArrayBufferLike[] };
	/**
	 * Answers one case of the line protocol (`dropbench case`): input and result are plain JSON. Throws
	 * `InputError`, whose first issue's code is the answer's error code.
	 */
	answerCase(input: unknown, reader: CaseReader): unknown;
}

/** Program parts as written; levers come from the schema. */
export type ProgramParts = Omit<Program, 'levers'>;

/** Declares a program; its lever list is read off its configuration schema. */
export function defineProgram(parts: ProgramParts): Program {
	return { ...parts, levers: listLevers(parts.configSchema) };
}
