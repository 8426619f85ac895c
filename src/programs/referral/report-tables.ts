import { formatInstant } from '../instant.ts';
import type { MetricGroup, Participants, ReportColumn, ReportTable } from '../report.ts';
import { accountFor } from './accounting.ts';
import type { ReferralDataset } from './dataset.ts';
import { YEAR_SECONDS, decimalText } from './money.ts';
import {
	STATUS_TITLES,
	remainingOf,
	statusAt,
	type ReferralOutcome,
	type RevShareOutcome,
} from './outcome.ts';
import type { EditionSet } from './read-editions.ts';
import { exportEditionText } from './export.ts';
import { baseOf, type UnrecognizedEdition } from './rules.ts';
import { STANDINGS, standingsOf } from './standing.ts';

type Values = ReportColumn['values'];

function column(id: string, title: string, unit: ReportColumn['unit'], values: Values): ReportColumn {
	return { id, title, unit, values };
}

/** An amount twice, in its smallest unit and in decimals; past 2^53 the smallest unit is text too. */
function amountColumns(
	id: string,
	title: string,
	amounts: readonly bigint[],
	decimals: 6 | 18,
): ReportColumn[] {
	const isExact = amounts.every((amount) => amount <= 9007199254740991n);
	const [unit, name] = decimals === 6 ? (['microUsdc', 'USDC'] as const) : (['wei', 'ETH'] as const);
	const decimal = (part: string, words: string, values: string[]): ReportColumn => ({
		...column(part, `${title}, ${words}`, 'text', values),
		isDecimal: true,
	});
	return [
		isExact
			? column(id, title, unit, Float64Array.from(amounts, Number))
			: decimal(id, decimals === 6 ? 'micro-USDC' : 'wei', amounts.map(String)),
		decimal(`${id}.decimal`, name, amounts.map((amount) => decimalText(amount, decimals))),
	]; // prettier-ignore
}

/**
 * The leaderboard in rank order. Beside `before`, the same events under the edition's own rules, it says how
 * rank, award and standing changed; empty cells are referrers that were not on the board then.
 */
export function leaderboard(
	dataset: ReferralDataset,
	outcome: ReferralOutcome,
	before: ReferralOutcome,
): ReportTable {
	const { order, counted } = outcome;
	const standing = standingsOf(dataset, outcome);
	const standingBefore = before === outcome ? standing : standingsOf(dataset, before);
	const numbers = (read: (r: number) => number) => Float64Array.from(order, read);
	const amounts = (id: string, title: string, read: (r: number) => bigint, decimals: 6 | 18 = 6) =>
		amountColumns(id, title, Array.from(order, read), decimals);
	const wasThere = (r: number) => before.rank[r] > 0;
	const actions = new Map(outcome.rules.adminActions.map((action) => [action.referrer, action]));
	const action = (r: number) => actions.get(dataset.addresses[r]);
	const [award, awardExact] = amounts('award', 'Award', (r) => outcome.award[r]);
	const columns = [
		column('rank', 'Rank', 'rank', numbers((r) => outcome.rank[r])), // prettier-ignore
		award,
		{ ...column('awardChange', 'Change of award', 'microUsdc', numbers((r) => Number(outcome.award[r] - before.award[r]))), isChange: true }, // prettier-ignore
		{ ...column('rankChange', 'Places gained', 'count', numbers((r) => (wasThere(r) ? before.rank[r] - outcome.rank[r] : NaN))), isChange: true }, // prettier-ignore
		column('referrer', 'Referrer', 'id', Array.from(order, (r) => dataset.addresses[r])), // prettier-ignore
		column('standing', 'Standing', 'text', Array.from(order, (r) => STANDINGS[standing[r]])), // prettier-ignore
		column('years', 'Years brought', 'years', numbers((r) => counted.duration[r] / YEAR_SECONDS)), // prettier-ignore
		column('referrals', 'Referrals', 'count', numbers((r) => counted.referralCount[r])), // prettier-ignore
		awardExact,
		column('rankBefore', 'Rank under the edition’s rules', 'rank', numbers((r) => (wasThere(r) ? before.rank[r] : NaN))), // prettier-ignore
		column('standingBefore', 'Standing under the edition’s rules', 'text', Array.from(order, (r) => (wasThere(r) ? STANDINGS[standingBefore[r]] : null))), // prettier-ignore
		column('duration', 'Seconds brought', 'seconds', numbers((r) => counted.duration[r])), // prettier-ignore
		...amounts('revenue', 'Revenue', (r) => counted.revenue[r], 18),
		...modelColumns(outcome, numbers, amounts),
		column(
			'adminAction',
			'Admin action',
			'text',
			Array.from(order, (r) => action(r)?.actionType ?? null),
		),
		column(
			'reason',
			'Reason',
			'text',
			Array.from(order, (r) => action(r)?.reason ?? null),
		),
	];
	return { id: 'leaderboard', title: 'Leaderboard', columns };
}

