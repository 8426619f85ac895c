import type { RefusalCode } from '#programs/offer/events.ts';

/**
 * Large timelines that are made to be hard: thousands of accounts on a grid of hours, so that instants meet; charges at
 * the very end of credit and one millisecond beside it; caps that fill, offers that are replaced, stopped and run out;
 * events out of order, and every kind of refusal among them. The same seed gives the same timeline.
 */

const START = Date.UTC(2019, 6, 1);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LIVES = [10, 14, 30];

type Event = Readonly<Record<string, unknown>>;

/** Numbers from 0 to below 1 (Marsaglia's xorshift of 32 bits). */
function luckOf(seed: number): () => number {
	let word = (Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b) | 1;
	return () => {
		word ^= word << 13;
		word ^= word >>> 17;
		word ^= word << 5;
		return (word >>> 0) / 4_294_967_296;
	};
}

/** Ids that are easily mixed up. */
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'é', 'e\u0301', ' a', 'a ', 'A', 'a', '1', '01', '👩‍🚀', '0', 'null', 'x'.repeat(128)]; // prettier-ignore

/** An event that fails each check of spec section 9, at `at`; what it names is in every timeline. */
function refusedEvents(at: string): Readonly<Record<RefusalCode, unknown>> {
	const offer = { kind: 'OFFER_CREATE', at, offer: 'refused', type: 'REFERRAL', status: 'ACTIVE', inviteeCents: 5, inviteeDurationDays: 5 }; // prettier-ignore
	return {
		MALFORMED_EVENT: [at],
		UNKNOWN_EVENT: { kind: 'signup', at, user: 'u0' },
		INVALID_TIME: { ...offer, at: at.slice(0, 10) },
		OUT_OF_RANGE: { ...offer, at: '2019-06-30T23:59:59.999Z' },
		INVALID_ID: { kind: 'SIGNUP', at, user: 'refused', referrer: '' },
		INVALID_TYPE: { ...offer, type: 1 },
		INVALID_STATUS: { ...offer, status: 'DONE' },
		INVALID_AMOUNT: { ...offer, inviteeCents: 0.5 },
		INVALID_DURATION: { ...offer, inviteeDurationDays: 0 },
		INVALID_CAP: { ...offer, redeemableCap: 0 },
		INVALID_COUNT: { kind: 'INVITE_SENT', at, user: 'nobody', count: 10_001 },
		AWARD_NOT_ALLOWED: { ...offer, type: 'FREE_CREDIT', awardCents: 1, awardDurationDays: 1 },
		CAP_NOT_ALLOWED: { ...offer, status: 'DEFAULT', redeemableCap: 1 },
		EXPIRY_NOT_ALLOWED: { ...offer, status: 'DEFAULT', expiresAt: '2199-12-31T23:59:59.999Z' },
		OFFER_ALREADY_EXPIRED: { ...offer, expiresAt: at },
		DUPLICATE_OFFER: { ...offer, offer: 'free' },
		UNKNOWN_OFFER: { kind: 'OFFER_STOP', at, offer: 'refused' },
		OFFER_NOT_ACTIVE: { kind: 'OFFER_STOP', at, offer: 'ended' },
		DEFAULT_CANNOT_STOP: { kind: 'OFFER_STOP', at, offer: 'free' },
		DUPLICATE_USER: { kind: 'SIGNUP', at, user: 'u0', referrer: 'u0' },
		SELF_REFERRAL: { kind: 'SIGNUP', at, user: 'refused', referrer: 'refused' },
		UNKNOWN_REFERRER: { kind: 'SIGNUP', at, user: 'refused', referrer: 'nobody' },
		UNKNOWN_USER: { kind: 'USAGE', at, user: 'nobody', project: 'nothing', cents: 1 },
		DUPLICATE_PROJECT: { kind: 'PROJECT_CREATE', at, project: 'p.u0', user: 'u0' },
		UNKNOWN_PROJECT: { kind: 'USAGE', at, user: 'u0', project: 'nothing', cents: 1 },
		DUPLICATE_INVOICE: { kind: 'INVOICE_ISSUE', at, invoice: 'i.0', user: 'u0' },
		UNKNOWN_INVOICE: { kind: 'INVOICE_FAIL', at, invoice: 'nothing' },
		INVOICE_NOT_OPEN: { kind: 'INVOICE_PAY', at, invoice: 'i.0' },
	};
}

