import type { Explanation } from '../../report.ts';
import { AWARD } from '../events.ts';
import { dollars } from '../money.ts';
import type { OfferRun } from '../run.ts';
import { creditAvailable, type OfferState } from '../state.ts';
import { customerTime } from '../time.ts';

/** One credit to the cent: where it came from, every charge that drew on it, and what became of the rest. */
export function explainCredit({ outcome: { state } }: OfferRun, c: number): Explanation {
	const [earned, used, expired] = [
		state.creditEarnedCents[c],
		state.creditUsedCents[c],
		state.creditExpiredCents[c],
	];
	const left = creditAvailable(state, c);
	const end = customerTime(state.creditExpiresAt[c]);
	const rows: { label: string; status: string; detail: string; isSubject: boolean }[] = [];
	rows.push({ label: customerTime(state.creditCreatedAt[c]), status: `+${dollars(earned)}`, detail: originOf(state, c), isSubject: true }); // prettier-ignore
	let balance = earned;
	for (let d = 0; d < state.drawCredit.length; d++) {
		if (state.drawCredit[d] !== c) continue;
		const g = state.drawUsage[d];
		balance -= state.drawCents[d];
		const project = state.projectId[state.usageProject[g]];
		const detail = `of a charge of ${dollars(state.usageCents[g])} on ${project}; ${dollars(balance)} left`;
		rows.push({ label: customerTime(state.usageAt[g]), status: `−${dollars(state.drawCents[d])}`, detail, isSubject: false }); // prettier-ignore
	}
	if (expired > 0) {
		rows.push({
			label: end,
			status: `−${dollars(expired)}`,
			detail: 'expired unused; nothing left',
			isSubject: false,
		});
	}
	const rest = left > 0 ? `${dollars(left)} can be used until ${end}` : `none is left`;
	return {
		sentence: `Credit ${c + 1} of ${state.userId[state.creditOwner[c]]}: ${dollars(earned)} given, ${dollars(used)} used, ${dollars(expired)} expired; ${rest}.`,
		factors: [],
		ledger: {
			lines: [
				{ label: 'Given', detail: originOf(state, c), amount: `+${dollars(earned)}` },
				{ label: 'Used', detail: '', amount: used > 0 ? `−${dollars(used)}` : dollars(0) },
				{ label: 'Expired', detail: '', amount: expired > 0 ? `−${dollars(expired)}` : dollars(0) },
			],
			total: { label: 'Left', amount: dollars(left) },
		},
		rowsTitle: 'What happened to it, in order',
		rows,
		changes: [],
		reasons: [],
	};
}

function originOf(state: Readonly<OfferState>, c: number): string {
	const offer = state.offerId[state.creditOffer[c]];
	if (state.creditKind[c] !== AWARD) return `for registering under ${offer}`;
	const invitee = state.userId[state.creditAttributed[c]];
	return `award of ${offer}: ${invitee} reached ${state.rules.awardAfterInvoices} qualifying invoices`;
}
