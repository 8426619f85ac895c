/** The metrics of spec section 12 once more, each written down as the specification words it. */

export interface ObviousUser {
	id: string;
	at: number;
	referrer: ObviousUser | null;
	offer: { id: string } | null;
	isFallback: boolean;
	invites: number;
	qualifiedAt: number | null;
}

export interface ObviousCredit {
	kind: string;
	for: ObviousUser;
	createdAt: number;
	expiresAt: number;
	earned: number;
	used: number;
	expired: number;
	draws: { at: number; cents: number }[];
}

export interface ObviousInvoice {
	user: ObviousUser;
	due: number;
	state: string;
	closedAt: number | null;
}

export interface ObviousBooks {
	start: number;
	end: number;
	margin: number;
	cost: number;
	offers: { id: string; endReason: string | null; endedAt: number | null }[];
	users: ObviousUser[];
	credits: ObviousCredit[];
	invoices: ObviousInvoice[];
}

export const textOf = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const monthOf = (at: number) => new Date(at).toISOString().slice(0, 7);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);
const floorOf = (cents: number, bps: number) => Number((BigInt(cents) * BigInt(bps)) / 10_000n);
const ceilOf = (cents: number, bps: number) => Number((BigInt(cents) * BigInt(bps) + 9999n) / 10_000n);

/** The months from that of `from` to that of `to`. */
function monthsBetween(from: number, to: number): string[] {
	const [year, month] = [new Date(from).getUTCFullYear(), new Date(from).getUTCMonth()];
	const all: string[] = [];
	for (let m = 0; ; m++) {
		const next = monthOf(Date.UTC(year, month + m));
		if (next > monthOf(to)) return all;
		all.push(next);
	}
}

export function ledgerOf(credits: readonly ObviousCredit[]) {
	const earnedCents = sum(credits.map(({ earned }) => earned));
	const usedCents = sum(credits.map(({ used }) => used));
	const expiredCents = sum(credits.map(({ expired }) => expired));
	return { earnedCents, usedCents, expiredCents, availableCents: earnedCents - usedCents - expiredCents };
}

function segment(
	{ users, credits, invoices, margin, cost }: ObviousBooks,
	isIn: (user: ObviousUser) => boolean,
) {
	const own = users.filter(isIn);
	const bought = credits.filter((credit) => isIn(credit.for));
	const paid = invoices.filter((invoice) => invoice.state === 'PAID' && isIn(invoice.user));
	const referralsMade = users.filter(({ referrer }) => referrer !== null && isIn(referrer)).length;
	const signups = own.length;
	const paidAccounts = new Set(paid.map(({ user }) => user)).size;
	const invitesSent = sum(own.map(({ invites }) => invites));
	const ledger = ledgerOf(bought);
	const cashCents = sum(paid.map(({ due }) => due));
	const costCents = ceilOf(ledger.usedCents, cost);
	const contributionCents = floorOf(cashCents, margin);
	return {
		signups,
		referredSignups: own.filter(({ referrer }) => referrer !== null).length,
		fallbackSignups: own.filter(({ isFallback }) => isFallback).length,
		paidAccounts,
		qualifiedReferrals: own.filter(({ qualifiedAt }) => qualifiedAt !== null).length,
		invitesSent,
		referralsMade,
		creditsByKind: Object.fromEntries(
			['FREE_TIER', 'INVITEE', 'AWARD'].map((kind) => [
				kind,
				ledgerOf(bought.filter((credit) => credit.kind === kind)),
			]),
		),
		...ledger,
		cashCents,
		costCents,
		contributionCents,
		netCents: contributionCents - costCents,
		conversionRate: ratio(paidAccounts, signups),
		costPerPaidAccount: ratio(costCents, paidAccounts),
		grantedPerPaidAccount: ratio(ledger.earnedCents, paidAccounts),
		breakageRate: ratio(ledger.expiredCents, ledger.earnedCents),
		viralK: ratio(referralsMade, signups),
		inviteAcceptance: ratio(referralsMade, invitesSent),
	};
}

function cohort(books: ObviousBooks, month: string) {
	const isIn = (user: ObviousUser) => monthOf(user.at) === month;
	const paid = books.invoices.filter(({ state, user }) => state === 'PAID' && isIn(user));
	const draws = books.credits.filter((credit) => isIn(credit.for)).flatMap((credit) => credit.draws);
	const payback = monthsBetween(Date.parse(`${month}-01T00:00:00Z`), books.end).map((last, k) => {
		const cashCents = sum(paid.filter(({ closedAt }) => monthOf(closedAt!) <= last).map(({ due }) => due));
		const usedCents = sum(draws.filter(({ at }) => monthOf(at) <= last).map(({ cents }) => cents));
		const netCents = floorOf(cashCents, books.margin) - ceilOf(usedCents, books.cost);
		return { k, cashCents, usedCents, netCents };
	});
	const isBlackFrom = (k: number) => payback.slice(k).every(({ netCents }) => netCents >= 0);
	return {
		month,
		...segment(books, isIn),
		payback,
		paybackMonth: payback.find(({ k }) => isBlackFrom(k))?.k ?? null,
	};
}

function monthRow({ users, credits, invoices }: ObviousBooks, month: string) {
	const isNow = (at: number | null) => at !== null && monthOf(at) === month;
	const paid = invoices.filter(({ state }) => state === 'PAID');
	const born = users.filter(({ at }) => isNow(at));
	const draws = credits.flatMap((credit) => credit.draws);
	const until = (is: (at: number) => boolean) => ({
		earned: sum(credits.filter(({ createdAt }) => is(createdAt)).map(({ earned }) => earned)),
		used: sum(draws.filter(({ at }) => is(at)).map(({ cents }) => cents)),
		expired: sum(credits.filter(({ expiresAt }) => is(expiresAt)).map(({ expired }) => expired)),
	});
	const [now, all] = [until(isNow), until((at) => monthOf(at) <= month)];
	const firstPaid = new Map<ObviousUser, number>();
	for (const { user, closedAt } of paid)
		firstPaid.set(user, Math.min(closedAt!, firstPaid.get(user) ?? Infinity));
	return {
		month,
		signups: born.length,
		referredSignups: born.filter(({ referrer }) => referrer !== null).length,
		firstPaid: [...firstPaid.values()].filter(isNow).length,
		qualified: users.filter(({ qualifiedAt }) => isNow(qualifiedAt)).length,
		earnedCents: now.earned,
		usedCents: now.used,
		expiredCents: now.expired,
		cashCents: sum(paid.filter(({ closedAt }) => isNow(closedAt)).map(({ due }) => due)),
		availableCents: all.earned - all.used - all.expired,
	};
}

/** `metrics` of spec section 11. */
export function obviousMetrics(books: ObviousBooks): unknown {
	const byOffer = books.offers.map(({ id, endReason, endedAt }) => ({
		offer: id,
		capExhaustedAt: endReason === 'CAP_REACHED' ? textOf(endedAt) : null,
		...segment(books, (user) => user.offer?.id === id),
	}));
	const none = { offer: null, capExhaustedAt: null, ...segment(books, (user) => user.offer === null) };
	const cohorts = [...new Set(books.users.map(({ at }) => monthOf(at)))].sort();
	return {
		total: segment(books, () => true),
		byOffer: none.signups > 0 ? [...byOffer, none] : byOffer,
		byCohort: cohorts.map((month) => cohort(books, month)),
		byMonth: monthsBetween(books.start, books.end).map((month) => monthRow(books, month)),
	};
}
