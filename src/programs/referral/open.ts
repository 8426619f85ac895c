import { sha256Hex, canonicalJson } from '../hash.ts';
import type { Config } from '../levers.ts';
import type { OnStage, OpenScenario } from '../program.ts';
import type { Notice, Report } from '../report.ts';
import type { ScenarioContent } from '../tables.ts';
import { checkOutcome } from './check-outcome.ts';
import { explain } from './explain.ts';
import { exportDocument } from './export-set.ts';
import { limits } from './limits.ts';
import { measure } from './measure.ts';
import { hashOutcome, remainingOf, statusAt, type ReferralOutcome, type Status } from './outcome.ts';
import { accountingTable, editionTable, instantOf, leaderboard, participantsOf, referrerGroup, shortAddress, unrecognizedTable } from './report-tables.ts'; // prettier-ignore
import { resultTables } from './result-table.ts';
import {
	choose,
	openSession,
	runChoice,
	runnable,
	type Choice,
	type Runnable,
	type Session,
} from './session.ts';
import { settingsNow } from './settings-now.ts';
import { simulate } from './simulate.ts';
import { NO_ACCOUNTING, runStudy } from './studies/study-list.ts';
import { timeline } from './timeline.ts';

/** Above it, the accounting is left to its study: a report goes to the page after every turn of a lever. */
const MOST_ACCOUNTING = 5_000;

/** A referral scenario, checked and indexed. */
export function openReferral(content: ScenarioContent): OpenScenario {
	const session = openSession(content);
	const { dataset, set } = session;
	return {
		notices: setNotices(session),
		subjects: [
			{
				kind: 'referrer',
				title: 'Referrers',
				ids: dataset.addresses,
				labels: dataset.addresses.map(shortAddress),
			},
			{
				kind: 'edition',
				title: 'Editions',
				ids: set.editions.map((edition) => edition.slug),
				labels: set.editions.map((edition) =>
					edition.kind === 'known' ? edition.displayName : `${edition.displayName} (unknown type)`,
				),
			},
		],
		run: (config, onStage) => run(session, config, onStage),
		explain: (config, subject) => explain(session, config, subject),
		study: (id, config, options, onStage) => {
			onStage?.(id, 0);
			return runStudy(session, id, config, options);
		},
		exportDocument: (config) => exportDocument(session, config),
	};
}

function run(session: Session, document: Config, onStage?: OnStage): Report {
	const { dataset } = session;
	onStage?.('rules', 0);
	const choice = choose(session, document);
	const ready = runnable(choice);
	if (ready === null) return emptyReport(session, choice);
	onStage?.('award', 0.1);
	const outcome = runChoice(session, ready);
	const before = ready.isOwn ? outcome : simulate(dataset, ready.edition.rules, ready.asOf);
	onStage?.('check', 0.4);
	const checks = [...checkOutcome(dataset, outcome), ...limits(outcome)];
	onStage?.('report', 0.6);
	const isShort = outcome.counted.event.length <= MOST_ACCOUNTING;
	const accounting = outcome.dataModelType === 'rev-share-limit' && isShort ? accountingTable(dataset, outcome, (row) => session.extra[row]) : null; // prettier-ignore
	return {
		program: 'referral',
		config: choice.config,
		seed: 0,
		outcomeHash: hashOutcome(dataset, outcome, choice.config),
		metrics: measure(dataset, outcome),
		groups: [referrerGroup(dataset, outcome)],
		tables: [
			leaderboard(dataset, outcome, before),
			...(accounting ? [accounting] : []),
			editionTable(session.set, ready.asOf, ready.edition.slug, outcome),
			...resultTables(session.results),
		],
		series: timeline(dataset, outcome),
		participants: participantsOf(dataset, outcome),
		checks,
		notices: [...choice.notices, ...runNotices(ready, outcome, isShort, accounting !== null)],
		settings: settingsNow(session, choice),
	};
}

/** What there is to show of an edition that cannot be run: the set, and why (spec section 9.1). */
function emptyReport(session: Session, choice: Choice): Report {
	const { set } = session;
	const { config, notices, edition, asOf } = choice;
	const why: Notice =
		edition?.kind === 'unrecognized'
			? {
					code: 'run.unrecognized-model',
					message: `${edition.displayName} (${edition.slug}) is of the unrecognized model ${JSON.stringify(edition.originalDataModelType)}: read-only, not run, kept in the set and exported unchanged to the last character. Choose another edition to see results.`,
				}
			: { code: 'run.no-edition', message: 'the set has no edition that can be run' };
	return {
		program: 'referral',
		config,
		seed: 0,
		outcomeHash: sha256Hex(canonicalJson([config, edition?.slug ?? null])),
		metrics: [],
		groups: [],
		tables: [
			...(edition?.kind === 'unrecognized' ? [unrecognizedTable(edition, asOf)] : []),
			editionTable(set, asOf, null, null),
			...resultTables(session.results),
		],
		series: [],
		participants: null,
		checks: [],
		notices: [...notices, why],
		settings: settingsNow(session, choice),
	};
}

/** What to know of the set: what was set aside, what cannot run, what stands between it and an export. */
function setNotices({ set, results }: Session): Notice[] {
	const aside = set.rejected.map(({ index, issues }): Notice => {
		const words = issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`).join('; ');
		return { code: 'edition.set-aside', message: `edition ${index} was set aside: ${words}` };
	});
	const unknown = set.editions.flatMap((edition): Notice[] => {
		if (edition.kind === 'known') return [];
		const type = JSON.stringify(edition.originalDataModelType);
		return [{ code: 'edition.unrecognized', message: `${edition.slug} is of the unrecognized model ${type}: kept, not run, left out of comparisons` }]; // prettier-ignore
	});
	const whole = set.issues
		.filter((issue) => issue.path.length === 0)
		.map(({ code, message }): Notice => ({ code, message }));
	const resultsAside = results.issues.map(({ path, message }): Notice => {
		return { code: 'result.set-aside', message: `result ${path[0]} was set aside: ${message}` };
	});
	return [...aside, ...unknown, ...whole, ...set.notices, ...resultsAside, ...results.notices];
}

/** Status of an edition as people say it. */
const STATUS_WORDS: Readonly<Record<Status, string>> = {
	Scheduled: 'is scheduled: it has not started',
	Active: 'is active',
	Exhausted: 'is exhausted: its pool is empty',
	AwardsReview: 'is in awards review: it has ended, and its awards are not paid out',
	Closed: 'is closed: its awards are paid out',
};

function runNotices(
	{ edition, asOf, rules }: Runnable,
	outcome: ReferralOutcome,
	isShort: boolean,
	hasAccounting: boolean,
): Notice[] {
	const status = statusAt(asOf, rules, remainingOf(outcome));
	const time = instantOf(asOf).slice(0, 16).replace('T', ' ');
	const message = `As of ${time} UTC, ${edition.displayName} (${edition.slug}) ${STATUS_WORDS[status]}`;
	const notices: Notice[] = [{ code: 'edition.status', message }];
	if (!isShort) {
		notices.push({
			code: 'accounting.long',
			message: `${outcome.counted.event.length} events: the accounting is in its study`,
		});
	} else if (!hasAccounting) notices.push(NO_ACCOUNTING);
	return notices;
}
