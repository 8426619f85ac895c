import { makeWords } from '#engine/random.ts';
import { DAY_MS } from '../../instant.ts';
import type { OnStage } from '../../program.ts';
import { applyEvent } from '../apply-event.ts';
import { OPEN, type OfferEvent, type RefusalCode } from '../events.ts';
import type { OfferRules } from '../rules.ts';
import type { OfferOutcome } from '../outcome.ts';
import { expire } from '../stages/expire.ts';
import { resolve } from '../stages/resolve.ts';
import { makeState, userAvailable, type OfferState } from '../state.ts';
import { monthOf, monthStart } from '../time.ts';
import { makeQueue, RANK, schedule, take, type Action, type ActionQueue } from './action-queue.ts';
import { readCurve } from './curve.ts';
import { draw, friendOf, PURPOSE } from './luck.ts';
import type { ModelInputs } from './model-inputs.ts';

/** What a world is grown from (spec section 15.1). */
export interface World {
	readonly seed: number;
	readonly start: number;
	readonly end: number;
	readonly rules: OfferRules;
	/** offers created and stopped, in the order of the plan */
	readonly offers: readonly OfferEvent[];
	readonly inputs: ModelInputs;
}

/** A grown timeline, in the order of its instants, and what the engine made of it. */
export interface Growth {
	readonly events: readonly OfferEvent[];
	readonly outcome: OfferOutcome;
}

/** A world while it grows. Account `u` is the engine's user `u`. */
interface Growing {
	readonly world: World;
	readonly state: OfferState;
	readonly queue: ActionQueue;
	readonly events: OfferEvent[];
	readonly refused: { readonly index: number; readonly code: RefusalCode }[];
	readonly isPayer: number[];
	readonly hasLeft: number[];
	readonly level: number[];
	readonly joinedAt: number[];
	readonly invoiceCount: number[];
	/** time between two charges */
	readonly step: number;
}

const RETRY_DAYS = 7;
const friend = makeWords();

/**
 * Grows a timeline by the behavioural model of spec section 15: the same world gives the same events to the last
 * bit, and the events replay to the identical outcome. O(a log a) for a actions, some 60 per account and year.
 */
export function grow(world: World, onStage: OnStage = () => {}): Growth {
	const { start, end, rules, inputs } = world;
	const growing: Growing = {
		world,
		state: makeState(rules, start),
		queue: makeQueue(),
		events: [],
		refused: [],
		isPayer: [],
		hasLeft: [],
		level: [],
		joinedAt: [],
		invoiceCount: [],
		step: Math.floor((30 * DAY_MS) / inputs.usagePerMonth),
	};
	world.offers.forEach((event, n) => plan(growing, event.at, RANK.offer, 0, 0, n, -1));
	planVisits(growing);

	const action: Action = { at: 0, rank: 0, e0: 0, e1: 0, n: 0, account: -1 };
	for (let done = 0; take(growing.queue, action); done++) {
		if (done % 4096 === 0) onStage('grow', (action.at - start) / (end - start + 1));
		expire(growing.state, action.at);
		carryOut(growing, action);
	}
	expire(growing.state, end);
	const { events, state, refused } = growing;
	return { events, outcome: { start, end, state, refused, probes: [] } };
}

/** Schedules an action; one after the end is dropped. */
function plan(
	growing: Growing,
	at: number,
	rank: number,
	e0: number,
	e1: number,
	n: number,
	account: number,
): void {
	// prettier-ignore
	if (at <= growing.world.end) schedule(growing.queue, at, rank, e0, e1, n, account);
}

function planVisits(growing: Growing): void {
	const { seed, start, end, inputs } = growing.world;
	const rates = inputs.organicPerDay;
	let visitor = 0;
	for (let day = 0; start + day * DAY_MS < end; day++) {
		const rate = rates[Math.min(day, rates.length - 1)];
		const whole = Math.floor(rate);
		const count = whole + (draw(seed, PURPOSE.arrivals, day, 0, 0) < rate - whole ? 1 : 0);
		for (let i = 0; i < count; i++) {
			const at = start + day * DAY_MS + Math.floor(draw(seed, PURPOSE.visitTime, visitor, 0, 0) * DAY_MS);
			plan(growing, at, RANK.visit, visitor, 0, 0, -1);
			visitor++;
		}
	}
}

function carryOut(growing: Growing, action: Action): void {
	switch (action.rank) {
		case RANK.offer:
			emit(growing, growing.world.offers[action.n]);
			return;
		case RANK.invoice:
			invoice(growing, action);
			return;
		case RANK.payment:
			pay(growing, action);
			return;
		case RANK.usage:
			charge(growing, action);
			return;
		case RANK.visit:
			arrive(growing, action);
			return;
		default:
			send(growing, action);
	}
}

/** Hands an event to the engine and notes it; was it accepted? */
function emit(growing: Growing, event: OfferEvent): boolean {
	const code = applyEvent(growing.state, event);
	if (code !== null) growing.refused.push({ index: growing.events.length, code });
	growing.events.push(event);
	return code === null;
}

