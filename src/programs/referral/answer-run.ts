import { InputError, found, inputError } from '../input-error.ts';
import { accountFor } from './accounting.ts';
import { indexEvents, readEvents, type ReferralDataset } from './dataset.ts';
import { grandTotals, remainingOf, statusAt, type ReferralOutcome } from './outcome.ts';
import { pageOf } from './pages.ts';
import { readEdition } from './read-edition.ts';
import { plainActions, readAddress, readEntries, readInteger } from './rule-fields.ts';
import type { BaseRules, UnrecognizedEdition } from './rules.ts';
import { simulate } from './simulate.ts';

/**
 * Runs the edition of a case over its events, and answers what it asks: statuses, referrers, pages. Throws
 * `InputError` for a bad edition or event; an edition of unknown type has an answer of its own.
 */
export function answerRun(fields: ReadonlyMap<string, unknown>): unknown {
	const accurateAsOf = readTime(fields.get('accurateAsOf'), ['accurateAsOf']);
	const read = readEdition(fields.get('edition'), 0, null);
	if (read.edition === null) {
		const issues = read.issues.map(({ code, path, message }) => ({
			at: `edition.${path.slice(1).join('.')}`,
			message,
			code,
		}));
		throw new InputError(issues, { path: read.issues[0].path.slice(1) });
	}
	if (read.edition.kind === 'unrecognized')
		return unrecognized(read.edition, accurateAsOf, fields.get('statusAt'));

	const list = readList(fields.get('events'), 'events');
	const dataset = indexEvents(readEvents(list));
	const outcome = simulate(dataset, read.edition.rules, accurateAsOf);
	const common = {
		dataModelType: outcome.dataModelType,
		accurateAsOf,
		status: statusAt(accurateAsOf, outcome.rules, remainingOf(outcome)),
		aggregatedMetrics: aggregatedMetrics(outcome),
	};
	const describe = describer(outcome);
	const addresses = Array.from(outcome.order, (r) => dataset.addresses[r]);
	const accounting = accountingRecords(dataset, outcome, list);
	const [times, lookups, pages] = ['statusAt', 'lookups', 'pages'].map((name) =>
		fields.has(name) ? readList(fields.get(name), name) : null,
	);
	return {
		...common,
		referrers: Array.from(outcome.order, (r) => describe(r, dataset.addresses[r])),
		...(accounting && { accounting }),
		...(times && { statusAt: statuses(times, outcome.rules, remainingOf(outcome)) }),
		...(lookups && { lookups: lookUp(lookups, dataset, outcome).map(({ r, address, type }) => ({ ...common, type, referrer: describe(r, address) })) }), // prettier-ignore
		...(pages && { pages: pages.map((page) => ({ ...common, ...answerPage(page, addresses) })) }),
		dropped: outcome.counted.dropped,
	};
}

/** An edition of unknown type is not run, and that is no error. */
function unrecognized(edition: UnrecognizedEdition, accurateAsOf: number, times: unknown): unknown {
	const { slug, displayName, originalDataModelType } = edition;
	return {
		kind: 'unrecognized',
		code: 'run.unrecognized-model',
		originalDataModelType,
		slug,
		displayName,
		accurateAsOf,
		status: statusAt(accurateAsOf, edition.base, null),
		...(times === undefined ? {} : { statusAt: statuses(readList(times, 'statusAt'), edition.base, null) }),
	};
}

function aggregatedMetrics(outcome: ReferralOutcome): unknown {
	const { referrals, duration, revenue } = grandTotals(outcome);
	const totals = {
		dataModelType: outcome.dataModelType,
		grandTotalReferrals: referrals,
		grandTotalIncrementalDuration: Number(duration),
		grandTotalRevenueContribution: String(revenue),
	};
	switch (outcome.dataModelType) {
		case 'pie-split':
			return {
				...totals,
				grandTotalQualifiedReferrersFinalScore: outcome.scores.total,
				minFinalScoreToQualify: outcome.scores.least,
				awardPoolResidue: String(outcome.residue),
			};
		case 'rev-share-limit':
			return { ...totals, awardPoolRemaining: String(outcome.remaining) };
	}
}