function modelColumns(
	outcome: ReferralOutcome,
	numbers: (read: (r: number) => number) => Float64Array,
	amounts: (id: string, title: string, read: (r: number) => bigint) => ReportColumn[],
): ReportColumn[] {
	switch (outcome.dataModelType) {
		case 'pie-split':
			return [
				column(
					'score',
					'Score',
					'number',
					numbers((r) => outcome.scores.score[r]),
				),
				column(
					'boost',
					'Boost',
					'number',
					numbers((r) => outcome.scores.boost[r]),
				),
				column(
					'finalScore',
					'Final score',
					'number',
					numbers((r) => outcome.scores.finalScore[r]),
				),
				column(
					'share',
					'Share of the pool',
					'ratio',
					numbers((r) => outcome.scores.share[r]),
				),
			];
		case 'rev-share-limit':
			return [
				...amounts('qualifiedRevenue', 'Qualified revenue', (r) => outcome.revenue[r]),
				...amounts('uncapped', 'With an endless pool', (r) => outcome.uncapped[r]),
			];
	}
}

/**
 * One row per counted event, ready for CSV (spec section 6.6): amounts in the smallest unit and in decimals, times
 * in UTC, durations in seconds and years. `extra` gives the carried fields of a row of the input, as JSON. Null
 * where there is no accounting by event: pie-split, and pools settled at the end.
 */
export function accountingTable(
	dataset: ReferralDataset,
	outcome: RevShareOutcome,
	extra: (row: number) => string | null,
): ReportTable | null {
	const trace = accountFor(dataset, outcome);
	if (trace === null) return null;
	const { event } = outcome.counted;
	const reasons = new Map(outcome.rules.adminActions.map((action) => [action.referrer, action.reason]));
	const text = (read: (e: number) => string | null) => Array.from(event, (e) => read(e));
	const numbers = (read: (e: number, k: number) => number) => Float64Array.from(event, read);
	const isOut = (e: number) => outcome.isDisqualified[dataset.eventReferrer[e]] === 1;
	const own = Array.from(event, (e) => dataset.eventRevenue[e]);
	const columns = [
		column(
			'eventId',
			'Event',
			'id',
			text((e) => dataset.eventId[e]),
		),
		column(
			'timestamp',
			'Time',
			'time',
			numbers((e) => dataset.eventTime[e] * 1000),
		),
		column(
			'referrer',
			'Referrer',
			'id',
			text((e) => dataset.addresses[dataset.eventReferrer[e]]),
		),
		column(
			'incrementalDuration',
			'Seconds brought',
			'seconds',
			numbers((e) => dataset.eventDuration[e]),
		),
		column(
			'incrementalYears',
			'Years brought',
			'years',
			numbers((e) => dataset.eventDuration[e] / YEAR_SECONDS),
		),
		...amountColumns('incrementalRevenueContribution', 'Revenue', own, 18),
		...amountColumns('accumulatedRevenueContribution', 'Revenue so far', trace.accumulatedRevenue, 18),
		...amountColumns('incrementalQualifiedRevenueContribution', 'Qualified revenue', trace.qualified, 6),
		...amountColumns(
			'accumulatedQualifiedRevenueContribution',
			'Qualified revenue so far',
			trace.accumulatedQualified,
			6,
		),
		...amountColumns('awardPoolRemainingBefore', 'Pool before', trace.poolBefore, 6),
		column(
			'disqualified',
			'Disqualified',
			'text',
			text((e) => String(isOut(e))),
		),
		column('disqualificationReason', 'Reason', 'text', text((e) => (isOut(e) ? (reasons.get(dataset.addresses[dataset.eventReferrer[e]]) ?? null) : null))), // prettier-ignore
		column(
			'maxRevenueShare',
			'Share',
			'ratio',
			numbers(() => outcome.rules.qualifiedRevenueShare),
		),
		...amountColumns('incrementalAward', 'Award', trace.award, 6),
		column('effectiveRevenueShare', 'Effective share', 'ratio', trace.effectiveShare),
		column(
			'extra',
			'Further fields',
			'text',
			text((e) => extra(dataset.eventRow[e])),
		),
	];
	return { id: 'accounting', title: 'Accounting', columns };
}

