import { inputError } from '../input-error.ts';
import { withValue, type Config } from '../levers.ts';
import type { Explanation } from '../report.ts';
import { secondsToBar } from './measure.ts';
import {
	YEAR_SECONDS,
	decimalText,
	dollars,
	microsText,
	qualifiedRevenue,
	shareFraction,
	yearValue,
} from './money.ts';
import type { PieOutcome, ReferralOutcome, RevShareOutcome } from './outcome.ts';
import { instantOf, shortAddress } from './report-tables.ts';
import { readAddress } from './rule-fields.ts';
import { runChoice, runnableOrThrow, type Session } from './session.ts';
import { splitGain } from './split-gain.ts';
import { STANDINGS, dueOf, standingsOf, type Standing } from './standing.ts';
import { rankWeight, splitPool } from './stages/split-pool.ts';

type Change = Explanation['changes'][number];
type Factor = Explanation['factors'][number];
type Row = Explanation['rows'][number];
type Ledger = NonNullable<Explanation['ledger']>;
type Details = Required<Pick<Explanation, 'factors' | 'ledger' | 'rowsTitle' | 'rows'>>;

const MOST_ROWS = 200;

/** A question about one referrer, with what is needed to answer it and to try changes. */
interface Question {
	readonly session: Session;
	readonly config: Config;
	readonly outcome: ReferralOutcome;
	readonly r: number;
	readonly address: string;
	readonly standing: Standing;
}

/**
 * Why a referrer gets what it gets: its award to the micro-USDC, every rule that said no, and the least changes
 * that turn the answer, each tried by running it, and found wanting by one unit less.
 */
export function explain(
	session: Session,
	config: Config,
	subject: Readonly<Record<string, string>>,
): Explanation {
	const address = readAddress(subject.referrer);
	if (address === null) {
		const kinds = Object.keys(subject).join(', ');
		throw inputError(
			'subject',
			`cannot explain ${kinds}; must name a referrer by its address`,
			'explain.subject',
		);
	}
	const outcome = runChoice(session, runnableOrThrow(session, config));
	const r = session.dataset.addresses.indexOf(address);
	if (r < 0 || outcome.rank[r] === 0) {
		const sentence = `${shortAddress(address)} has no event that counts for this edition, so it is not on the board.`;
		return { sentence, factors: [], rows: [], changes: [], reasons: [{ code: 'no-events', sentence }] };
	}
	const standing = STANDINGS[standingsOf(session.dataset, outcome)[r]];
	const question: Question = { session, config, outcome, r, address, standing };
	return {
		sentence: sentenceOf(question),
		reasons: reasonsOf(question),
		changes: changesOf(question),
		trials: disqualifying(question),
		...(outcome.dataModelType === 'pie-split'
			? pieDetails(question, outcome)
			: raceDetails(question, outcome)),
	};
}

function sentenceOf({ outcome, r, address, standing }: Question): string {
	const who = `${shortAddress(address)}, rank ${outcome.rank[r]} of ${outcome.order.length},`;
	const award = outcome.award[r];
	if (award === 0n) return `${who} gets nothing: ${standing}.`;
	const cut = standing === 'cut by the pool' ? ', less than it is due because the pool ran out' : '';
	return `${who} gets ${dollars(award)} (${microsText(award)} micro-USDC)${cut}.`;
}

function reasonsOf({ session, outcome, r, standing }: Question): Explanation['reasons'] {
	const reasons: { code: string; sentence: string }[] = [];
	const add = (code: string, sentence: string) => void reasons.push({ code, sentence });
	if (outcome.isDisqualified[r] === 1) {
		const action = outcome.rules.adminActions.find((one) => one.referrer === session.dataset.addresses[r] && one.actionType === 'Disqualification'); // prettier-ignore
		add('disqualified', `Disqualified: ${action?.reason ?? ''}.`);
	}
	if (outcome.dataModelType === 'pie-split') {
		const { maxQualifiedReferrers: places } = outcome.rules;
		if (outcome.rank[r] > places)
			add('outside-places', `Rank ${outcome.rank[r]} is outside the ${places} paid places.`);
	} else {
		const bar = outcome.rules.minQualifiedRevenueContribution;
		if (outcome.revenue[r] < bar) {
			const missing = secondsToBar(outcome.rules, outcome.counted.duration[r]);
			const rest =
				missing === null ? '' : `; ${years(missing)} (${microsText(BigInt(missing))} seconds) are missing`;
			add('below-bar', `It brought ${dollars(outcome.revenue[r])} of the bar of ${dollars(bar)}${rest}.`);
		}
	}
	if (standing === 'pool empty') add('pool-empty', 'The pool was empty before its first claim.');
	if (standing === 'cut by the pool') add('cut', 'The pool ran out before all its claims were paid.');
	if (standing === 'nothing to pay')
		add('nothing-to-pay', 'It is qualified, but its time or the share is worth nothing.');
	return reasons;
}