/** What every timeline begins with: the things that refused events name. */
const STANDING: readonly Event[] = [
	{ kind: 'OFFER_CREATE', offer: 'ended', type: 'REFERRAL', status: 'ACTIVE', inviteeCents: 700, inviteeDurationDays: 10, redeemableCap: 1 },
	{ kind: 'OFFER_CREATE', offer: 'free', type: 'FREE_CREDIT', status: 'DEFAULT', inviteeCents: 300, inviteeDurationDays: 14 },
	{ kind: 'SIGNUP', user: 'u0' },
	{ kind: 'SIGNUP', user: NAMES[0], referrer: 'u0' },
	{ kind: 'PROJECT_CREATE', project: 'p.u0', user: 'u0' },
	{ kind: 'USAGE', user: 'u0', project: 'p.u0', cents: 1000 },
	{ kind: 'INVOICE_ISSUE', invoice: 'i.0', user: 'u0' },
	{ kind: 'INVOICE_PAY', invoice: 'i.0' },
]; // prettier-ignore

/** A scenario of spec section 10 with some seven events to an account. */
export function largeTimeline(
	seed: number,
	accounts: number,
	days: number,
): Readonly<Record<string, unknown>> {
	const luck = luckOf(seed);
	const below = (count: number) => Math.floor(luck() * count);
	const oneOf = <T>(list: readonly T[]): T => list[below(list.length)];
	const hours = days * 24;
	const end = START + days * DAY;
	const name = (n: number) => (n === 0 ? 'u0' : (NAMES[n - 1] ?? `u${n}`));

	/** one of four ways to write an instant */
	const textOf = (at: number): string => {
		const way = below(4);
		const [isWhole, utc] = [at % 1000 === 0, new Date(at).toISOString()];
		if (way === 0) return utc;
		if (way === 1) return isWhole ? `${utc.slice(0, 19)}Z` : utc;
		const shift = way === 2 ? 5.5 * HOUR : -11 * HOUR;
		return `${new Date(at + shift).toISOString().slice(0, isWhole ? 21 : 23)}${way === 2 ? '+05:30' : '-11:00'}`;
	};
	const events: unknown[] = STANDING.map((event) => ({ ...event, at: textOf(START) }));
	const add = (at: number, event: Event) => {
		if (at <= end) events.push({ ...event, at: textOf(at) });
	};

	for (let hour = 1, n = 0; hour < hours; hour += 1 + below(72), n++) {
		const at = START + hour * HOUR;
		const type = oneOf(['REFERRAL', 'REFERRAL', 'FREE_CREDIT']);
		const isDefault = below(8) === 0;
		const inviteeCents = below(6) === 0 ? 0 : 50 + below(2000);
		const awardCents = type === 'REFERRAL' && below(4) > 0 ? 50 + below(1500) : 0;
		add(at, {
			kind: 'OFFER_CREATE', offer: `o${n}`, type, status: isDefault ? 'DEFAULT' : 'ACTIVE',
			inviteeCents, ...(inviteeCents > 0 ? { inviteeDurationDays: oneOf(LIVES) } : {}),
			awardCents: awardCents || null, awardDurationDays: awardCents > 0 ? oneOf(LIVES) : 0,
			redeemableCap: isDefault || below(3) === 0 ? null : 1 + below(40),
			...(isDefault || below(2) === 0 ? {} : { expiresAt: textOf(at + (1 + below(96)) * HOUR) }),
		}); // prettier-ignore
		if (below(3) === 0) add(at + below(24) * HOUR, { kind: 'OFFER_STOP', offer: `o${n - below(3)}` });
	}

	/** mostly an hour or more; at the same instant the place in the file would decide */
	const soon = () => (below(8) === 0 ? 0 : (1 + below(3)) * HOUR);
	for (let n = 2; n < accounts; n++) {
		const [user, project] = [name(n), `p.${name(n)}`];
		const at = START + Math.floor((hours * n) / (1.2 * accounts)) * HOUR + below(8) * HOUR;
		// among those named some come later in time, and a few never
		const referrer =
			below(5) < 3 ? name(below(below(3) === 0 ? Math.min(n, 6) : Math.floor(n * 1.02) + 1)) : null;
		add(at, { kind: 'SIGNUP', user, referrer });
		if (below(3) === 0)
			add(at + below(200) * HOUR, { kind: 'INVITE_SENT', user, count: oneOf([null, 1, 3]) });
		if (below(10) > 0) add(at + soon(), { kind: 'PROJECT_CREATE', project, user });
		// at the very end of its credit, a millisecond before, and a millisecond after
		if (below(3) === 0) {
			add(at + oneOf(LIVES) * DAY + oneOf([-1, 0, 1]), { kind: 'USAGE', user, project, cents: below(400) });
		}
		for (let month = 0, left = below(4); month < left; month++) {
			const usedAt = at + (below(14) + 25 * month) * DAY + soon();
			const cents = below(40) === 0 ? 1_000_000_000 : below(10) === 0 ? 0 : below(1500);
			// now and then on the project of someone else
			const isOwn = below(12) > 0;
			add(usedAt, { kind: 'USAGE', user, project: isOwn ? project : `p.${name(below(n))}`, cents });
			const [invoice, issuedAt] = [`i.${user}.${month}`, usedAt + soon()];
			add(issuedAt, { kind: 'INVOICE_ISSUE', invoice, user });
			let closedAt = issuedAt;
			for (const kind of oneOf([
				['PAY'],
				['PAY'],
				['PAY'],
				['FAIL', 'PAY'],
				['FAIL', 'FAIL', 'VOID'],
				['VOID', 'PAY'],
				[],
			])) {
				closedAt += soon();
				add(closedAt, { kind: `INVOICE_${kind}`, invoice });
			}
		}
	}

	// those who invite most come back again and again, so that charges meet several awards
	for (let n = 2; n < Math.min(6, accounts); n++) {
		for (let day = below(20); day < days; day += 1 + below(20)) {
			add(START + day * DAY, {
				kind: 'USAGE',
				user: name(n),
				project: `p.${name(n)}`,
				cents: below(5000),
			});
		}
	}

	const refused = Object.values(refusedEvents(''));
	for (let r = 0; r < refused.length * Math.ceil(accounts / 400); r++) {
		const at = new Date(START + (1 + below(hours)) * HOUR).toISOString();
		events.push(Object.values(refusedEvents(at))[r % refused.length]);
	}

	// the file is in no order: instants alone decide, and the file where they are equal
	for (let e = events.length - 1; e > STANDING.length; e--) {
		const f = STANDING.length + below(e - STANDING.length + 1);
		[events[e], events[f]] = [events[f], events[e]];
	}
	return {
		start: textOf(START),
		end: textOf(end),
		rules: {
			awardAfterInvoices: 1 + below(3), qualifyingInvoice: oneOf(['CASH', 'ANY', null]), contributionMarginBps: below(10_001), creditCostBps: below(10_001),
		}, // prettier-ignore
		events,
		probes: Array.from({ length: 30 }, () => ({
			at: textOf(START + (1 + below(hours - 1)) * HOUR - below(2)),
			users: [name(below(accounts)), 'nobody', name(1)],
		})).map((probe, p) => (p === 0 ? { at: textOf(START) } : probe)),
	};
}
