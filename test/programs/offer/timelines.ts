import fc from 'fast-check';
import { instantText } from '#programs/offer/time.ts';

const START = 1_561_939_200_000; // 2019-07-01
const HALF_DAY = 43_200_000;
const SPAN = 240;

/** An instant on a half-day grid, so that ends, charges and payments often coincide. */
const at = fc.integer({ min: -1, max: SPAN + 1 }).map((n) => instantText(START + n * HALF_DAY));
const user = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor');
const offer = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'toString');
const project = fc.constantFrom('p1', 'p2', 'p3', 'p4');
const invoice = fc.constantFrom('i1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7', 'i8');
const cents = fc.integer({ min: 0, max: 500 });
const days = fc.integer({ min: 1, max: 60 });

const create = fc.record({
	kind: fc.constant('OFFER_CREATE'), at, offer, type: fc.constantFrom('FREE_CREDIT', 'REFERRAL'), status: fc.constantFrom('ACTIVE', 'DEFAULT'),
	inviteeCents: cents, inviteeDurationDays: days, awardCents: fc.constantFrom(null, 0, 200, 700), awardDurationDays: days,
	redeemableCap: fc.option(fc.integer({ min: 1, max: 3 })), expiresAt: fc.option(at),
}); // prettier-ignore

/** The same, mended where its terms do not fit its type and status. */
const soundCreate = create.map((event) => ({
	...event,
	awardCents: event.type === 'REFERRAL' ? event.awardCents : null,
	...(event.status === 'DEFAULT' ? { redeemableCap: null, expiresAt: null } : {}),
}));

const anyEvent = fc.oneof(
	{ weight: 1, arbitrary: create },
	{ weight: 6, arbitrary: soundCreate },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('OFFER_STOP'), at, offer }) },
	{ weight: 5, arbitrary: fc.record({ kind: fc.constant('SIGNUP'), at, user, referrer: fc.option(user) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('INVITE_SENT'), at, user, count: fc.constantFrom(null, 1, 3) }) },
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('PROJECT_CREATE'), at, project, user }) },
	{ weight: 9, arbitrary: fc.record({ kind: fc.constant('USAGE'), at, user, project, cents }) },
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('INVOICE_ISSUE'), at, invoice, user }) },
	{ weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('INVOICE_PAY', 'INVOICE_PAY', 'INVOICE_FAIL', 'INVOICE_VOID'), at, invoice }) },
	{ weight: 1, arbitrary: fc.constantFrom(null, {}, [], { kind: 'SIGNUP' }) },
); // prettier-ignore

/** A start that makes most later events meaningful: offers, a few accounts with projects, early. */
const opening = [
	{ kind: 'OFFER_CREATE', at: instantText(START), offer: 'free', type: 'FREE_CREDIT', status: 'DEFAULT', inviteeCents: 300, inviteeDurationDays: 14 },
	{ kind: 'OFFER_CREATE', at: instantText(START), offer: 'refer', type: 'REFERRAL', status: 'DEFAULT', inviteeCents: 600, inviteeDurationDays: 14, awardCents: 300, awardDurationDays: 40 },
	{ kind: 'SIGNUP', at: instantText(START), user: 'a' },
	{ kind: 'PROJECT_CREATE', at: instantText(START), project: 'p1', user: 'a' },
	{ kind: 'SIGNUP', at: instantText(START + HALF_DAY), user: 'b', referrer: 'a' },
	{ kind: 'PROJECT_CREATE', at: instantText(START + HALF_DAY), project: 'p2', user: 'b' },
]; // prettier-ignore

/** An account's life: registers, charges its own project, is billed and pays, mostly. */
const story = fc
	.record({
		name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
		referrer: fc.option(fc.constantFrom('a', 'b', 'c')),
		joins: fc.integer({ min: 0, max: 40 }),
		months: fc.array(
			fc.record({
				gap: fc.integer({ min: 0, max: 30 }),
				cents,
				pays: fc.constantFrom('PAY', 'PAY', 'PAY', 'FAIL', 'VOID'),
			}),
			{ maxLength: 5 },
		),
	})
	.map(({ name, referrer, joins, months }) => {
		let clock = START + joins * HALF_DAY;
		const events: unknown[] = [
			{ kind: 'SIGNUP', at: instantText(clock), user: name, referrer },
			{ kind: 'PROJECT_CREATE', at: instantText(clock), project: `p-${name}`, user: name },
		];
		months.forEach(({ gap, cents, pays }, k) => {
			clock = Math.min(clock + gap * HALF_DAY, START + SPAN * HALF_DAY);
			events.push({
				kind: 'USAGE',
				at: instantText(clock),
				user: name,
				project: `p-${name}`,
				cents: 3 * cents,
			});
			events.push({ kind: 'INVOICE_ISSUE', at: instantText(clock), user: name, invoice: `i-${name}-${k}` });
			events.push({ kind: `INVOICE_${pays}`, at: instantText(clock), invoice: `i-${name}-${k}` });
		});
		return events;
	});

/** Scenarios of spec section 10 over few ids, so that events meet; some are refused. */
export const scenarios = fc.record({
	start: fc.constant(instantText(START)),
	end: fc.constant(instantText(START + SPAN * HALF_DAY)),
	rules: fc.record({
		awardAfterInvoices: fc.integer({ min: 1, max: 3 }),
		qualifyingInvoice: fc.constantFrom('CASH', 'ANY'),
		contributionMarginBps: fc.integer({ min: 0, max: 10_000 }),
		creditCostBps: fc.integer({ min: 0, max: 10_000 }),
	}),
	events: fc
		.tuple(
			fc.constantFrom(true, true, true, false),
			fc.array(
				fc.oneof({ weight: 4, arbitrary: anyEvent.map((event) => [event]) }, { weight: 1, arbitrary: story }),
				{
					maxLength: 60,
					size: 'max',
				},
			),
		)
		.map(([isOpened, parts]) => (isOpened ? [...opening, ...parts.flat()] : parts.flat())),
	probes: fc.array(
		fc.record({
			at: fc.integer({ min: 0, max: SPAN }).map((n) => instantText(START + n * HALF_DAY)),
			users: fc.array(user, { maxLength: 3 }),
		}),
		{ maxLength: 3 },
	),
});