function factor(label: string, value: string, effect: bigint | number = 0): Factor {
	return { label, value, effect: Number(effect) };
}

function pieDetails({ session, address, r }: Question, outcome: PieOutcome): Details {
	const { rules, order, counted, isQualified, award, rank } = outcome;
	const strength = shareFraction(rules.boostStrength);
	const byTime = splitPool(counted, order, isQualified, rules.awardPool, rules.maxQualifiedReferrers, {
		num: 0n,
		den: 1n,
	});
	let sum = 0n;
	for (const [i, other] of order.entries()) {
		if (isQualified[other] === 1)
			sum += BigInt(counted.duration[other]) * rankWeight(i, rules.maxQualifiedReferrers, strength);
	}
	const weight = isQualified[r] === 1 ? rankWeight(rank[r] - 1, rules.maxQualifiedReferrers, strength) : 0n;
	const seconds = BigInt(counted.duration[r]);
	const usdc = (micros: bigint) => `${decimalText(micros, 6)} USDC`;
	const isIn = isQualified[r] === 1;
	const ledger: Ledger = {
		lines: [
			{
				label: 'By time alone',
				detail: isIn
					? `${microsText(seconds)} of the seconds of the ${places(outcome)} paid places, of a pool of ${usdc(rules.awardPool)}`
					: 'not among the paid places',
				amount: usdc(byTime[r]),
			},
			{
				label: `Boost of rank ${rank[r]}`,
				detail: isIn
					? `boost ${outcome.scores.boost[r].toFixed(4)}, weight ${microsText(weight)}: in micro-USDC ${microsText(rules.awardPool)} × ${microsText(seconds)} seconds × ${microsText(weight)} / ${microsText(sum)}, rounded down`
					: 'no place, no boost',
				amount: signed(award[r] - byTime[r]),
			},
		],
		total: {
			label: 'Award',
			amount: usdc(award[r]),
		},
	};
	const gain = splitGain(outcome, r);
	const factors = [
		factor('time brought', `${microsText(seconds)} seconds, ${outcome.scores.score[r]} years`),
		factor('by time alone', `${microsText(byTime[r])} micro-USDC`, byTime[r]),
		factor(
			`boost of rank ${rank[r]}`,
			`${outcome.scores.boost[r]}, which makes the weight ${weight}`,
			award[r] - byTime[r],
		),
		factor('award', `floor(${rules.awardPool} · ${seconds} · ${weight} / ${sum}) = ${award[r]} micro-USDC`),
	];
	const from = Math.max(0, Math.min(rank[r] - 3, order.length - 5));
	const rows = Array.from(order.slice(from, from + 5), (other) => ({
		label: `${rank[other]}. ${shortAddress(session.dataset.addresses[other])}`,
		status: award[other] > 0n ? dollars(award[other]) : 'nothing',
		detail: `${outcome.scores.score[other].toFixed(2)} years, boost ${outcome.scores.boost[other].toFixed(2)}`,
		isSubject: session.dataset.addresses[other] === address,
	}));
	rows.push({
		label: 'If it were two addresses',
		status: gain === 0n ? 'no gain' : `+${dollars(gain)}`,
		detail: gain === 0n ? 'half of its time under a second address would gain nothing' : `half of its time under a second address would gain ${microsText(gain)} micro-USDC`,
		isSubject: false,
	}); // prettier-ignore
	return { factors, ledger, rowsTitle: 'Its neighbours on the board, and what splitting would gain', rows };
}

