import type { z } from 'zod';
import { found, inputError } from '../../input-error.ts';
import type { StudyResult } from '../../program.ts';
import { feedLines, feedOf } from '../feed.ts';
import { numberColumn, textColumn } from '../report-tables.ts';
import type { OfferRun } from '../run.ts';
import { simulate } from '../simulate.ts';
import { userAvailable } from '../state.ts';
import { accountTables, letterOf, liveCredits, noticeOf } from '../statement.ts';
import { instantText, readInstant } from '../time.ts';
import type { feedOptions, statementOptions } from './options.ts';

/** What one account is told and sees on a day: its letter, credit with ends, referral link and invitees. */
export function statementStudy(run: OfferRun, options: z.infer<typeof statementOptions>): StudyResult {
	const { start, end } = run.outcome;
	const at = options.at === null ? end : readInstant(options.at);
	if (at === null || at < start || at > end) {
		const message = `invalid time: ${found(options.at)}; must be an instant from ${instantText(start)} to ${instantText(end)}`;
		throw inputError('options.at', message, 'study.options');
	}
	const events = run.events.filter((event) => event.at <= at);
	const eventIndex = events.map((_, e) => e);
	const state = simulate(
		{ start, end: at, events, eventIndex, refusedIndex: [], refusedCode: [], probes: [] },
		run.config.rules,
	).state;

	const live = liveCredits(state);
	const u =
		options.user === ''
			? live.findIndex((credits) => credits.length > 0)
			: (state.userByName.get(options.user) ?? -1);
	if (u < 0) {
		const message = options.user === '' ? 'missing account: nobody has credit left; name one' : `unknown account: ${options.user}; had not registered by ${instantText(at)}`; // prettier-ignore
		throw inputError('options.user', message, 'study.options');
	}
	const notice = noticeOf(state, u, live[u]);
	return {
		metrics: [
			{ id: 'availableCents', title: 'Credit left', unit: 'cents', better: null, help: 'What can still be used.', value: userAvailable(state, u), isHeadline: true },
			{ id: 'nextCents', title: 'Next to end', unit: 'cents', better: null, help: 'What is left of the credit that ends first.', value: notice.nextCents },
			{ id: 'referredSignups', title: 'Friends registered', unit: 'count', better: 'more', help: 'Registrations through the link.', value: state.userReferredSignups[u] },
			{ id: 'referredQualified', title: 'Friends qualified', unit: 'count', better: 'more', help: 'Of these, those that paid often enough.', value: state.userReferredQualified[u] },
		],
		letter: {
			title: `What ${state.userId[u]} reads on ${instantText(at)!.slice(0, 10)}`,
			lines: letterOf(state, u, options.linkBase),
		},
		tables: accountTables(state, u),
		series: [],
		notices: [],
	}; // prettier-ignore
}

/** The run as track and identify calls, one JSON text per row, without accounts that asked not to be tracked. */
export function feedStudy(
	run: OfferRun,
	doNotTrack: ReadonlySet<string>,
	options: z.infer<typeof feedOptions>,
): StudyResult {
	// prettier-ignore
	const { start, end } = run.outcome;
	const calls = feedOf(run.events, { start, end, rules: run.config.rules }, doNotTrack, options);
	const kinds = [...new Set(calls.map((call) => call.event || 'identify'))].sort();
	const counts = new Map(kinds.map((kind) => [kind, 0]));
	for (const { event } of calls) counts.set(event || 'identify', counts.get(event || 'identify')! + 1);
	const lines = feedLines(calls);
	const left = run.outcome.state.userId.filter((id) => doNotTrack.has(id)).length;
	return {
		metrics: [
			{ id: 'calls', title: 'Calls', unit: 'count', better: null, help: 'Calls of the whole run.', value: calls.length, isHeadline: true },
			{ id: 'leftOut', title: 'Accounts left out', unit: 'count', better: null, help: 'Accounts that asked not to be tracked.', value: left },
		],
		tables: [
			{
				id: 'feedCounts',
				title: 'Calls by event',
				columns: [
					textColumn('event', 'Event', 'text', kinds),
					numberColumn('count', 'Calls', 'count', [...counts.values()]),
				],
			},
			{
				id: 'feed',
				title: 'Event feed',
				columns: [
					numberColumn('at', 'When', 'time', calls.map((call) => call.at)),
					textColumn('user', 'Account', 'id', calls.map((call) => call.user)),
					textColumn('call', 'Call', 'text', calls.map((call) => call.call)),
					textColumn('event', 'Event', 'text', calls.map((call) => call.event)),
					textColumn('line', 'JSON Lines', 'text', lines),
				],
			},
		],
		file: {
			name: 'event-feed.jsonl',
			title: 'Event feed as JSON Lines',
			type: 'application/jsonl',
			text: lines.map((line) => `${line}\n`).join(''),
		},
		series: [],
		notices: [],
	}; // prettier-ignore
}
