import type { Config } from './levers.ts';

/**
 * What a run gives back, in a form that every screen and the command line can show without knowing the
 * program. Plain data: it crosses the thread edge once, and no chart computes.
 */

export type Unit =
	| 'count' | 'ratio' | 'ratioChange' | 'cents' | 'micros' | 'microUsdc' | 'wei' | 'points' | 'days' | 'seconds' | 'years' | 'km' | 'rank' | 'number'; // prettier-ignore

/** How a number is called and read. */
export interface MetricSpec {
	/** stable, for comparing runs: `assignments.sponsored` */
	readonly id: string;
	readonly title: string;
	readonly unit: Unit;
	/** which way is good, or null where it depends */
	readonly better: 'more' | 'less' | null;
	readonly help: string;
	/** one of the few shown first */
	readonly isHeadline?: boolean;
}

export interface Metric extends MetricSpec {
	/** null where it is not defined for this run */
	readonly value: number | null;
}

/** The same metrics for each member of a dimension: a row per city, brand or contract. */
export interface MetricGroup {
	/** `city`, `brand`, `contract`, `project`, … */
	readonly id: string;
	readonly title: string;
	readonly ids: readonly string[];
	readonly labels: readonly string[];
	readonly columns: readonly MetricColumn[];
}

export interface MetricColumn extends MetricSpec {
	/** a value per member, NaN where it is not defined */
	readonly values: Float64Array;
	/** where each member should be at least: the tick of its bullet row */
	readonly target?: Float64Array;
	/** columns of one stack are parts of a whole, drawn as one bar in the order given: `reasons` */
	readonly stack?: string;
	/** colour of the number: the brand pays, nobody pays, nobody gets anything */
	readonly tone?: 'sponsored' | 'growth' | 'nobody';
}

/** A member of a group ahead of the rest of a run. */
export interface GroupPreview {
	/** ids of the group and the member */
	readonly group: string;
	readonly id: string;
	/** by column id */
	readonly values: ReadonlyMap<string, number>;
}

/** A table of a report; columns of equal length. */
export interface ReportTable {
	readonly id: string;
	readonly title: string;
	readonly columns: readonly ReportColumn[];
	/** drawn as ranked bars: ids of the column of names and that of numbers */
	readonly bars?: { readonly label: string; readonly value: string };
}

export interface ReportColumn {
	readonly id: string;
	readonly title: string;
	readonly unit: Unit | 'text' | 'id' | 'time';
	/** numbers with NaN for none, times in epoch milliseconds, or text */
	readonly values: Float64Array | readonly (string | null)[];
	/** the unit of each row, where a column of numbers holds several; goes before `unit` */
	readonly units?: readonly Unit[];
	/** the numbers are differences: shown with their sign */
	readonly isChange?: boolean;
	/** the texts are decimal numbers that a double cannot hold: aligned and sorted as numbers */
	readonly isDecimal?: boolean;
}

/** A line over an ordered x, with an optional band. */
export interface Series {
	readonly id: string;
	readonly title: string;
	readonly unit: Unit;
	readonly xTitle: string;
	/** `time` where x is epoch milliseconds */
	readonly xUnit?: 'time';
	readonly x: Float64Array;
	readonly lines: readonly { readonly label: string; readonly y: Float64Array; readonly low?: Float64Array; readonly high?: Float64Array }[]; // prettier-ignore
	/** what it shows, in a sentence: stands as its title */
	readonly finding?: string;
	/** what a line and the band around it are, in a sentence */
	readonly note?: string;
	/** x positions to rule in, such as month ends, with their words */
	readonly marks?: readonly { readonly x: number; readonly label: string }[];
}

/** What lived when: a bar per thing over one time axis. Instants are epoch milliseconds. */
export interface Spans {
	readonly id: string;
	/** the finding */
	readonly title: string;
	/** what a row is */
	readonly rowTitle: string;
	readonly start: number;
	readonly end: number;
	readonly rows: readonly Span[];
}

export interface Span {
	readonly label: string;
	readonly from: number;
	readonly to: number;
	/** still there at the end */
	readonly isOpen: boolean;
	/** a few words beside the bar */
	readonly note: string;
	readonly detail: string;
	/** drawn back: it is there all the time */
	readonly isQuiet: boolean;
}

/** Who was in the run and what became of each: what plans and movement tables compare. */
export interface Participants {
	/** singular and plural: `user`, `users` */
	readonly noun: readonly [string, string];
	readonly ids: readonly string[];
	/** index into `groups` for each participant (her city, say), -1 for none */
	readonly group: Int32Array;
	readonly groups: readonly string[];
	/** index into `states`, from worst to best */
	readonly state: Uint8Array;
	readonly states: readonly string[];
	/** what each holds: participant i holds items `item[itemStart[i] … itemStart[i + 1])`, indexes into `items` */
	readonly itemStart: Uint32Array;
	readonly item: Uint32Array;
	readonly items: readonly string[];
	/** singular and plural of an item: `reward`, `rewards` */
	readonly itemNoun?: readonly [string, string];
	/** whose each item is: the brand of a contract */
	readonly itemOwners?: readonly string[];
	/** singular and plural of an owner: `brand`, `brands` */
	readonly ownerNoun?: readonly [string, string];
	/** subject kind that `ids` and `items` go by in `explain`: `user`, `contract` */
	readonly subjectKinds?: readonly [string, string];
	/** kind of an item, index into `itemKinds`: sponsored or growth */
	readonly itemKind: Uint8Array;
	readonly itemKinds: readonly string[];
	/** an amount per participant that more is better of (points, cents), with its unit */
	readonly value: Float64Array;
	readonly valueUnit: Unit;
	/**
	 * what `value` is called where a change of it alone is worth telling people of: `award`, so that someone who
	 * keeps one may still get a larger one
	 */
	readonly valueNoun?: string;
	/** where each is, km east and north of the middle of her group, for a map */
	readonly places?: { readonly eastKm: Float64Array; readonly northKm: Float64Array };
}