function raceDetails({ session, r }: Question, outcome: RevShareOutcome): Details {
	const { rules, counted, revenue, uncapped, award, claim, eventAward, crossing } = outcome;
	const { dataset } = session;
	const due = dueOf(dataset, outcome)[r];
	const isIn = outcome.isQualified[r] === 1;
	const mostLoss =
		rules.maxAwardPerReferrer !== null && due === rules.maxAwardPerReferrer && uncapped[r] > due;
	const factors = [
		factor('qualified revenue', `floor(${rules.qualifiedRevenuePerYear} · ${counted.duration[r]} / ${YEAR_SECONDS}) = ${revenue[r]} micro-USDC`), // prettier-ignore
		factor('bar', `${rules.minQualifiedRevenueContribution} micro-USDC, ${revenue[r] >= rules.minQualifiedRevenueContribution ? 'reached' : 'not reached'}`), // prettier-ignore
		factor(
			'with an endless pool',
			`${uncapped[r]} micro-USDC, a share of ${rules.qualifiedRevenueShare}`,
			isIn ? uncapped[r] : 0n,
		),
		factor(
			mostLoss ? 'cap per referrer' : 'rounding event by event',
			`${due} micro-USDC due`,
			isIn ? due - uncapped[r] : 0n,
		),
		factor('pool', `${award[r]} micro-USDC paid`, award[r] - due),
	];
	const usdc = (micros: bigint) => `${decimalText(micros, 6)} USDC`;
	const uncappedIn = isIn ? uncapped[r] : 0n;
	const dueIn = isIn ? due : 0n;
	const ledger: Ledger = {
		lines: [
			{
				label: 'Share of qualified revenue',
				detail: `${years(counted.duration[r])} (${microsText(BigInt(counted.duration[r]))} seconds) at ${usdc(rules.qualifiedRevenuePerYear)} a year are ${usdc(revenue[r])}, bar ${usdc(rules.minQualifiedRevenueContribution)} ${isIn ? 'reached' : revenue[r] < rules.minQualifiedRevenueContribution ? 'not reached: no claim' : 'reached, but disqualified: no claim'}; share ${rules.qualifiedRevenueShare}`,
				amount: usdc(uncappedIn),
			},
			{
				label: mostLoss ? 'Cap per referrer' : 'Rounding, event by event',
				detail: mostLoss ? 'claims stop at the cap' : 'each event after the catch-up is rounded down by itself',
				amount: signed(dueIn - uncappedIn),
			},
			{
				label: 'Pool',
				detail: award[r] === dueIn ? 'every claim was paid in full' : 'what the pool no longer held',
				amount: signed(award[r] - dueIn),
			},
		],
		total: { label: 'Award', amount: usdc(award[r]) },
	}; // prettier-ignore
	const rows: Row[] = [];
	const value = yearValue(rules.qualifiedRevenuePerYear);
	let [pool, seconds] = [rules.awardPool, 0];
	for (const [k, e] of counted.event.entries()) {
		if (dataset.eventReferrer[e] === r && rows.length < MOST_ROWS) {
			seconds += dataset.eventDuration[e];
			rows.push({
				label: `${instantOf(dataset.eventTime[e]).slice(0, 19).replace('T', ' ')} UTC, ${dataset.eventId[e]}`,
				status:
					k === crossing[r] ? 'catch-up' : crossing[r] >= 0 && k > crossing[r] ? 'event alone' : 'no claim',
				detail:
					claim[k] === 0n
						? `${years(seconds)} so far count ${usdc(qualifiedRevenue(seconds, value))}, of a bar of ${usdc(rules.minQualifiedRevenueContribution)}`
						: claimWords(claim[k], eventAward === null ? null : { pool, award: eventAward[k] }),
				isSubject: k === crossing[r],
			});
		}
		pool -= eventAward?.[k] ?? 0n;
	}
	return { factors, ledger, rowsTitle: 'Its events in order, each with what it was paid', rows };
}

/** What an event claimed, and what it found and got where the pool is a race. */
function claimWords(claim: bigint, race: { readonly pool: bigint; readonly award: bigint } | null): string {
	const usdc = (micros: bigint) => `${decimalText(micros, 6)} USDC`;
	if (race === null) return `claims ${usdc(claim)}`;
	return `claims ${usdc(claim)}, finds ${usdc(race.pool)} in the pool, gets ${usdc(race.award)}`;
}

/** What taking the referrer out would do, tried by running it; nothing for one that is out. */
function disqualifying({ session, config, outcome, r, address, standing }: Question): Change[] {
	if (standing === 'disqualified') return [];
	const path = `disqualified.${address}`;
	const after = runChoice(session, runnableOrThrow(session, withValue(config, path, true)));
	const others = Array.from(outcome.order).filter((other) => other !== r);
	const moreCount = others.filter((other) => after.award[other] > outcome.award[other]).length;
	const freed = others.reduce((sum, other) => sum + after.award[other] - outcome.award[other], 0n);
	const who = moreCount === 1 ? '1 other referrer gets' : `${moreCount} other referrers get`;
	const rest = moreCount === 0 ? 'nobody else would get more' : `${who} ${dollars(freed)} more together`;
	const own = outcome.award[r] === 0n ? 'still get nothing' : 'get nothing';
	return [{ sentence: `Disqualified, it would ${own} and ${rest}.`, path, value: true }];
}

/** Seconds as years for people. */
function years(seconds: number): string {
	return `${(seconds / YEAR_SECONDS).toFixed(2)} years`;
}

/** `+1.000000`, `−1.000000`, `0.000000`. */
function signed(micros: bigint): string {
	const text = `${decimalText(micros < 0n ? -micros : micros, 6)} USDC`;
	return micros === 0n ? text : `${micros < 0n ? '−' : '+'}${text}`;
}