/** All editions of a set, in its order: those that run, those of unknown type, and those set aside. */
export function editionTable(
	set: EditionSet,
	now: number,
	selected: string | null,
	outcome: ReferralOutcome | null,
): ReportTable {
	const known = set.editions.map((edition, i) => {
		const base = baseOf(edition);
		const isSelected = edition.slug === selected && outcome !== null;
		return {
			position: set.indexes[i],
			slug: edition.slug,
			name: edition.displayName,
			type: edition.kind === 'known' ? edition.rules.dataModelType : edition.originalDataModelType,
			state: edition.kind === 'known' ? (isSelected ? 'selected' : 'can run') : 'unrecognized model',
			status: STATUS_TITLES[statusAt(now, base, isSelected ? remainingOf(outcome) : null)],
			start: base.startTime * 1000,
			end: base.endTime * 1000,
			url: base.rulesUrl,
			issues: null as string | null,
		};
	});
	const aside = set.rejected.map(({ index, issues }) => ({
		position: index,
		slug: null,
		name: null,
		type: null,
		state: 'set aside',
		status: null,
		start: NaN,
		end: NaN,
		url: null,
		issues: issues
			.map(({ path, message, code }) => `${path.slice(1).join('.')}: ${message} [${code}]`)
			.join('; '),
	}));
	const rows = [...known, ...aside].sort((a, b) => a.position - b.position);
	const columns = [
		column(
			'position',
			'Place',
			'count',
			Float64Array.from(rows, (row) => row.position),
		),
		column(
			'slug',
			'Slug',
			'id',
			rows.map((row) => row.slug),
		),
		column(
			'name',
			'Name',
			'text',
			rows.map((row) => row.name),
		),
		column(
			'type',
			'Model',
			'text',
			rows.map((row) => row.type),
		),
		column(
			'state',
			'State',
			'text',
			rows.map((row) => row.state),
		),
		column(
			'status',
			'Status',
			'text',
			rows.map((row) => row.status),
		),
		column(
			'start',
			'Start',
			'time',
			Float64Array.from(rows, (row) => row.start),
		),
		column(
			'end',
			'End',
			'time',
			Float64Array.from(rows, (row) => row.end),
		),
		column(
			'rulesUrl',
			'Rules',
			'text',
			rows.map((row) => row.url),
		),
		column(
			'issues',
			'Issues',
			'text',
			rows.map((row) => row.issues),
		),
	];
	return { id: 'editions', title: 'Editions', columns };
}

