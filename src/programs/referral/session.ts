import { inputError } from '../input-error.ts';
import type { Config } from '../levers.ts';
import type { Notice } from '../report.ts';
import { texts, tableOf, type ScenarioContent } from '../tables.ts';
import { applyLevers, seconds } from './apply-levers.ts';
import type { ReferralDataset } from './dataset.ts';
import { referralConfigSchema, type ReferralConfig } from './levers.ts';
import type { ReferralOutcome } from './outcome.ts';
import { readReferralConfig } from './read-config.ts';
import { newestFirst, type EditionSet } from './read-editions.ts';
import type { ResultSet } from './read-results.ts';
import type { Edition, KnownEdition, Rules } from './rules.ts';
import { simulate } from './simulate.ts';
import { nowSeconds, readEditionTable, readEventTable, readResultTable } from './tables.ts';

/** An open scenario: its events and its set of editions, read and checked once. */
export interface Session {
	readonly dataset: ReferralDataset;
	readonly set: EditionSet;
	/** what other programs computed, kept and shown */
	readonly results: ResultSet;
	/** Unix seconds */
	readonly now: number;
	/** carried fields of each row of the events, as JSON */
	readonly extra: readonly (string | null)[];
}

/** Reads a scenario. Throws `InputError` for bad events; bad editions are set aside. */
export function openSession(content: ScenarioContent): Session {
	return {
		dataset: readEventTable(content),
		set: readEditionTable(content),
		results: readResultTable(content),
		now: nowSeconds(content),
		extra: texts(tableOf(content, 'event'), 'extra'),
	};
}

/** What a configuration asks for. */
export interface Choice {
	readonly config: ReferralConfig;
	readonly notices: readonly Notice[];
	/** Unix seconds */
	readonly asOf: number;
	/** null when the set has no edition at all */
	readonly edition: Edition | null;
}

export interface Runnable extends Choice {
	readonly edition: KnownEdition;
	/** with the levers laid over */
	readonly rules: Rules;
	/** are these the edition's own rules? */
	readonly isOwn: boolean;
}

/** Reads a configuration against the set. Throws `InputError` for a slug that the set does not have. */
export function choose({ set, now }: Session, document: Config): Choice {
	const { config, notices } = readReferralConfig(document);
	const asOf = seconds(config.accurateAsOf) ?? now;
	return { config, notices, asOf, edition: findEdition(set, config.edition, asOf) };
}

/** The newest edition that runs and has started, else the newest that runs, else any; null for an empty set. */
export function defaultEdition({ editions }: EditionSet, asOf: number): Edition | null {
	const sorted = newestFirst(editions);
	const known = sorted.filter((edition) => edition.kind === 'known');
	return known.find((edition) => edition.rules.startTime <= asOf) ?? known[0] ?? sorted[0] ?? null;
}

/** The edition of a slug; without one the default. */
function findEdition(set: EditionSet, slug: string | null, asOf: number): Edition | null {
	if (slug === null) return defaultEdition(set, asOf);
	const edition = set.editions.find((one) => one.slug === slug);
	if (edition) return edition;
	const slugs = newestFirst(set.editions)
		.map((one) => one.slug)
		.join(', ');
	const message = `unknown edition: ${slug}; the set has ${slugs === '' ? 'none' : slugs}`;
	throw inputError('config.edition', message, 'config.edition', { path: 'config.edition' });
}

/** A choice that can be run, its levers laid over the edition's rules; null for an edition of unknown type. */
export function runnable(choice: Choice): Runnable | null {
	const { edition, config } = choice;
	if (edition?.kind !== 'known') return null;
	const rules = applyLevers(edition.rules, config);
	return { ...choice, edition, rules, isOwn: isUntouched(config) };
}

/** As `runnable`, throwing `InputError` where there is nothing to run. */
export function runnableOrThrow(session: Session, document: Config): Runnable {
	const choice = choose(session, document);
	const found = runnable(choice);
	if (found) return found;
	const type = choice.edition?.kind === 'unrecognized' ? `unrecognized model: ${choice.edition.originalDataModelType}; it is kept, not run` : 'no edition that can run'; // prettier-ignore
	throw inputError('config.edition', type, 'run.unrecognized-model');
}

/** Levers that say what to look at, and change no rule. */
const LOOKING = ['edition', 'accurateAsOf', 'disqualified'];
const RULE_LEVERS = (Object.keys(referralConfigSchema.shape)).filter((key) => !LOOKING.includes(String(key))); // prettier-ignore

function isUntouched(config: ReferralConfig): boolean {
	return Object.keys(config.disqualified).length === 0 && RULE_LEVERS.every((key) => config[key] === null);
}

/** Runs a choice. */
export function runChoice({ dataset }: Session, { rules, asOf }: Runnable): ReferralOutcome {
	return simulate(dataset, rules, asOf);
}