/** How many places are paid, at most as many as there are referrers. */
function places({ rules, order }: PieOutcome): number {
	return Math.min(rules.maxQualifiedReferrers, order.length);
}

/** Whole settings to try, each with what it must reach; kept are those that do and that one unit less does not. */
function changesOf(question: Question): Change[] {
	const { session, config, outcome, r, address, standing } = question;
	const runWith = (path: string, value: unknown) => {
		const document = withValue(config, path, value);
		return runChoice(session, runnableOrThrow(session, document));
	};
	const changes: Change[] = [];
	const attempt = (
		path: string,
		value: bigint,
		back: 1n | -1n,
		isReached: (after: ReferralOutcome) => boolean,
		words: (after: ReferralOutcome) => string,
	) => {
		if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) return;
		const after = runWith(path, Number(value));
		if (!isReached(after)) return;
		if (value + back >= 0n && isReached(runWith(path, Number(value + back)))) return;
		changes.push({ sentence: words(after), path, value: Number(value) });
	};
	const isPaid = (after: ReferralOutcome) => after.award[r] > 0n;
	const isUnpaid = (after: ReferralOutcome) => after.award[r] === 0n;
	const gets = (after: ReferralOutcome) =>
		`it would get ${dollars(after.award[r])} (${microsText(after.award[r])} micro-USDC)`;

	if (standing === 'disqualified') {
		const after = runWith(`disqualified.${address}`, false);
		changes.push({ sentence: `Let back in, ${gets(after)}.`, path: `disqualified.${address}`, value: false });
		return changes;
	}
	if (outcome.dataModelType === 'pie-split') {
		if (standing === 'outside the places') {
			const rank = BigInt(outcome.rank[r]);
			attempt(
				'maxQualifiedReferrers',
				rank,
				-1n,
				isPaid,
				(after) => `With ${rank} paid places, ${gets(after)}.`,
			);
		} else if (standing === 'paid') {
			const rank = BigInt(outcome.rank[r]);
			attempt(
				'maxQualifiedReferrers',
				rank - 1n,
				1n,
				isUnpaid,
				() => `With ${rank - 1n} paid places it would get nothing.`,
			);
		}
		return changes;
	}

	const { revenue, rules, counted } = outcome;
	if (standing === 'below the bar') {
		const isOver = (after: ReferralOutcome) => after.isQualified[r] === 1;
		attempt(
			'minQualifiedRevenueContribution',
			revenue[r],
			1n,
			isOver,
			(after) => `With a bar of ${dollars(revenue[r])}, ${gets(after)}.`,
		);
		if (counted.duration[r] > 0) {
			const seconds = BigInt(counted.duration[r]);
			const perYear = (rules.minQualifiedRevenueContribution * BigInt(YEAR_SECONDS) + seconds - 1n) / seconds;
			attempt(
				'qualifiedRevenuePerYear',
				perYear,
				-1n,
				isOver,
				(after) => `With ${dollars(perYear)} for a year, ${gets(after)}.`,
			);
		}
	} else if (standing === 'pool empty' || standing === 'cut by the pool') {
		const due = dueOf(session.dataset, outcome)[r];
		const { first, last } = poolsFor(question, outcome);
		if (standing === 'pool empty') {
			attempt(
				'awardPool',
				first,
				-1n,
				isPaid,
				(after) => `From a pool of ${dollars(first)} on it is paid; just there, ${gets(after)}.`,
			);
		}
		attempt('awardPool', last, -1n, (after) => after.award[r] === due, (after) => `From a pool of ${dollars(last)} on it is paid in full: ${gets(after)}.`); // prettier-ignore
	} else if (standing === 'paid') {
		attempt('minQualifiedRevenueContribution', revenue[r] + 1n, -1n, isUnpaid, () => `With a bar above ${dollars(revenue[r])} it would get nothing.`); // prettier-ignore
	}
	return changes;
}

/** The pools from which on a referrer gets anything, and everything: sums of claims (spec section 6.4). */
function poolsFor({ session, r }: Question, outcome: RevShareOutcome): { first: bigint; last: bigint } {
	if (outcome.eventAward === null) {
		const sum = dueOf(session.dataset, outcome).reduce((total, amount) => total + amount, 0n);
		const own = dueOf(session.dataset, outcome)[r];
		return { first: own === 0n ? sum : (sum + own - 1n) / own, last: sum };
	}
	let [before, first, last] = [0n, -1n, 0n];
	for (const [k, e] of outcome.counted.event.entries()) {
		if (session.dataset.eventReferrer[e] === r && outcome.claim[k] > 0n) {
			if (first < 0n) first = before + 1n;
			last = before + outcome.claim[k];
		}
		before += outcome.claim[k];
	}
	return { first, last };
}