/** An edition of unknown type, field by field, and its text as it came. */
export function unrecognizedTable(edition: UnrecognizedEdition, now: number): ReportTable {
	const { base } = edition;
	const fields: readonly (readonly [string, string])[] = [
		['Name', edition.displayName],
		['Slug', edition.slug],
		['Model', `${edition.originalDataModelType === '' ? '(empty)' : edition.originalDataModelType}, not recognized`],
		['Status', STATUS_TITLES[statusAt(now, base, null)]],
		['Start', dateOf(base.startTime)],
		['End', dateOf(base.endTime)],
		['Market', `${base.subregistryId.address} on chain ${base.subregistryId.chainId}`],
		['Rules', base.rulesUrl],
		['Text, exported as it is', exportEditionText(edition)],
	]; // prettier-ignore
	return {
		id: 'unrecognized',
		title: 'The edition, read-only',
		columns: [
			column('field', 'Field', 'text', fields.map(([field]) => field)), // prettier-ignore
			column('value', 'Value', 'text', fields.map(([, value]) => value)), // prettier-ignore
		],
	};
}

/** `2026-03-15 00:00:00 UTC` of Unix seconds. */
function dateOf(seconds: number): string {
	return `${instantOf(seconds).slice(0, 19).replace('T', ' ')} UTC`;
}

const TOP = 50;

/** The best fifty referrers, as a group of metrics. */
export function referrerGroup(dataset: ReferralDataset, outcome: ReferralOutcome): MetricGroup {
	const best = outcome.order.slice(0, TOP);
	const ids = Array.from(best, (r) => dataset.addresses[r]);
	const metric = (id: string, title: string, unit: 'microUsdc' | 'years' | 'count', help: string, read: (r: number) => number) => ({ id, title, unit, better: 'more' as const, help, values: Float64Array.from(best, read) }); // prettier-ignore
	return {
		id: 'referrer',
		title: 'Best referrers',
		ids,
		labels: ids.map(shortAddress),
		columns: [
			metric('award', 'Award', 'microUsdc', 'What the referrer is paid.', (r) => Number(outcome.award[r])),
			{
				...metric('rank', 'Rank', 'count', 'Place on the board.', (r) => outcome.rank[r]),
				better: 'less' as const,
			},
			metric(
				'years',
				'Years brought',
				'years',
				'Incremental duration.',
				(r) => outcome.counted.duration[r] / YEAR_SECONDS,
			),
			metric('referrals', 'Referrals', 'count', 'Counted events.', (r) => outcome.counted.referralCount[r]),
		],
	};
}

/** An address short enough for a label: `0x1234…cdef`. */
export function shortAddress(address: string): string {
	return `${address.slice(0, 6)}…${address.slice(-4)}`;
}

/** Who was on the board, by ascending address, and what became of each; who is paid holds the one item, an award. */
export function participantsOf(dataset: ReferralDataset, outcome: ReferralOutcome): Participants {
	const { board } = outcome.counted;
	const standing = standingsOf(dataset, outcome);
	const itemStart = new Uint32Array(board.length + 1);
	for (const [i, r] of board.entries()) itemStart[i + 1] = itemStart[i] + Number(outcome.award[r] > 0n);
	return {
		noun: ['referrer', 'referrers'],
		ids: Array.from(board, (r) => dataset.addresses[r]),
		group: new Int32Array(board.length),
		groups: ['All referrers'],
		state: Uint8Array.from(board, (r) => standing[r]),
		states: STANDINGS,
		itemStart,
		item: new Uint32Array(itemStart[board.length]),
		items: ['award'],
		itemNoun: ['award', 'awards'],
		subjectKinds: ['referrer', 'award'],
		itemKind: new Uint8Array(1),
		itemKinds: ['award'],
		value: Float64Array.from(board, (r) => Number(outcome.award[r])),
		valueUnit: 'microUsdc',
		valueNoun: 'award',
	};
}

/** `2026-03-15T00:00:00Z` of Unix seconds. */
export function instantOf(seconds: number): string {
	return formatInstant(seconds * 1000);
}
