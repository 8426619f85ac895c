import { sha256Hex, canonicalJson } from '../hash.ts';
import type { Config } from '../levers.ts';
import type { OnStage, OpenScenario } from '../program.ts';
import type { Check, Notice, Report } from '../report.ts';
import type { ScenarioContent } from '../tables.ts';
import { checkOutcome } from './check-outcome.ts';
import { explain } from './explain.ts';
import { exportDocument } from './export-set.ts';
import { measure } from './measure.ts';
import { dollars } from './money.ts';
import { hashOutcome, remainingOf, statusAt, type ReferralOutcome } from './outcome.ts';
import { accountingTable, editionTable, instantOf, leaderboard, participantsOf, referrerGroup, shortAddress } from './report-tables.ts'; // prettier-ignore
import {
	choose,
	openSession,
	runChoice,
	runnable,
	type Choice,
	type Runnable,
	type Session,
} from './session.ts';
import { simulate } from './simulate.ts';
import { splitGain } from './split-gain.ts';
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
				labels: set.editions.map((edition) => edition.displayName),
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
	const checks = [...checkOutcome(dataset, outcome), ...lights(outcome)];
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
		],
		series: timeline(dataset, outcome),
		participants: participantsOf(dataset, outcome),
		checks,
		notices: [...choice.notices, ...runNotices(ready, outcome, isShort, accounting !== null)],
	};
}

/** What there is to show of an edition that cannot be run: the set, and why (spec section 9.1). */
function emptyReport({ set }: Session, { config, notices, edition, asOf }: Choice): Report {
	const why: Notice =
		edition?.kind === 'unrecognized'
			? {
					code: 'run.unrecognized-model',
					message: `${edition.slug} is of the unrecognized model ${JSON.stringify(edition.originalDataModelType)}: kept, shown as ${statusAt(asOf, edition.base, null)} and exported unchanged, not run`,
				}
			: { code: 'run.no-edition', message: 'the set has no edition that can be run' };
	return {
		program: 'referral',
		config,
		seed: 0,
		outcomeHash: sha256Hex(canonicalJson([config, edition?.slug ?? null])),
		metrics: [],
		groups: [],
		tables: [editionTable(set, asOf, null, null)],
		series: [],
		participants: null,
		checks: [],
		notices: [...notices, why],
	};
}

/** What to know of the set: what was set aside, what cannot run, what stands between it and an export. */
function setNotices({ set }: Session): Notice[] {
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
	return [...aside, ...unknown, ...whole, ...set.notices];
}

/** Limits that stop nothing but should be seen: how long the pool lasts, and what splitting would gain. */
function lights(outcome: ReferralOutcome): Check[] {
	switch (outcome.dataModelType) {
		case 'pie-split': {
			const gain = outcome.order.length === 0 ? 0n : splitGain(outcome, outcome.order[0]);
			const proof = gain === 0n ? 'Rank 1 gains nothing by a second address.' : `Rank 1 would gain ${dollars(gain)} by moving half of its time to a second address.`; // prettier-ignore
			return [
				{
					id: 'split-gain',
					title: 'Splitting does not pay',
					state: gain === 0n ? 'fine' : 'close',
					proof,
					isGuardrail: false,
				},
			];
		}
		case 'rev-share-limit': {
			const { remaining, rules, paid } = outcome;
			const isClose = remaining * 10n < rules.awardPool;
			const state = remaining === 0n ? 'over' : isClose ? 'close' : 'fine';
			const proof = `${dollars(paid)} of ${dollars(rules.awardPool)} paid, ${dollars(remaining)} left.`;
			return [{ id: 'pool-lasts', title: 'The pool lasts', state, proof, isGuardrail: false }];
		}
	}
}

function runNotices(
	{ edition, asOf, rules }: Runnable,
	outcome: ReferralOutcome,
	isShort: boolean,
	hasAccounting: boolean,
): Notice[] {
	const status = statusAt(asOf, rules, remainingOf(outcome));
	const notices: Notice[] = [
		{ code: 'edition.status', message: `${edition.slug} is ${status} as of ${instantOf(asOf)}` },
	];
	if (!isShort) {
		notices.push({
			code: 'accounting.long',
			message: `${outcome.counted.event.length} events: the accounting is in its study`,
		});
	} else if (!hasAccounting) notices.push(NO_ACCOUNTING);
	return notices;
}
