import type { ReferralDataset } from './dataset.ts';
import { least } from './money.ts';
import type { ReferralOutcome, RevShareOutcome } from './outcome.ts';

/** What became of a referrer, from worst to best. */
export const STANDINGS = [
	'disqualified',
	'below the bar',
	'outside the places',
	'pool empty',
	'nothing to pay',
	'cut by the pool',
	'paid',
] as const;

export type Standing = (typeof STANDINGS)[number];

/** What each referrer is due with an endless pool, up to the cap: its claims, or its entitlement. Micro-USDC. */
export function dueOf(dataset: ReferralDataset, outcome: RevShareOutcome): bigint[] {
	const most = outcome.rules.maxAwardPerReferrer;
	if (outcome.eventAward === null) {
		return outcome.uncapped.map((amount, r) =>
			outcome.isQualified[r] === 0 ? 0n : most === null ? amount : least(amount, most),
		);
	}
	const due = new Array<bigint>(dataset.addresses.length).fill(0n);
	for (let k = 0; k < outcome.claim.length; k++) {
		if (outcome.claim[k] !== 0n) due[dataset.eventReferrer[outcome.counted.event[k]]] += outcome.claim[k];
	}
	return due;
}

/** The standing of each referrer, as an index into `STANDINGS`; 0 for those not on the board, which have none. */
export function standingsOf(dataset: ReferralDataset, outcome: ReferralOutcome): Uint8Array {
	const standing = new Uint8Array(dataset.addresses.length);
	const due = outcome.dataModelType === 'rev-share-limit' ? dueOf(dataset, outcome) : null;
	for (const r of outcome.order)
		standing[r] = STANDINGS.indexOf(standingOf(outcome, r, due === null ? outcome.award[r] : due[r]));
	return standing;
}

function standingOf(outcome: ReferralOutcome, r: number, due: bigint): Standing {
	if (outcome.isDisqualified[r] === 1) return 'disqualified';
	if (outcome.isQualified[r] === 0)
		return outcome.dataModelType === 'pie-split' ? 'outside the places' : 'below the bar';
	if (due === 0n) return 'nothing to pay';
	if (outcome.award[r] === 0n) return 'pool empty';
	return outcome.award[r] < due ? 'cut by the pool' : 'paid';
}
