import { makeWords, type Words } from '#engine/random.ts';
import { inputError } from '../input-error.ts';
import { CENT, capCents } from './arithmetic.ts';
import type { PledgeDataset } from './dataset.ts';
import { makeInts, makeNumbers, push, type Ints, type Numbers } from './growing.ts';
import { pickOf, type Pick, type PledgeLevers, type Policy } from './levers.ts';
import { makeWires, type Wires } from './watch.ts';

/** Policies under which some pledges only count where they put nobody over. */
const POLICIES_WITHOUT_HARM: readonly Policy[] = ['suspend', 'over-budget', 'manual-refuse'];

/**
 * A run in progress. Stages advance it one event at a time; the arrays are made once. Projections are taken as
 * sums of crowds, in whole units of the base rate: patron u is over exactly when `loadOf(run, u) > room[u]`, with
 * load Σ N over her active pledges and room ⌊limit / b⌋.
 */
export interface PledgeRun {
	readonly data: PledgeDataset;
	readonly levers: PledgeLevers;
	readonly pick: Pick | null;
	/** does the policy ask who is full? */
	readonly needsFull: boolean;

	/** number and day of the event at hand, and month ends done before it */
	seq: number;
	day: number;
	month: number;

	// by project p
	readonly crowd: Int32Array;
	readonly matched: Float64Array;
	readonly paid: Float64Array;
	readonly acceptedCount: Int32Array;
	readonly lossCount: Int32Array;
	/** active pledges of p and their patrons: `data.projectRoomStart[p]` on, `crowd[p]` of them, in no order */
	readonly member: Int32Array;
	readonly memberPatron: Int32Array;
	/** active patrons of p whom one more patron of any of their projects would put over; counted where needed */
	readonly fullCount: Int32Array;
	/** the last event that changed the crowd of p, -1 for none */
	readonly touchedAt: Int32Array;

	// by pledge k
	readonly state: Uint8Array;
	/** place among `member`, for an active pledge */
	readonly place: Int32Array;
	/** event and day of the current pledge; they stay when it is lost */
	readonly sinceSeq: Int32Array;
	readonly sinceDay: Float64Array;
	/** day of the first pledge, NaN for never */
	readonly firstDay: Float64Array;
	/** day of the loss while a return would count as a flap, else NaN */
	readonly flapFrom: Float64Array;
	readonly owed: Float64Array;
	readonly wish: Uint8Array;
	/** place in `waiting`, for a suspended or over-budget pledge */
	readonly waitPlace: Int32Array;

	// by patron u
	/** place in order of joining, -1 for never */
	readonly joinOrder: Int32Array;
	readonly hasLeft: Uint8Array;
	readonly limit: Float64Array;
	readonly room: Float64Array;
	/** load from which she is in the danger zone */
	readonly zone: Float64Array;
	/** is her load her room or more? */
	readonly isFull: Uint8Array;
	readonly balance: Float64Array;
	readonly paidBy: Float64Array;
	readonly feesBy: Float64Array;
	readonly isInZone: Uint8Array;
	readonly isOver: Uint8Array;
	/** patrons over at the end of the last event, under `manual-flag` only */
	overCount: number;
	/** pledges over budget */
	readonly asideCount: Int32Array;
	/** month of the last warning, -1 for none */
	readonly warnedMonth: Float64Array;
	readonly hasEverLost: Uint8Array;
	readonly markedAt: Int32Array;
	joinedCount: number;

	/** lost pledges that may come back, earliest lost first, with the day of loss; -1 where one is no longer waiting */
	readonly waiting: Ints;
	readonly waitingSince: Numbers;
	/** entries of `waiting` before this one are done with */
	waitingFirst: number;
	waitingCount: number;
	/** has this event freed room for somebody? */
	hasRelief: boolean;

	/** crowd sizes at which somebody has to be looked at, on the way up and down */
	readonly above: Wires;
	readonly below: Wires;
	/** pledges to a project that has just grown whose patrons it put over; kept from the last growth */
	readonly newlyOver: Ints;
	/** pledges whose wires a change has reached */
	readonly reached: Ints;