/** A referrer as the answer has it; `r` is -1 for an address that no event names. */
function describer(outcome: ReferralOutcome) {
	const actions = new Map(
		plainActions(outcome.rules.adminActions).map((action) => [action.referrer, action]),
	);
	return (r: number, referrer: string): Record<string, unknown> => {
		const isRanked = r >= 0 && outcome.rank[r] > 0;
		const at = (column: ArrayLike<number>) => (isRanked ? column[r] : 0);
		const money = (column: readonly bigint[]) => (isRanked ? String(column[r]) : '0');
		const common = {
			dataModelType: outcome.dataModelType,
			referrer,
			rank: isRanked ? outcome.rank[r] : null,
			isQualified: at(outcome.isQualified) === 1,
			totalReferrals: at(outcome.counted.referralCount),
			totalIncrementalDuration: at(outcome.counted.duration),
			totalRevenueContribution: money(outcome.counted.revenue),
		};
		switch (outcome.dataModelType) {
			case 'pie-split':
				return {
					...common,
					score: at(outcome.scores.score),
					finalScoreBoost: at(outcome.scores.boost),
					finalScore: at(outcome.scores.finalScore),
					awardPoolShare: at(outcome.scores.share),
					awardPoolApproxValue: money(outcome.award),
					...(actions.size > 0 ? { adminAction: actions.get(referrer) ?? null } : {}),
				};
			case 'rev-share-limit':
				return {
					...common,
					totalQualifiedRevenueContribution: money(outcome.revenue),
					uncappedAward: money(outcome.uncapped),
					cappedAward: money(outcome.award),
					adminAction: actions.get(referrer) ?? null,
				};
		}
	};
}

function accountingRecords(
	dataset: ReferralDataset,
	outcome: ReferralOutcome,
	list: readonly unknown[],
): unknown[] | null {
	if (outcome.dataModelType !== 'rev-share-limit') return null;
	const trace = accountFor(dataset, outcome);
	if (trace === null) return null;
	const reasons = new Map(outcome.rules.adminActions.map((action) => [action.referrer, action.reason]));
	return Array.from(outcome.counted.event, (e, k) => {
		const r = dataset.eventReferrer[e];
		const isOut = outcome.isDisqualified[r] === 1;
		// fields of the event first, so that ours stand over theirs, whatever they are called
		const carried = Object.entries(list[dataset.eventRow[e]] as object).filter(([key]) => key !== 'id');
		return Object.fromEntries([
			...carried,
			...Object.entries({
				eventId: dataset.eventId[e],
				timestamp: dataset.eventTime[e],
				referrer: dataset.addresses[r],
				incrementalDuration: dataset.eventDuration[e],
				incrementalRevenueContribution: String(dataset.eventRevenue[e]),
				accumulatedRevenueContribution: String(trace.accumulatedRevenue[k]),
				incrementalQualifiedRevenueContribution: String(trace.qualified[k]),
				accumulatedQualifiedRevenueContribution: String(trace.accumulatedQualified[k]),
				awardPoolRemainingBefore: String(trace.poolBefore[k]),
				disqualified: isOut,
				...(isOut ? { disqualificationReason: reasons.get(dataset.addresses[r]) } : {}),
				maxRevenueShare: outcome.rules.qualifiedRevenueShare,
				incrementalAward: String(trace.award[k]),
				effectiveRevenueShare: trace.effectiveShare[k],
			}),
		]);
	});
}

function statuses(times: readonly unknown[], rules: BaseRules, remaining: bigint | null): unknown[] {
	return times.map((time, i) => statusAt(readTime(time, ['statusAt', i]), rules, remaining));
}

function lookUp(lookups: readonly unknown[], dataset: ReferralDataset, outcome: ReferralOutcome) {
	const indexOf = new Map(dataset.addresses.map((address, r) => [address, r]));
	return lookups.map((value, i) => {
		const address = readAddress(value);
		if (address === null) {
			const message = `invalid address: ${found(value)}; must be 0x and 40 hex digits`;
			throw inputError(`lookups.${i}`, message, 'lookup.address.invalid', { path: ['lookups', i] });
		}
		const r = indexOf.get(address) ?? -1;
		return { r, address, type: r >= 0 && outcome.rank[r] > 0 ? 'ranked' : 'unranked' };
	});
}

function answerPage(request: unknown, addresses: readonly string[]) {
	try {
		const pageContext = pageOf(Object.fromEntries(readEntries(request) ?? []), addresses.length);
		const { startIndex, endIndex } = pageContext;
		return {
			pageContext,
			referrers: startIndex === null || endIndex === null ? [] : addresses.slice(startIndex, endIndex + 1),
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return { rejected: true, code: error.issues[0].code, message: error.issues[0].message };
	}
}

function readTime(value: unknown, path: readonly (string | number)[]): number {
	const time = readInteger(value);
	if (time !== null) return time;
	throw inputError(
		path.join('.'),
		`invalid time: ${found(value)}; must be whole Unix seconds`,
		'run.time.invalid',
		{ path },
	);
}

function readList(value: unknown, name: string): readonly unknown[] {
	if (Array.isArray(value)) return value;
	throw inputError(name, `invalid ${name}: ${found(value)}; must be a list`, 'case.input', { path: [name] });
}