/** A promise that was checked, with the proof: a light on the Deploy screen. */
export interface Check {
	readonly id: string;
	readonly title: string;
	readonly state: 'fine' | 'close' | 'over';
	/** what was looked at and found, in a sentence */
	readonly proof: string;
	/** does `over` block an export? a guardrail does, a warning does not */
	readonly isGuardrail: boolean;
	/** a limit of the rules, worth seeing while they are turned, not only before an export */
	readonly isLimit?: boolean;
}

/** What a run makes of a setting, beside its value in the configuration. */
export interface SettingNow {
	/** what the scenario says while the setting is left empty, such as a rule of the edition that runs */
	readonly standsFor?: unknown;
	/** ends of its slider, in the unit of the setting; epoch milliseconds for times */
	readonly range?: readonly [number, number];
	/** nothing in this run asks for it, as with the bar of a model that has none */
	readonly isIdle?: boolean;
}

/** Something staff should know, that stops nothing. */
export interface Notice {
	readonly code: string;
	readonly message: string;
	/** parts of a file that were left out, all by name, where the message names but the first */
	readonly names?: readonly string[];
	/** path of the setting that says it as a warning too */
	readonly lever?: string;
}

/** One point of the list of what may be wrong with a scenario's data, also where nothing is. */
export interface QualityItem {
	/** that of the notice which says the same, where there is one */
	readonly id: string;
	/** what is counted: `Users without a usable location` */
	readonly title: string;
	readonly count: number;
	/** how many there are in all; null where that says nothing */
	readonly of: number | null;
	/** singular and plural of what is counted */
	readonly noun: readonly [string, string];
	/** worth a look? */
	readonly isFine: boolean;
	/** what a run makes of them, in sentences */
	readonly help: string;
	/** which they are, in a fixed order; the first of them where there are very many */
	readonly rows: ReportTable['columns'];
}

/** What a run returns. Same scenario, configuration and seed: same report, to the last bit. */
export interface Report {
	readonly program: string;
	/** every setting it ran with, defaults too */
	readonly config: Config;
	readonly seed: number;
	/** SHA-256 over the canonical JSON of the outcome and the configuration, in hex */
	readonly outcomeHash: string;
	readonly metrics: readonly Metric[];
	readonly groups: readonly MetricGroup[];
	readonly tables: readonly ReportTable[];
	readonly series: readonly Series[];
	/** a picture of what lived when, where the program has one */
	readonly spans?: Spans;
	readonly participants: Participants | null;
	readonly checks: readonly Check[];
	readonly notices: readonly Notice[];
	/** by path of the setting, where there is more to say of it than the configuration does */
	readonly settings?: Readonly<Record<string, SettingNow>>;
}

/** "Why did X get, or not get, Y?" */
export interface Explanation {
	/** the answer in one sentence */
	readonly sentence: string;
	/** what added up to the decision, in order: log points of each factor, say */
	readonly factors: readonly { readonly label: string; readonly value: string; readonly effect: number }[];
	/** the same to the last unit, for money: lines whose amounts add up to the total, as texts */
	readonly ledger?: {
		readonly lines: readonly { readonly label: string; readonly detail: string; readonly amount: string }[];
		readonly total: { readonly label: string; readonly amount: string };
	};
	/** what `rows` are, where they are no alternatives */
	readonly rowsTitle?: string;
	/** the alternatives, best first, with what became of each */
	readonly rows: readonly { readonly label: string; readonly status: string; readonly detail: string; readonly isSubject: boolean }[]; // prettier-ignore
	/** least changes that flip the answer, each confirmed by a re-run */
	readonly changes: readonly {
		readonly sentence: string;
		readonly path?: string;
		readonly value?: unknown;
	}[];
	/** further settings to try, with what a re-run found; they need not turn the answer */
	readonly trials?: Explanation['changes'];
	/** every rule that said no, first one first */
	readonly reasons: readonly { readonly code: string; readonly sentence: string }[];
	/** what re-runs found about the subject, such as what one more unit of supply is worth */
	readonly findings?: readonly { readonly title: string; readonly sentence: string }[];
	/** who stood where before a limited item, one strip for each place it was handed out in */
	readonly strips?: readonly AdmissionStrip[];
	/** an item as `Participants.items` has it whose holders the answer is about */
	readonly item?: string;
}

/** The people who could have had an item, by what they were ranked by. */
export interface AdmissionStrip {
	readonly label: string;
	readonly unit: Unit;
	/** ascending */
	readonly values: Float64Array;
	/** mask: got it */
	readonly isIn: Uint8Array;
	/** value of the last one in, null where nobody was */
	readonly line: number | null;
	/** index of the person asked about, -1 for none */
	readonly subject: number;
}
