import { InputError, found, inputError } from '../input-error.ts';
import { accountFor } from './accounting.ts';
import { indexEvents, readEvents, type ReferralDataset } from './dataset.ts';
import { exportEdition, exportEditionText } from './export.ts';
import { grandTotals, remainingOf, statusAt, type ReferralOutcome } from './outcome.ts';
import { pageOf } from './pages.ts';
import { readEdition } from './read-edition.ts';
import { readEditions, readEditionsText, type EditionSet } from './read-editions.ts';
import { readAddress, readEntries, readInteger } from './rule-fields.ts';
import { baseOf, type Edition, type UnrecognizedEdition } from './rules.ts';
import { simulate } from './simulate.ts';

/**
 * Answers a case: `{ editions }` is read as a list (spec section 9), `{ editionsText }` as its text, `{ edition, accurateAsOf, events, statusAt?,
 * lookups?, pages? }` is run. Amounts in the answer are digit strings.
 */
export function answerCase(input: unknown): unknown {
	const fields = readEntries(input);
	const [list, text] = [fields?.get('editions'), fields?.get('editionsText')];
	if (Array.isArray(list)) return answerParse(readEditions(list));
	if (typeof text === 'string') return answerText(text);
	if (!fields?.has('edition')) {
		throw inputError(
			'input',
			`invalid case: ${found(input)}; must have editions, or edition and events`,
			'case.input',
		);
	}
	return answerRun(fields);
}

/** As the text of a list: editions come with the text that export writes. */
function answerText(text: string): unknown {
	const set = parseText(text);
	if (set === null)
		throw inputError('editionsText', 'invalid set: it must be a JSON list of editions', 'case.input', {
			path: ['editionsText'],
		});
	return { ...answerParse(set), exportedTexts: set.editions.map(exportEditionText) };
}

function parseText(text: string): EditionSet | null {
	try {
		return readEditionsText(text);
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}

function answerParse({ accepted, editions, indexes, rejected, issues, notices }: EditionSet) {
	const described = editions.map((edition, i) => ({ index: indexes[i], ...describeEdition(edition), ...whole('exported', exportEdition(edition)) })); // prettier-ignore
	const lost = described
		.filter((edition) => !('exported' in edition))
		.map(({ index }) => ({
			code: 'edition.number-lost',
			message: `edition ${index} has a number too large for this protocol; send the set as editionsText`,
		}));
	return {
		accepted,
		editions: described,
		rejected: rejected.map(({ index, raw }) => ({ index, ...whole('raw', raw) })),
		issues: issues.map(({ code, path, message }) => ({ code, path, message })),
		notices: [...notices, ...lost],
	};
}

/** A field with its value, or none where JSON would turn a number of it, such as 1e400, into null. */
function whole(name: string, value: unknown): Record<string, unknown> {
	let isWhole = true;
	JSON.stringify(value, (_, part: unknown) => {
		if (typeof part === 'number' && !Number.isFinite(part)) isWhole = false;
		return part;
	});
	return isWhole ? { [name]: value } : {};
}

function describeEdition(edition: Edition): Record<string, unknown> {
	const { slug, displayName } = edition;
	const isKnown = edition.kind === 'known';
	const type = isKnown
		? { dataModelType: edition.rules.dataModelType }
		: { originalDataModelType: edition.originalDataModelType };
	return {
		slug,
		displayName,
		recognized: isKnown,
		runnable: isKnown,
		...type,
		...pickBase(edition),
		...(isKnown ? { adminActions: plainActions(edition.rules) } : {}),
	};
}

function pickBase(edition: Edition) {
	const { startTime, endTime, subregistryId, rulesUrl, areAwardsDistributed } = baseOf(edition);
	return { startTime, endTime, subregistryId, rulesUrl, areAwardsDistributed };
}

function plainActions({ adminActions }: ReferralOutcome['rules']) {
	return adminActions.map(({ actionType, referrer, reason }) => ({ actionType, referrer, reason }));
}

function answerRun(fields: ReadonlyMap<string, unknown>): unknown {
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
	const status = statusAt(accurateAsOf, outcome.rules, remainingOf(outcome));
	const describe = describer(outcome);
	const addresses = Array.from(outcome.order, (r) => dataset.addresses[r]);
	const accounting = accountingRecords(dataset, outcome, list);
	return {
		dataModelType: outcome.dataModelType,
		accurateAsOf,
		status,
		aggregatedMetrics: aggregatedMetrics(outcome),
		referrers: Array.from(outcome.order, (r) => describe(r, dataset.addresses[r])),
		...(accounting === null ? {} : { accounting }),
		...(fields.has('statusAt') ? { statusAt: statuses(fields.get('statusAt'), outcome) } : {}),
		...(fields.has('lookups')
			? { lookups: lookUp(fields.get('lookups'), dataset, outcome, describe, status) }
			: {}),
		...(fields.has('pages')
			? { pages: readList(fields.get('pages'), 'pages').map((page) => answerPage(page, addresses)) }
			: {}),
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
		...(times === undefined
			? {}
			: {
					statusAt: readList(times, 'statusAt').map((time, i) =>
						statusAt(readTime(time, ['statusAt', i]), edition.base, null),
					),
				}),
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
	const actions = new Map(plainActions(outcome.rules).map((action) => [action.referrer, action]));
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
	// prettier-ignore
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

function statuses(times: unknown, outcome: ReferralOutcome): unknown[] {
	return readList(times, 'statusAt').map((time, i) => {
		return statusAt(readTime(time, ['statusAt', i]), outcome.rules, remainingOf(outcome));
	});
}

function lookUp(
	lookups: unknown,
	dataset: ReferralDataset,
	outcome: ReferralOutcome,
	describe: ReturnType<typeof describer>,
	status: string,
): unknown[] {
	// prettier-ignore
	const indexOf = new Map(dataset.addresses.map((address, r) => [address, r]));
	return readList(lookups, 'lookups').map((value, i) => {
		const address = readAddress(value);
		if (address === null) {
			const message = `invalid address: ${found(value)}; must be 0x and 40 hex digits`;
			throw inputError(`lookups.${i}`, message, 'lookup.address.invalid', { path: ['lookups', i] });
		}
		const r = indexOf.get(address) ?? -1;
		const type = r >= 0 && outcome.rank[r] > 0 ? 'ranked' : 'unranked';
		return { dataModelType: outcome.dataModelType, type, status, referrer: describe(r, address) };
	});
}

function answerPage(request: unknown, addresses: readonly string[]): unknown {
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
