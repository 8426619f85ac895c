import type { Explanation } from '../../report.ts';
import { ACTIVE, CAP_REACHED, DEFAULT, EXPIRED, FREE_CREDIT, REFERRAL, REPLACED } from '../events.ts';
import { dollars } from '../money.ts';
import type { OfferRun } from '../run.ts';
import { placeOf, type OfferState } from '../state.ts';
import { customerTime } from '../time.ts';
import { CREDIT_WORDS, REASON_WORDS } from '../words.ts';
import { changesFor } from './registration-changes.ts';

/** The chain of spec section 4, in words. */
const PLACES = [
	{ place: placeOf(REFERRAL, ACTIVE), type: REFERRAL, status: ACTIVE, needsLink: true, title: 'active referral offer' },
	{ place: placeOf(REFERRAL, DEFAULT), type: REFERRAL, status: DEFAULT, needsLink: true, title: 'default referral offer' },
	{ place: placeOf(FREE_CREDIT, ACTIVE), type: FREE_CREDIT, status: ACTIVE, needsLink: false, title: 'active free tier' },
	{ place: placeOf(FREE_CREDIT, DEFAULT), type: FREE_CREDIT, status: DEFAULT, needsLink: false, title: 'default free tier' },
]; // prettier-ignore

/**
 * Why registration `u` got its offer: the chain it went through, why offers before it were not there, and the
 * least changes that would have given it another one, each confirmed by a re-run.
 */
export function explainRegistration(run: OfferRun, u: number): Explanation {
	const { state } = run.outcome;
	const hasLink = state.userReferrer[u] >= 0;
	const o = state.userOffer[u];
	const at = state.userSignedUpAt[u];
	const rows: { label: string; status: string; detail: string; isSubject: boolean }[] = [];
	const reasons: { code: string; sentence: string }[] = [];
	let isFound = false;
	for (const { place, type, status, needsLink, title } of PLACES) {
		const there = state.userPlaces[4 * u + place];
		const label = there < 0 ? title : `${title} “${state.offerId[there]}”`;
		if (needsLink && !hasLink) {
			rows.push({ label, status: 'not asked', detail: 'there was no referral link', isSubject: false });
			if (there >= 0)
				reasons.push({ code: 'no link', sentence: `${label} takes a link, and there was none.` });
			continue;
		}
		if (there < 0) {
			const ended = isFound ? null : lastEnded(state, type, status, at);
			const detail = ended === null ? 'there was none' : endSentence(state, ended);
			rows.push({ label, status: 'none', detail, isSubject: false });
			if (ended !== null) reasons.push({ code: REASON_WORDS[state.offerEndReason[ended]], sentence: detail });
			continue;
		}
		const detail = termsOf(state, there);
		rows.push({ label, status: isFound ? 'not reached' : 'redeemed', detail, isSubject: !isFound });
		isFound = true;
	}

	const how = hasLink ? `with the link of ${state.userId[state.userReferrer[u]]}` : 'without a link';
	const got = o < 0 ? 'no offer, since none was there' : `${state.offerId[o]}, ${termsOf(state, o)}`;
	return {
		sentence: `${state.userId[u]} registered ${how} on ${customerTime(at)} and got ${got}.`,
		factors: [],
		ledger: creditsOf(state, u),
		rowsTitle: 'Offers in the order they are tried',
		rows,
		changes: changesFor(run, u),
		reasons,
	};
}

/** The credits the account owns, as what adds up to all it was given. */
function creditsOf(state: Readonly<OfferState>, u: number): NonNullable<Explanation['ledger']> {
	const lines = state.creditOwner.flatMap((owner, c) => {
		if (owner !== u) return [];
		const label = `Credit ${c + 1}, ${CREDIT_WORDS[state.creditKind[c]]}`;
		const detail = `until ${customerTime(state.creditExpiresAt[c])}`;
		return [{ label, detail, amount: dollars(state.creditEarnedCents[c]) }];
	});
	return { lines, total: { label: 'Credit given in all', amount: dollars(state.userEarnedCents[u]) } };
}

/** The last offer of a place that had ended when someone registered at `at`, or null. */
function lastEnded(state: Readonly<OfferState>, type: number, status: number, at: number): number | null {
	let last: number | null = null;
	for (let o = 0; o < state.offerId.length; o++) {
		if (state.offerType[o] !== type || state.offerPlace[o] !== status) continue;
		if (state.offerEndedAt[o] >= 0 && state.offerEndedAt[o] <= at && state.offerCreatedAt[o] <= at) last = o;
	}
	return last;
}

function endSentence(state: Readonly<OfferState>, o: number): string {
	const [id, end] = [state.offerId[o], customerTime(state.offerEndedAt[o])];
	switch (state.offerEndReason[o]) {
		case CAP_REACHED:
			return `${id} was full: the last of its ${state.offerCap[o]} places was taken on ${end}.`;
		case EXPIRED:
			return `${id} had expired on ${end}; a registration at that very moment is too late.`;
		case REPLACED:
			return `${id} had been replaced on ${end}.`;
		default:
			return `${id} had been stopped on ${end}.`;
	}
}

function termsOf(state: Readonly<OfferState>, o: number): string {
	const cents = state.offerInviteeCents[o];
	const credit =
		cents === 0 ? 'without sign-up credit' : `${dollars(cents)} for ${state.offerInviteeDays[o]} days`;
	const award = state.offerAwardCents[o];
	return award === 0 ? credit : `${credit}, ${dollars(award)} for the referrer`;
}