/** A visit, or the acceptance of an invite: registers if luck says so at the credit offered now. */
function arrive(growing: Growing, { at, e0, e1, account }: Action): void {
	const { state, world } = growing;
	const { seed, inputs } = world;
	const hasLink = account >= 0;
	const o = resolve(state.current, hasLink);
	const cents = o < 0 ? 0 : state.offerInviteeCents[o];
	const chance = readCurve(hasLink ? inputs.inviteAccept : inputs.visitToSignup, cents);
	if (draw(seed, hasLink ? PURPOSE.accepts : PURPOSE.registers, e0, e1, 0) >= chance) return;

	const user = hasLink ? `x${hexWord(e0)}${hexWord(e1)}` : `v${e0}`;
	const u = state.userId.length;
	if (!emit(growing, { kind: 'SIGNUP', at, user, referrer: hasLink ? state.userId[account] : null })) return;
	emit(growing, { kind: 'PROJECT_CREATE', at, project: `p.${user}`, user });

	const toPaid = readCurve(hasLink ? inputs.toPaidReferred : inputs.toPaidOrganic, cents);
	growing.isPayer.push(draw(seed, PURPOSE.pays, e0, e1, 0) < toPaid ? 1 : 0);
	growing.hasLeft.push(0);
	growing.level.push(
		Math.floor(readCurve(inputs.usageMonthlyCents, draw(seed, PURPOSE.usageLevel, e0, e1, 0))),
	);
	growing.joinedAt.push(at);
	growing.invoiceCount.push(0);
	plan(growing, at + growing.step, RANK.usage, e0, e1, 1, u);
	plan(growing, monthStart(monthOf(at) + 1), RANK.invoice, e0, e1, 0, u);
	for (let slot = 0; slot < inputs.inviteSlots; slot++) {
		const days = readCurve(inputs.inviteDelayDays, draw(seed, PURPOSE.inviteDelay, e0, e1, slot));
		plan(growing, at + Math.floor(days * DAY_MS), RANK.sending, e0, e1, slot, u);
	}
}

/** Usage tick n: what the level asks for; one who does not pay uses credit only, and leaves when it is gone. */
function charge(growing: Growing, { at, e0, e1, n, account: u }: Action): void {
	const { state, world } = growing;
	const { usagePerMonth, monthlyChurn } = world.inputs;
	if (growing.hasLeft[u] === 1) return;
	const level = growing.level[u];
	let cents = Math.floor((level * n) / usagePerMonth) - Math.floor((level * (n - 1)) / usagePerMonth);
	if (growing.isPayer[u] === 0) {
		const available = userAvailable(state, u);
		if (available === 0) {
			growing.hasLeft[u] = 1;
			return;
		}
		cents = Math.min(cents, available);
	}
	const user = state.userId[u];
	if (cents > 0) emit(growing, { kind: 'USAGE', at, user, project: `p.${user}`, cents });
	if (n % usagePerMonth === 0 && draw(world.seed, PURPOSE.leaves, e0, e1, n / usagePerMonth) < monthlyChurn) {
		growing.hasLeft[u] = 1;
		return;
	}
	plan(growing, growing.joinedAt[u] + (n + 1) * growing.step, RANK.usage, e0, e1, n + 1, u);
}

/** The first of a month: bills what was charged. An account that left is billed once more. */
function invoice(growing: Growing, { at, e0, e1, account: u }: Action): void {
	const { state, world } = growing;
	const user = state.userId[u];
	if (state.userUnbilledGrossCents[u] > 0) {
		const k = growing.invoiceCount[u]++;
		emit(growing, { kind: 'INVOICE_ISSUE', at, invoice: `i.${user}.${k}`, user });
		if (state.invoiceState[state.invoiceId.length - 1] === OPEN) {
			plan(growing, at + world.inputs.paymentDelayDays * DAY_MS, RANK.payment, e0, e1, 2 * k, u);
		}
	}
	if (growing.hasLeft[u] === 0) plan(growing, monthStart(monthOf(at) + 1), RANK.invoice, e0, e1, 0, u);
}

/** Payment attempt n of invoice ⌊n/2⌋: the second failure writes it off, and the account leaves. */
function pay(growing: Growing, { at, e0, e1, n, account: u }: Action): void {
	const { state, world } = growing;
	const invoiceId = `i.${state.userId[u]}.${Math.floor(n / 2)}`;
	if (draw(world.seed, PURPOSE.paymentSucceeds, e0, e1, n) < world.inputs.paymentSuccess) {
		emit(growing, { kind: 'INVOICE_PAY', at, invoice: invoiceId });
		return;
	}
	emit(growing, { kind: 'INVOICE_FAIL', at, invoice: invoiceId });
	if (n % 2 === 0) {
		plan(growing, at + RETRY_DAYS * DAY_MS, RANK.payment, e0, e1, n + 1, u);
		return;
	}
	emit(growing, { kind: 'INVOICE_VOID', at, invoice: invoiceId });
	growing.hasLeft[u] = 1;
}

/** Slot n: invites one friend if luck says so at the award promised now. */
function send(growing: Growing, { at, e0, e1, n, account: u }: Action): void {
	const { state, world } = growing;
	const { seed, inputs } = world;
	if (growing.hasLeft[u] === 1) return;
	const o = resolve(state.current, true);
	const chance = readCurve(inputs.inviteSend, o < 0 ? 0 : state.offerAwardCents[o]);
	if (draw(seed, PURPOSE.invites, e0, e1, n) >= chance) return;
	emit(growing, { kind: 'INVITE_SENT', at, user: state.userId[u], count: 1 });
	friendOf(seed, e0, e1, n, friend);
	const days = readCurve(inputs.acceptDelayDays, draw(seed, PURPOSE.acceptDelay, friend[0], friend[1], 0));
	plan(growing, at + Math.floor(days * DAY_MS), RANK.visit, friend[0], friend[1], 0, u);
}

/** 8 lower-case hex digits. */
function hexWord(word: number): string {
	return word.toString(16).padStart(8, '0');
}
