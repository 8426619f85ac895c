import { DAY_MS } from '../instant.ts';
import { AWARD, FREE_TIER, INVITEE, REFERRAL } from './events.ts';
import type { Judge } from './outcome.ts';
import type { OfferState } from './state.ts';

/** Invariants 1, 2, 3, 7, 8, 11 and the spending order. */
export function checkCredits(state: Readonly<OfferState>, judge: Judge): void {
	checkAmounts(state, judge);
	checkTerms(state, judge);
	checkSpending(state, judge);
}

function checkAmounts(state: Readonly<OfferState>, judge: Judge): void {
	const userCount = state.userId.length;
	const [earned, used, expired] = [0, 0, 0].map(() => new Float64Array(userCount));
	let [earnedAll, usedAll, expiredAll] = [0, 0, 0];
	for (let c = 0; c < state.creditOwner.length; c++) {
		const [e, s, x] = [state.creditEarnedCents[c], state.creditUsedCents[c], state.creditExpiredCents[c]];
		const isSound = e > 0 && s >= 0 && x >= 0 && e - s - x >= 0 && Number.isSafeInteger(e + s + x);
		judge('conservation', isSound, () => `credit ${c + 1} has earned ${e}, used ${s}, expired ${x}`);
		const isOver = state.creditExpiresAt[c] <= state.clock;
		const isTimely = isOver ? e === s + x : x === 0;
		judge('expiry', isTimely, () => `credit ${c + 1} has ${e - s - x} available, ${x} expired`);
		const u = state.creditOwner[c];
		earned[u] += e;
		used[u] += s;
		expired[u] += x;
		earnedAll += e;
		usedAll += s;
		expiredAll += x;
	}
	for (let u = 0; u < userCount; u++) {
		const isSound =
			earned[u] === state.userEarnedCents[u] &&
			used[u] === state.userUsedCents[u] &&
			expired[u] === state.userExpiredCents[u];
		judge('conservation', isSound, () => `sums of user ${state.userId[u]} differ from those of the credits`);
	}
	const isSound =
		earnedAll === state.earnedCents && usedAll === state.usedCents && expiredAll === state.expiredCents;
	judge('conservation', isSound, () => `ledger sums differ from those of the credits`);
}

function checkTerms(state: Readonly<OfferState>, judge: Judge): void {
	const signUpCredits = new Uint8Array(state.userId.length);
	const awards = new Uint8Array(state.userId.length);
	for (let c = 0; c < state.creditOwner.length; c++) {
		const [o, u, kind] = [state.creditOffer[c], state.creditAttributed[c], state.creditKind[c]];
		const isAward = kind === AWARD;
		const count = isAward ? ++awards[u] : ++signUpCredits[u];
		judge('oneCredit', count === 1, () => `credit ${c + 1} is a second one for user ${state.userId[u]}`);

		const cents = isAward ? state.offerAwardCents[o] : state.offerInviteeCents[o];
		const days = isAward ? state.offerAwardDays[o] : state.offerInviteeDays[o];
		const createdAt = isAward ? state.userQualifiedAt[u] : state.userSignedUpAt[u];
		const owner = isAward ? state.userReferrer[u] : u;
		const isKind = isAward || kind === (state.offerType[o] === REFERRAL ? INVITEE : FREE_TIER);
		const holds =
			isKind &&
			o === state.userOffer[u] &&
			owner === state.creditOwner[c] &&
			createdAt === state.creditCreatedAt[c] &&
			cents === state.creditEarnedCents[c] &&
			createdAt + days * DAY_MS === state.creditExpiresAt[c];
		judge('terms', holds, () => `credit ${c + 1} is not what offer ${state.offerId[o]} promised`);
	}
	for (let u = 0; u < state.userId.length; u++) {
		const o = state.userOffer[u];
		const isDue = o >= 0 && state.offerInviteeCents[o] > 0;
		judge('terms', isDue === signUpCredits[u] > 0, () => `sign-up credit of user ${state.userId[u]}`);
		const isAwardDue = o >= 0 && isAwardPromised(state, u, o);
		judge('awards', isAwardDue === awards[u] > 0, () => `award for user ${state.userId[u]}`);
	}
}

function isAwardPromised(state: Readonly<OfferState>, u: number, o: number): boolean {
	return state.userQualifiedAt[u] >= 0 && state.offerType[o] === REFERRAL && state.offerAwardCents[o] > 0;
}

/** Draws every charge again, over each user's credits by end and number, and compares draw by draw. */
function checkSpending(state: Readonly<OfferState>, judge: Judge): void {
	const order = Array.from(state.creditOwner, (_, c) => c);
	order.sort((a, b) => state.creditExpiresAt[a] - state.creditExpiresAt[b] || a - b);
	const creditsOf: number[][] = state.userId.map(() => []);
	// an owner who does not exist was found by the terms
	for (const c of order) creditsOf[state.creditOwner[c]]?.push(c);
	const left = Float64Array.from(state.creditEarnedCents);

	let d = 0;
	for (let g = 0; g < state.usageUser.length; g++) {
		const u = state.usageUser[g];
		let need = state.usageCents[g];
		if (state.projectCreator[state.usageProject[g]] === u) {
			for (const c of creditsOf[u]) {
				if (need === 0) break;
				const isLive = state.creditFirstUsage[c] <= g && state.creditExpiresAt[c] > state.usageAt[g];
				if (!isLive || left[c] === 0) continue;
				const taken = Math.min(left[c], need);
				const isDrawn = state.drawCredit[d] === c && state.drawUsage[d] === g && state.drawCents[d] === taken;
				judge('spending', isDrawn, () => `draw ${d + 1} should take ${taken} from credit ${c + 1}`);
				left[c] -= taken;
				need -= taken;
				d++;
			}
		}
		const covered = state.usageCents[g] - need;
		judge(
			'spending',
			covered === state.usageCoveredCents[g],
			() => `charge ${g + 1} should have ${covered} covered`,
		);
	}
	judge(
		'spending',
		d === state.drawCredit.length,
		() => `${state.drawCredit.length - d} draws without a charge`,
	);
	for (let c = 0; c < left.length; c++) {
		const isSound = state.creditEarnedCents[c] - left[c] === state.creditUsedCents[c];
		judge('conservation', isSound, () => `used cents of credit ${c + 1} differ from its draws`);
	}
}