	/** what the event at hand touched: projects, patrons; losses of the event start here */
	readonly touched: Ints;
	readonly marked: Ints;
	lossStart: number;
	drawsUsed: number;
	readonly words: Words;

	readonly totals: PledgeTotals;
	readonly record: PledgeRecord;
}

/** Counts and sums over a run; amounts in micros. */
export interface PledgeTotals {
	matched: number;
	net: number;
	gross: number;
	fees: number;
	pledgesAccepted: number;
	losses: number;
	drops: number;
	reinstatements: number;
	expiries: number;
	monthEndDrops: number;
	flaps: number;
	patronsEverLost: number;
	collateralLosses: number;
	needlessLosses: number;
	rounds: number;
	roundsMax: number;
	overLimitPatronMonths: number;
	lostLimitSum: number;
	triggerLimitSum: number;
}

/** What a run notes down, as columns that grow. */
export interface PledgeRecord {
	readonly refusedSeq: Ints;
	readonly refusedCode: Ints;

	readonly triggerSeq: Ints;
	readonly triggerProject: Ints;
	readonly triggerRounds: Ints;
	/** losses of trigger i: `triggerLossStart[i]` up to the next one's */
	readonly triggerLossStart: Ints;
	/** under `manual-flag`: patrons flagged, at `flagStart` in `over`; 0 otherwise */
	readonly triggerFlagCount: Ints;
	readonly triggerFlagStart: Ints;

	readonly lossPledge: Ints;
	readonly lossIsNeedless: Ints;
	readonly lossOverCount: Ints;
	/** where the over list of a loss starts in `over`; -1 where it was left out to save memory */
	readonly lossOverStart: Ints;
	readonly over: Ints;

	readonly logSeq: Ints;
	readonly logDay: Numbers;
	readonly logMonth: Ints;
	readonly logKind: Ints;
	readonly logPatron: Ints;
	readonly logProject: Ints;

	readonly monthSeq: Ints;
	readonly monthCharged: Ints;
	readonly monthNet: Numbers;
	readonly monthGross: Numbers;
	readonly monthFees: Numbers;
	readonly monthCarry: Numbers;
	readonly monthMatchSum: Numbers;
	readonly monthLimitSum: Numbers;
	/** by month and project: `t · projects + p` */
	readonly monthCrowd: Ints;
	readonly monthPaid: Numbers;
}

