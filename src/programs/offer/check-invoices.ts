import { OPEN, PAID, SETTLED, VOID } from './events.ts';
import type { Judge } from './outcome.ts';
import type { OfferState } from './state.ts';

/** Invariants 8 and 9, and when awards are due. */
export function checkInvoices(state: Readonly<OfferState>, judge: Judge): void {
	const userCount = state.userId.length;
	const invoicesOf: number[][] = state.userId.map(() => []);
	for (let i = 0; i < state.invoiceId.length; i++) invoicesOf[state.invoiceUser[i]].push(i);

	// every charge belongs to the first invoice issued after it, or is not billed yet
	const gross = new Float64Array(state.invoiceId.length);
	const credit = new Float64Array(state.invoiceId.length);
	const [unbilledGross, unbilledCredit] = [new Float64Array(userCount), new Float64Array(userCount)];
	const next = new Uint32Array(userCount);
	let covered = 0;
	for (let g = 0; g < state.usageUser.length; g++) {
		const u = state.usageUser[g];
		covered += state.usageCoveredCents[g];
		while (next[u] < invoicesOf[u].length && state.invoiceUsageEnd[invoicesOf[u][next[u]]] <= g) next[u]++;
		if (next[u] === invoicesOf[u].length) {
			unbilledGross[u] += state.usageCents[g];
			unbilledCredit[u] += state.usageCoveredCents[g];
		} else {
			gross[invoicesOf[u][next[u]]] += state.usageCents[g];
			credit[invoicesOf[u][next[u]]] += state.usageCoveredCents[g];
		}
	}
	judge(
		'conservation',
		covered === state.usedCents,
		() => `charges have ${covered} covered, credits ${state.usedCents} used`,
	);

	for (let i = 0; i < state.invoiceId.length; i++) {
		const [of, isDue] = [state.invoiceState[i], state.invoiceGrossCents[i] > state.invoiceCreditCents[i]];
		const isSound =
			gross[i] === state.invoiceGrossCents[i] &&
			credit[i] === state.invoiceCreditCents[i] &&
			credit[i] <= gross[i] &&
			(of === SETTLED ? !isDue : isDue && (of === OPEN || of === PAID || of === VOID)) &&
			(of === OPEN ? state.invoiceClosedAt[i] === -1 : state.invoiceClosedAt[i] >= state.invoiceIssuedAt[i]);
		judge('invoices', isSound, () => `invoice ${state.invoiceId[i]} does not add up`);
	}
	for (let u = 0; u < userCount; u++) {
		const isSound =
			unbilledGross[u] === state.userUnbilledGrossCents[u] &&
			unbilledCredit[u] === state.userUnbilledCreditCents[u];
		judge('invoices', isSound, () => `usage not billed yet of user ${state.userId[u]} does not add up`);
		checkPayments(state, u, invoicesOf[u], judge);
	}
}

function checkPayments(
	state: Readonly<OfferState>,
	u: number,
	invoices: readonly number[],
	judge: Judge,
): void {
	const { qualifyingInvoice, awardAfterInvoices } = state.rules;
	const paidAt: number[] = [];
	const qualifiedAt: number[] = [];
	let cash = 0;
	for (const i of invoices) {
		const isPaid = state.invoiceState[i] === PAID;
		if (isPaid) {
			paidAt.push(state.invoiceClosedAt[i]);
			cash += state.invoiceGrossCents[i] - state.invoiceCreditCents[i];
		}
		const isCovered = state.invoiceState[i] === SETTLED && state.invoiceGrossCents[i] > 0;
		if (isPaid || (isCovered && qualifyingInvoice === 'ANY')) qualifiedAt.push(state.invoiceClosedAt[i]);
	}
	paidAt.sort((a, b) => a - b);
	qualifiedAt.sort((a, b) => a - b);
	const isSound =
		cash === state.userCashCents[u] &&
		paidAt.length === state.userPaidInvoices[u] &&
		(paidAt[0] ?? -1) === state.userFirstPaidAt[u];
	judge('invoices', isSound, () => `payments of user ${state.userId[u]} do not add up`);
	const reached = state.userReferrer[u] < 0 ? -1 : (qualifiedAt[awardAfterInvoices - 1] ?? -1);
	const isQualified =
		reached === state.userQualifiedAt[u] && qualifiedAt.length === state.userQualifyingInvoices[u];
	judge('awards', isQualified, () => `user ${state.userId[u]} should have qualified at ${reached}`);
}
