import {
	ledgerOf,
	obviousMetrics,
	textOf,
	type ObviousCredit,
	type ObviousInvoice,
	type ObviousUser,
} from './obvious-metrics.ts';

/**
 * The offer program once more, slow and plain, written from spec sections 1 to 12 alone: nothing is kept
 * that can be added up again. Takes and gives what `dropbench case` does, for scenarios that may run. Cost: the square
 * of their size.
 */

type Fields = Record<string, unknown>;

interface Offer {
	id: string;
	type: string;
	place: string;
	status: string;
	invitee: number;
	inviteeDays: number;
	award: number;
	awardDays: number;
	cap: number | null;
	createdAt: number;
	expiresAt: number | null;
	endedAt: number | null;
	endReason: string | null;
	redeemed: number;
}

interface User extends ObviousUser {
	referrer: User | null;
	offer: Offer | null;
	qualifying: number;
	/** usage since the last invoice */
	unbilled: { cents: number; covered: number }[];
}

interface Credit extends ObviousCredit {
	owner: User;
	offer: Offer;
}

interface Invoice extends ObviousInvoice {
	id: string;
	user: User;
	issuedAt: number;
	gross: number;
	credit: number;
	failures: number;
}

const DAY = 24 * 60 * 60 * 1000;
const INSTANT =
	/^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

function instant(value: unknown): number | null {
	const match = typeof value === 'string' ? INSTANT.exec(value) : null;
	if (match === null) return null;
	const [text, year, month, day] = match;
	const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
	if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text.slice(0, 10)) return null;
	const at = new Date(text).getTime();
	return at >= 0 && at < Date.UTC(2200, 0, 1) ? at : null;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const isId = (id: unknown): id is string =>
	typeof id === 'string' &&
	id !== '' &&
	new TextEncoder().encode(id).length <= 128 &&
	!/\p{Surrogate}/u.test(id);
const isWhole = (value: unknown, least: number, most: number): value is number =>
	Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const isCents = (value: unknown) => isWhole(value, 0, 1e9);
const left = ({ earned, used, expired }: Credit) => earned - used - expired;