/** A run before its first event. */
export function startRun(data: PledgeDataset, levers: PledgeLevers): PledgeRun {
	const projectCount = data.projectIds.length;
	const patronCount = data.patronIds.length;
	const pledgeCount = data.pledgePatron.length;
	return {
		data,
		levers,
		pick: pickOf(levers),
		needsFull: POLICIES_WITHOUT_HARM.includes(levers.policy),
		seq: -1,
		day: 0,
		month: 0,
		crowd: new Int32Array(projectCount),
		matched: new Float64Array(projectCount),
		paid: new Float64Array(projectCount),
		acceptedCount: new Int32Array(projectCount),
		lossCount: new Int32Array(projectCount),
		member: new Int32Array(pledgeCount),
		memberPatron: new Int32Array(pledgeCount),
		fullCount: new Int32Array(projectCount),
		touchedAt: new Int32Array(projectCount).fill(-1),
		state: new Uint8Array(pledgeCount),
		place: new Int32Array(pledgeCount),
		sinceSeq: new Int32Array(pledgeCount).fill(-1),
		sinceDay: new Float64Array(pledgeCount).fill(NaN),
		firstDay: new Float64Array(pledgeCount).fill(NaN),
		flapFrom: new Float64Array(pledgeCount).fill(NaN),
		owed: new Float64Array(pledgeCount),
		wish: new Uint8Array(pledgeCount),
		waitPlace: new Int32Array(pledgeCount).fill(-1),
		joinOrder: new Int32Array(patronCount).fill(-1),
		hasLeft: new Uint8Array(patronCount),
		limit: new Float64Array(patronCount),
		room: new Float64Array(patronCount),
		zone: new Float64Array(patronCount),
		isFull: new Uint8Array(patronCount),
		balance: new Float64Array(patronCount),
		paidBy: new Float64Array(patronCount),
		feesBy: new Float64Array(patronCount),
		isInZone: new Uint8Array(patronCount),
		isOver: new Uint8Array(patronCount),
		overCount: 0,
		asideCount: new Int32Array(patronCount),
		warnedMonth: new Float64Array(patronCount).fill(-1),
		hasEverLost: new Uint8Array(patronCount),
		markedAt: new Int32Array(patronCount).fill(-1),
		joinedCount: 0,
		waiting: makeInts(),
		waitingSince: makeNumbers(),
		waitingFirst: 0,
		waitingCount: 0,
		hasRelief: false,
		above: makeWires(pledgeCount, projectCount),
		below: makeWires(pledgeCount, projectCount),
		newlyOver: makeInts(),
		reached: makeInts(),
		touched: makeInts(),
		marked: makeInts(),
		lossStart: 0,
		drawsUsed: 0,
		words: makeWords(),
		totals: {
			matched: 0,
			net: 0,
			gross: 0,
			fees: 0,
			pledgesAccepted: 0,
			losses: 0,
			drops: 0,
			reinstatements: 0,
			expiries: 0,
			monthEndDrops: 0,
			flaps: 0,
			patronsEverLost: 0,
			collateralLosses: 0,
			needlessLosses: 0,
			rounds: 0,
			roundsMax: 0,
			overLimitPatronMonths: 0,
			lostLimitSum: 0,
			triggerLimitSum: 0,
		},
		record: {
			refusedSeq: makeInts(),
			refusedCode: makeInts(),
			triggerSeq: makeInts(),
			triggerProject: makeInts(),
			triggerRounds: makeInts(),
			triggerLossStart: makeInts(),
			triggerFlagCount: makeInts(),
			triggerFlagStart: makeInts(),
			lossPledge: makeInts(),
			lossIsNeedless: makeInts(),
			lossOverCount: makeInts(),
			lossOverStart: makeInts(),
			over: makeInts(),
			logSeq: makeInts(),
			logDay: makeNumbers(),
			logMonth: makeInts(),
			logKind: makeInts(),
			logPatron: makeInts(),
			logProject: makeInts(),
			monthSeq: makeInts(),
			monthCharged: makeInts(),
			monthNet: makeNumbers(),
			monthGross: makeNumbers(),
			monthFees: makeNumbers(),
			monthCarry: makeNumbers(),
			monthMatchSum: makeNumbers(),
			monthLimitSum: makeNumbers(),
			monthCrowd: makeInts(),
			monthPaid: makeNumbers(),
		},
	};
}

/** The amount, or `E_OVERFLOW` with the number of the event at hand where it has grown beyond 2^53 − 1. */
export function withinBounds(run: PledgeRun, amount: number): number {
	if (amount <= Number.MAX_SAFE_INTEGER) return amount;
	throw inputError(
		`event ${run.seq}`,
		`amount too large: beyond ${Number.MAX_SAFE_INTEGER} micros; lower limits or the base rate, or split the history`,
		'E_OVERFLOW',
		{ event: run.seq },
	);
}

/** Could a limit carry one minimum charge (spec section 4)? */
export function isLimitTooLow(levers: PledgeLevers, limit: number): boolean {
	return capCents(limit, levers) * CENT < levers.minimumCharge;
}

/** Adds a log row dated `day`; project -1 for a notice about the whole budget. */
export function log(run: PledgeRun, kind: number, day: number, patron: number, project: number): void {
	const { record } = run;
	push(record.logSeq, run.seq);
	push(record.logDay, day);
	push(record.logMonth, run.month);
	push(record.logKind, kind);
	push(record.logPatron, patron);
	push(record.logProject, project);
}

/** Notes that a patron’s warnings must be looked at when the event ends. */
export function markPatron(run: PledgeRun, u: number): void {
	if (run.markedAt[u] === run.seq) return;
	run.markedAt[u] = run.seq;
	push(run.marked, u);
}
