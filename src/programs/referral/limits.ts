import type { Check } from '../report.ts';
import { dollars } from './money.ts';
import type { PieOutcome, ReferralOutcome, RevShareOutcome } from './outcome.ts';
import { splitGain } from './split-gain.ts';

/**
 * The limits of an edition's rules, each fine, close or over, with who or what is at it: how long the pool lasts, who
 * is just below the bar, whether paid places are used, and what splitting over two addresses would gain.
 */
export function limits(outcome: ReferralOutcome): Check[] {
	return outcome.dataModelType === 'pie-split'
		? [placesLimit(outcome), splitLimit(outcome)]
		: [poolLimit(outcome), barLimit(outcome)];
}

function limit(id: string, title: string, state: Check['state'], proof: string): Check {
	return { id, title, state, proof, isGuardrail: false, isLimit: true };
}

/** Close below a tenth of the pool, over when it is empty. */
function poolLimit({ remaining, rules, paid }: RevShareOutcome): Check {
	const state = remaining === 0n ? 'over' : remaining * 10n < rules.awardPool ? 'close' : 'fine';
	return limit('pool-lasts', 'The pool lasts', state, `${dollars(paid)} of ${dollars(rules.awardPool)} paid, ${dollars(remaining)} left.`); // prettier-ignore
}

/** Close when someone has 80% of the bar and not all of it, over when nobody on the board reaches it. */
function barLimit({ order, revenue, isQualified, isDisqualified, rules }: RevShareOutcome): Check {
	const bar = rules.minQualifiedRevenueContribution;
	let [near, over] = [0, 0];
	for (const r of order) {
		over += isQualified[r];
		if (isDisqualified[r] === 0 && revenue[r] < bar && revenue[r] * 10n >= bar * 8n) near++;
	}
	const state = over === 0 && order.length > 0 ? 'over' : near > 0 ? 'close' : 'fine';
	return limit('bar-reached', 'The bar can be reached', state, `${over} of ${order.length} referrers reach ${dollars(bar)}; ${near} more ${near === 1 ? 'has' : 'have'} at least 80% of it.`); // prettier-ignore
}

/** Fine when every place is taken, as is usual; close when places stay free, over when there are none to take. */
function placesLimit({ order, isQualified, isDisqualified, rules }: PieOutcome): Check {
	const places = rules.maxQualifiedReferrers;
	let [taken, outside] = [0, 0];
	for (const r of order) {
		taken += isQualified[r];
		if (isQualified[r] === 0 && isDisqualified[r] === 0) outside++;
	}
	const state = places === 0 && outside > 0 ? 'over' : taken < places ? 'close' : 'fine';
	const rest = taken < places ? `${places - taken} free` : outside === 0 ? 'nobody outside' : `${outside} ${outside === 1 ? 'referrer' : 'referrers'} outside`; // prettier-ignore
	return limit('places-used', 'Paid places are used', state, `${taken} of ${places} places taken, ${rest}.`);
}

/** Close when rank 1 would gain anything, over when a tenth of the pool. */
function splitLimit(outcome: PieOutcome): Check {
	const gain = outcome.order.length === 0 ? 0n : splitGain(outcome, outcome.order[0]);
	const state = gain === 0n ? 'fine' : gain * 10n >= outcome.rules.awardPool ? 'over' : 'close';
	const proof = gain === 0n ? 'Rank 1 gains nothing by a second address.' : `Rank 1 would gain ${dollars(gain)} by moving half of its time to a second address.`; // prettier-ignore
	return limit('split-gain', 'Splitting does not pay', state, proof);
}