/** The result of spec section 11 of a scenario that may run. */
export function obviousResult(scenario: Fields): unknown {
	const [start, end] = [instant(scenario.start)!, instant(scenario.end)!];
	const rules = {
		awardAfterInvoices: 2,
		qualifyingInvoice: 'CASH',
		contributionMarginBps: 10_000,
		creditCostBps: 10_000,
	};
	for (const [name, value] of Object.entries((scenario.rules ?? {}) as Fields))
		if (value !== null) Object.assign(rules, { [name]: value });
	const offers: Offer[] = [];
	const users: User[] = [];
	const userOf = new Map<unknown, User>();
	const credits: Credit[] = [];
	const invoices: Invoice[] = [];
	const invoiceOf = new Map<unknown, Invoice>();
	const creatorOf = new Map<unknown, User>();
	const rejections: { index: number; code: string }[] = [];

	const currentOf = (type: string, status: string) =>
		offers.find((each) => each.type === type && each.status === status) ?? null;
	const offerNow = (hasLink: boolean) =>
		(hasLink ? (currentOf('REFERRAL', 'ACTIVE') ?? currentOf('REFERRAL', 'DEFAULT')) : null) ??
		currentOf('FREE_CREDIT', 'ACTIVE') ??
		currentOf('FREE_CREDIT', 'DEFAULT');
	const endOffer = (each: Offer, at: number, reason: string) =>
		Object.assign(each, { status: 'DONE', endedAt: at, endReason: reason });
	const moveTo = (at: number) => {
		for (const each of offers)
			if (each.status === 'ACTIVE' && each.expiresAt !== null && each.expiresAt <= at)
				endOffer(each, each.expiresAt, 'EXPIRED');
		for (const each of credits) if (each.expiresAt <= at) each.expired += left(each);
	};
	const give = (
		owner: User,
		offer: Offer,
		kind: string,
		bought: User,
		at: number,
		cents: number,
		days: number,
	) => {
		if (cents > 0)
			credits.push({
				owner,
				offer,
				kind,
				for: bought,
				createdAt: at,
				expiresAt: at + days * DAY,
				earned: cents,
				used: 0,
				expired: 0,
				draws: [],
			});
	};
	const qualify = (user: User, at: number) => {
		user.qualifying++;
		if (user.qualifying !== rules.awardAfterInvoices || user.referrer === null) return;
		user.qualifiedAt = at;
		if (user.offer?.type === 'REFERRAL')
			give(user.referrer, user.offer, 'AWARD', user, at, user.offer.award, user.offer.awardDays);
	};

	const apply = (event: Fields, at: number): string | null => {
		const user = userOf.get(event.user);
		switch (event.kind) {
			case 'OFFER_CREATE':
				return createOffer(event, at);
			case 'OFFER_STOP': {
				if (!isId(event.offer)) return 'INVALID_ID';
				const offer = offers.find(({ id }) => id === event.offer);
				if (!offer) return 'UNKNOWN_OFFER';
				if (offer.status === 'DONE') return 'OFFER_NOT_ACTIVE';
				if (offer.status === 'DEFAULT') return 'DEFAULT_CANNOT_STOP';
				endOffer(offer, at, 'STOPPED');
				return null;
			}
			case 'SIGNUP': {
				const hasLink = event.referrer !== undefined && event.referrer !== null;
				if (!isId(event.user) || (hasLink && !isId(event.referrer))) return 'INVALID_ID';
				if (user) return 'DUPLICATE_USER';
				if (event.referrer === event.user) return 'SELF_REFERRAL';
				const referrer = hasLink ? (userOf.get(event.referrer) ?? null) : null;
				if (hasLink && referrer === null) return 'UNKNOWN_REFERRER';
				const offer = offerNow(hasLink);
				const isFallback = hasLink && !(offer?.type === 'REFERRAL' && offer.place === 'ACTIVE');
				const created: User = {
					id: event.user,
					at,
					referrer,
					offer,
					isFallback,
					invites: 0,
					qualifying: 0,
					qualifiedAt: null,
					unbilled: [],
				};
				users.push(created);
				userOf.set(created.id, created);
				if (offer === null) return null;
				offer.redeemed++;
				give(
					created,
					offer,
					offer.type === 'REFERRAL' ? 'INVITEE' : 'FREE_TIER',
					created,
					at,
					offer.invitee,
					offer.inviteeDays,
				);
				if (offer.redeemed === offer.cap) endOffer(offer, at, 'CAP_REACHED');
				return null;
			}
			case 'INVITE_SENT': {
				if (!isId(event.user)) return 'INVALID_ID';
				const count = event.count ?? 1;
				if (!isWhole(count, 1, 10_000)) return 'INVALID_COUNT';
				if (!user) return 'UNKNOWN_USER';
				user.invites += count;
				return null;
			}
			case 'PROJECT_CREATE':
				if (!isId(event.project) || !isId(event.user)) return 'INVALID_ID';
				if (!user) return 'UNKNOWN_USER';
				if (creatorOf.has(event.project)) return 'DUPLICATE_PROJECT';
				creatorOf.set(event.project, user);
				return null;
			case 'USAGE': {
				if (!isId(event.user) || !isId(event.project)) return 'INVALID_ID';
				if (!isCents(event.cents)) return 'INVALID_AMOUNT';
				if (!user) return 'UNKNOWN_USER';
				const creator = creatorOf.get(event.project);
				if (!creator) return 'UNKNOWN_PROJECT';
				const charge = { cents: event.cents, covered: 0 };
				const live =
					creator === user ? credits.filter((each) => each.owner === user && at < each.expiresAt) : [];
				// the sort is stable, and credits stand in the order of their numbers
				for (const each of live.sort((a, b) => a.expiresAt - b.expiresAt)) {
					const cents = Math.min(left(each), charge.cents - charge.covered);
					if (cents > 0) each.draws.push({ at, cents });
					each.used += cents;
					charge.covered += cents;
				}
				user.unbilled.push(charge);
				return null;
			}
			case 'INVOICE_ISSUE': {
				if (!isId(event.invoice) || !isId(event.user)) return 'INVALID_ID';
				if (!user) return 'UNKNOWN_USER';
				if (invoiceOf.has(event.invoice)) return 'DUPLICATE_INVOICE';
				const [gross, credit] = [
					sum(user.unbilled.map(({ cents }) => cents)),
					sum(user.unbilled.map(({ covered }) => covered)),
				];
				const isOpen = gross > credit;
				user.unbilled = [];
				const issued: Invoice = {
					id: event.invoice,
					user,
					issuedAt: at,
					gross,
					credit,
					due: gross - credit,
					state: isOpen ? 'OPEN' : 'SETTLED',
					closedAt: isOpen ? null : at,
					failures: 0,
				};
				invoices.push(issued);
				invoiceOf.set(issued.id, issued);
				if (!isOpen && gross > 0 && rules.qualifyingInvoice === 'ANY') qualify(user, at);
				return null;
			}
			default: {
				if (!isId(event.invoice)) return 'INVALID_ID';
				const invoice = invoiceOf.get(event.invoice);
				if (!invoice) return 'UNKNOWN_INVOICE';
				if (invoice.state !== 'OPEN') return 'INVOICE_NOT_OPEN';
				if (event.kind === 'INVOICE_FAIL') {
					invoice.failures++;
					return null;
				}
				Object.assign(invoice, { state: event.kind === 'INVOICE_PAY' ? 'PAID' : 'VOID', closedAt: at });
				if (event.kind === 'INVOICE_PAY') qualify(invoice.user, at);
				return null;
			}
		}
	};

	const createOffer = (event: Fields, at: number): string | null => {
		const [invitee, award] = [event.inviteeCents, event.awardCents ?? 0];
		const [inviteeDays, awardDays] = [event.inviteeDurationDays ?? 0, event.awardDurationDays ?? 0];
		const cap = event.redeemableCap ?? null;
		const isDays = (days: unknown, cents: unknown) => isWhole(days, cents === 0 ? 0 : 1, 36_500);
		if (!isId(event.offer)) return 'INVALID_ID';
		if (event.type !== 'FREE_CREDIT' && event.type !== 'REFERRAL') return 'INVALID_TYPE';
		if (event.status !== 'ACTIVE' && event.status !== 'DEFAULT') return 'INVALID_STATUS';
		if (!isCents(invitee) || !isCents(award)) return 'INVALID_AMOUNT';
		if (!isDays(inviteeDays, invitee) || !isDays(awardDays, award)) return 'INVALID_DURATION';
		if (cap !== null && !isWhole(cap, 1, 1e9)) return 'INVALID_CAP';
		const hasEnd = event.expiresAt !== undefined && event.expiresAt !== null;
		const expiresAt = hasEnd ? instant(event.expiresAt) : null;
		if (hasEnd && expiresAt === null) return 'INVALID_TIME';
		if (event.type === 'FREE_CREDIT' && award !== 0) return 'AWARD_NOT_ALLOWED';
		if (event.status === 'DEFAULT' && cap !== null) return 'CAP_NOT_ALLOWED';
		if (event.status === 'DEFAULT' && hasEnd) return 'EXPIRY_NOT_ALLOWED';
		if (expiresAt !== null && expiresAt <= at) return 'OFFER_ALREADY_EXPIRED';
		if (offers.some(({ id }) => id === event.offer)) return 'DUPLICATE_OFFER';
		const replaced = currentOf(event.type, event.status);
		if (replaced) endOffer(replaced, at, 'REPLACED');
		offers.push({
			id: event.offer, type: event.type, place: event.status, status: event.status, invitee: invitee, inviteeDays: inviteeDays,
			award: award, awardDays: awardDays, cap: cap, createdAt: at, expiresAt, endedAt: null, endReason: null, redeemed: 0,
		}); // prettier-ignore
		return null;
	};

	const kinds = [
		'OFFER_CREATE',
		'OFFER_STOP',
		'SIGNUP',
		'INVITE_SENT',
		'PROJECT_CREATE',
		'USAGE',
		'INVOICE_ISSUE',
		'INVOICE_PAY',
		'INVOICE_FAIL',
		'INVOICE_VOID',
	];
	const steps: { at: number; step: () => void }[] = [];
	((scenario.events ?? []) as unknown[]).forEach((event, index) => {
		const refuse = (code: string) => rejections.push({ index, code });
		if (typeof event !== 'object' || event === null || Array.isArray(event)) return refuse('MALFORMED_EVENT');
		const fields = event as Fields;
		if (!kinds.includes(fields.kind as string)) return refuse('UNKNOWN_EVENT');
		const at = instant(fields.at);
		if (at === null) return refuse('INVALID_TIME');
		if (at < start || at > end) return refuse('OUT_OF_RANGE');
		const step = () => {
			const code = apply(fields, at);
			if (code !== null) refuse(code);
		};
		return steps.push({ at, step });
	});
	const probes: unknown[] = [];
	((scenario.probes ?? []) as Fields[]).forEach((probe, p) => {
		const at = instant(probe.at)!;
		const step = () => {
			const names = (probe.users ?? []) as string[];
			probes[p] = {
				at: textOf(at),
				withoutLink: offerNow(false)?.id ?? null,
				withLink: offerNow(true)?.id ?? null,
				ledger: ledgerOf(credits),
				users: names.map((id) => {
					const isThere = userOf.has(id);
					return {
						id,
						availableCents: isThere ? sum(credits.filter(({ owner }) => owner.id === id).map(left)) : null,
					};
				}),
			};
		};
		steps.push({ at, step });
	});
	// probes stand after all events in the list, and the sort is stable
	for (const { at, step } of steps.sort((a, b) => a.at - b.at)) {
		moveTo(at);
		step();
	}
	moveTo(end);
	const { contributionMarginBps: margin, creditCostBps: cost } = rules;
	return {
		asOf: textOf(end),
		offers: offers.map(({ id, type, status, createdAt, expiresAt, endedAt, endReason, redeemed }) => ({
			id, type, status, createdAt: textOf(createdAt), expiresAt: textOf(expiresAt), endedAt: textOf(endedAt), endReason, redeemed,
		})), // prettier-ignore
		users: users.map((user) => {
			const paid = invoices.filter((invoice) => invoice.user === user && invoice.state === 'PAID');
			const referred = users.filter(({ referrer }) => referrer === user);
			return {
				id: user.id,
				signedUpAt: textOf(user.at),
				referrer: user.referrer?.id ?? null,
				offer: user.offer?.id ?? null,
				...ledgerOf(credits.filter(({ owner }) => owner === user)),
				cashPaidCents: sum(paid.map(({ due }) => due)),
				paidInvoices: paid.length,
				firstPaidAt: paid.length === 0 ? null : textOf(Math.min(...paid.map(({ closedAt }) => closedAt!))),
				qualifiedAt: textOf(user.qualifiedAt),
				unbilledDueCents: sum(user.unbilled.map(({ cents, covered }) => cents - covered)),
				referredSignups: referred.length,
				referredQualified: referred.filter(({ qualifiedAt }) => qualifiedAt !== null).length,
			};
		}),
		credits: credits.map((credit, c) => ({
			seq: c + 1,
			user: credit.owner.id,
			offer: credit.offer.id,
			kind: credit.kind,
			attributedTo: credit.for.id,
			createdAt: textOf(credit.createdAt),
			expiresAt: textOf(credit.expiresAt),
			...ledgerOf([credit]),
		})),
		invoices: invoices.map(({ id, user, issuedAt, gross, credit, due, state, closedAt, failures }) => ({
			id, user: user.id, issuedAt: textOf(issuedAt), grossCents: gross, creditCents: credit, dueCents: due, state, closedAt: textOf(closedAt), failures,
		})), // prettier-ignore
		rejections: rejections.sort((a, b) => a.index - b.index),
		probes,
		metrics: obviousMetrics({ start, end, margin, cost, offers, users, credits, invoices }),
	};
}
