import { canonicalJson } from '../hash.ts';
import { found, inputError } from '../input-error.ts';
import type { Config } from '../levers.ts';
import type { OnStage, OpenScenario, StudyResult } from '../program.ts';
import type { Explanation, Report } from '../report.ts';
import type { ScenarioContent } from '../tables.ts';
import { buildDataset, type OfferScenario } from './dataset.ts';
import { explainCredit } from './explain/explain-credit.ts';
import { explainRegistration } from './explain/explain-registration.ts';
import { hashRun } from './hash-run.ts';
import { lightsOf, runNotices } from './lights.ts';
import { participantsOf } from './participants.ts';
import { parseSettings, readOfferConfig } from './read-config.ts';
import { reportGroups, reportMetrics } from './report-groups.ts';
import { reportSeries } from './report-series.ts';
import { offerSpans } from './report-spans.ts';
import { reportTables } from './report-tables.ts';
import { runOffer, type OfferRun } from './run.ts';
import { statementTable } from './statement.ts';
import { feedStudy, statementStudy } from './studies/account-studies.ts';
import { fitStudy } from './studies/fit-study.ts';
import { feedOptions, fitOptions, replicatesOptions, scheduleOptions, searchOptions, statementOptions } from './studies/options.ts'; // prettier-ignore
import { replicatesStudy } from './studies/replicates-study.ts';
import { scheduleStudy } from './studies/schedule-study.ts';
import { searchStudy } from './studies/search-study.ts';

/** Runs by configuration; the last one is kept for the questions that follow it. */
type RunOf = (document: Config, onStage?: OnStage) => OfferRun;

/** An offer scenario, checked and indexed. */
export function openOffer(content: ScenarioContent): OpenScenario {
	const scenario = buildDataset(content);
	let last: { readonly key: string; readonly run: OfferRun } | null = null;
	const runOf: RunOf = (document, onStage) => {
		const { config } = readOfferConfig(document);
		const key = canonicalJson(config);
		if (last?.key !== key) last = { key, run: runOffer(scenario.dataset, config, onStage) };
		return last.run;
	};
	const asRecorded = runOf({});
	const { state } = asRecorded.outcome;
	const credits = state.creditOwner.map((_, c) => String(c + 1));
	return {
		notices: runNotices(asRecorded),
		subjects: [
			{ kind: 'user', title: 'Accounts', ids: state.userId, labels: state.userId },
			{ kind: 'offer', title: 'Offers', ids: state.offerId, labels: state.offerId },
			{
				kind: 'credit',
				title: 'Credits',
				ids: credits,
				labels: credits.map((id, c) => `credit ${id} of ${state.userId[state.creditOwner[c]]}`),
			},
		],
		run: (document, onStage) =>
			reportOf(runOf(document, onStage), readOfferConfig(document).notices, onStage),
		explain: (document, subject) => explain(runOf(document), subject),
		study: (id, document, options, onStage) => study(scenario, runOf, id, document, options, onStage),
	};
}

function reportOf(run: OfferRun, notices: Report['notices'], onStage?: OnStage): Report {
	onStage?.('check', 0.95);
	const { outcome, metrics, config } = run;
	return {
		program: 'offer',
		config,
		seed: config.seed,
		outcomeHash: hashRun(run),
		metrics: reportMetrics(metrics),
		groups: reportGroups(outcome, metrics),
		tables: [...reportTables(outcome, metrics), statementTable(outcome.state)],
		series: reportSeries(outcome, metrics),
		spans: offerSpans(outcome),
		participants: participantsOf(outcome),
		checks: lightsOf(run),
		notices: [...notices, ...runNotices(run)],
	};
}

/** A credit, when it is asked for alone or beside its owner; else the registration of the account. */
function explain(run: OfferRun, subject: Readonly<Record<string, string>>): Explanation {
	const { state } = run.outcome;
	const u = Object.hasOwn(subject, 'user') ? state.userByName.get(subject.user) : undefined;
	if (Object.hasOwn(subject, 'credit')) {
		const c = /^[1-9]\d{0,8}$/.test(subject.credit) ? Number(subject.credit) - 1 : -1;
		const isKnown = c >= 0 && c < state.creditOwner.length;
		if (isKnown && (u === undefined || state.creditOwner[c] === u)) return explainCredit(run, c);
		const message = `unknown credit: ${found(subject.credit)}; this run has 1 to ${state.creditOwner.length}`;
		if (u === undefined) throw inputError('subject.credit', message, 'explain.unknown');
	}
	if (u !== undefined) return explainRegistration(run, u);
	const message = `unknown account: ${found(subject.user)}; must be one that registered in this run`;
	throw inputError('subject.user', message, 'explain.unknown');
}

function study(
	scenario: OfferScenario,
	runOf: RunOf,
	id: string,
	document: Config,
	options: Config,
	onStage?: OnStage,
): StudyResult {
	// prettier-ignore
	const { dataset } = scenario;
	const { config } = readOfferConfig(document);
	switch (id) {
		case 'replicates':
			return replicatesStudy(dataset, config, parseSettings(replicatesOptions, options, 'options'), onStage);
		case 'schedule':
			return scheduleStudy(dataset, config, parseSettings(scheduleOptions, options, 'options'), onStage);
		case 'search':
			return searchStudy(dataset, config, parseSettings(searchOptions, options, 'options'), onStage);
		case 'statement':
			return statementStudy(runOf(document, onStage), parseSettings(statementOptions, options, 'options'));
		case 'feed':
			return feedStudy(
				runOf(document, onStage),
				scenario.doNotTrack,
				parseSettings(feedOptions, options, 'options'),
			);
		case 'fit':
			return fitStudy(runOf(document, onStage), parseSettings(fitOptions, options, 'options').inviteSlots);
		default:
			throw inputError('study', `unknown study: ${id}`, 'study.unknown');
	}
}
