import { DAY_MS, formatInstant } from '../instant.ts';
import { grouped } from '../number-text.ts';
import type { Check, Notice } from '../report.ts';
import { checkMetrics } from './check-metrics.ts';
import { CAP_REACHED } from './events.ts';
import { checkOutcome, INVARIANTS, type Invariant } from './outcome.ts';
import type { OfferRun } from './run.ts';
import { codeWords } from './words.ts';

/** The promises of a run as lights: each invariant with its proof, and whether offers ran their time. */
export function lightsOf({ outcome, metrics }: OfferRun): Check[] {
	const { state } = outcome;
	const violations = checkOutcome(state);
	const looked: Readonly<Record<Invariant, string>> = {
		conservation: `${grouped(state.creditOwner.length)} credits and ${grouped(state.drawCredit.length)} draws added up again`,
		expiry: `${grouped(state.creditOwner.length)} credits held against their ends`,
		spending: `${grouped(state.usageUser.length)} charges drawn again, credit by credit`,
		terms: `${grouped(state.creditOwner.length)} credits held against their offers`,
		oneCredit: `${grouped(state.userId.length)} accounts counted`,
		caps: `${grouped(state.offerCap.filter((cap) => cap >= 0).length)} caps counted again`,
		ruleOfFour: `lives of ${grouped(state.offerId.length)} offers held against each other`,
		redemptions: `${grouped(state.userId.length)} registrations looked up again`,
		invoices: `${grouped(state.invoiceId.length)} invoices added up again`,
		awards: `${grouped(state.userReferrer.filter((u) => u >= 0).length)} invitees counted again`,
	};
	const checks = (Object.keys(INVARIANTS) as Invariant[]).map((id): Check => {
		const broken = violations.find((each) => each.invariant === id);
		const proof = broken ? `broken: ${broken.found}` : `${looked[id]}, no exception`;
		return { id, title: INVARIANTS[id], state: broken ? 'over' : 'fine', proof, isGuardrail: true };
	});
	const wrong = checkMetrics(metrics);
	checks.push({
		id: 'totals',
		title: 'Offers, cohorts and months add up to the whole',
		state: wrong.length > 0 ? 'over' : 'fine',
		proof: wrong.length > 0 ? `broken: ${wrong.join(', ')}` : 'all counts, credit and cash added up by offer, cohort and month', // prettier-ignore
		isGuardrail: true,
	});
	return [...checks, ...capLights(outcome)];
}

/** An offer that fills its cap early was not tested for its time (spec section 15.4). */
function capLights({ state, end }: OfferRun['outcome']): Check[] {
	return state.offerId.flatMap((id, o): Check[] => {
		const cap = state.offerCap[o];
		if (cap < 0) return [];
		const planned =
			(state.offerExpiresAt[o] >= 0 ? Math.min(state.offerExpiresAt[o], end) : end) - state.offerCreatedAt[o];
		const isFull = state.offerEndReason[o] === CAP_REACHED;
		const ran = (isFull ? state.offerEndedAt[o] : end) - state.offerCreatedAt[o];
		const isShort = isFull && ran * 2 < planned;
		const proof = isFull
			? `${cap} redemptions on ${formatInstant(state.offerEndedAt[o])}, after ${daysOf(ran)} of ${daysOf(planned)} days`
			: `${state.offerRedeemed[o]} of ${cap} redemptions`;
		const isClose = isFull || state.offerRedeemed[o] * 10 >= cap * 9;
		return [
			{ id: `cap.${id}`, title: `Places of ${id}`, state: isShort ? 'over' : isClose ? 'close' : 'fine', proof, isGuardrail: false },
		]; // prettier-ignore
	});
}

function daysOf(ms: number): number {
	return Math.floor(ms / DAY_MS);
}

/** What staff should know of a run. */
export function runNotices({ config, outcome }: OfferRun): Notice[] {
	const notices: Notice[] = [];
	if (outcome.refused.length > 0) {
		const codes = [...new Set(outcome.refused.map((each) => each.code))].sort();
		const message = `${outcome.refused.length} events were refused and changed nothing: ${codes.map(codeWords).join(', ')}`;
		notices.push({ code: 'events-refused', message });
	}
	if (config.mode === 'rehearse') {
		const message =
			'rehearse changes the offers and nobody’s behaviour: registrations and usage are the recorded ones';
		notices.push({ code: 'behaviour-recorded', message });
	}
	if (config.mode === 'grow') notices.push(...growthNotices(config.model.usagePerMonth, outcome));
	if (outcome.state.offerId.length > 1) {
		const message =
			'offers of one timeline differ in season and in the age of their accounts; compare them under Explore, Parallel worlds';
		notices.push({ code: 'offers-of-different-age', message });
	}
	return notices;
}

function growthNotices(usagePerMonth: number, { state }: OfferRun['outcome']): Notice[] {
	const step = Math.floor((30 * DAY_MS) / usagePerMonth);
	const late = state.offerId.filter((_, o) => state.offerInviteeCents[o] > 0 && step >= state.offerInviteeDays[o] * DAY_MS); // prettier-ignore
	const notices: Notice[] = [
		{
			code: 'model-limits',
			message: 'the model knows no competitors, seasons, price, fraud rings, support cost or people who wait for a better offer; the sample curves are illustrations, not findings', // prettier-ignore
		},
	];
	if (late.length > 0) {
		const message = `the first charge comes after the sign-up credit of ${late.join(', ')} has expired, so it never helps; raise model.usagePerMonth or the life of the credit`;
		notices.push({ code: 'credit-never-used', message });
	}
	return notices;
}
