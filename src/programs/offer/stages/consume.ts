import { popHeap } from '../heap.ts';
import { creditAvailable, type OfferState } from '../state.ts';

/**
 * Charges usage. On the user's own project it draws on live credits at once, soonest end first, equal ends by
 * lower number (spec section 5); what none covers is the user's to pay. A charge of 0 does nothing.
 * O(log credits) for each credit that is emptied.
 */
export function consume(state: OfferState, u: number, project: number, cents: number, at: number): void {
	if (cents === 0) return;
	const g = state.usageUser.length;
	const covered = state.projectCreator[project] === u ? draw(state, u, g, cents) : 0;
	state.usageUser.push(u);
	state.usageProject.push(project);
	state.usageAt.push(at);
	state.usageCents.push(cents);
	state.usageCoveredCents.push(covered);
	state.userUnbilledGrossCents[u] += cents;
	state.userUnbilledCreditCents[u] += covered;
}

/** Draws up to `cents` for usage `g`; the sum drawn. */
function draw(state: OfferState, u: number, g: number, cents: number): number {
	const credits = state.userCredits[u];
	let need = cents;
	while (need > 0 && credits.length > 0) {
		const c = credits[0];
		// a credit that is spent or has expired leaves the heap when it comes to the front
		const available = creditAvailable(state, c);
		const taken = available < need ? available : need;
		if (taken === available) popHeap(credits, state.isSooner);
		if (taken === 0) continue;
		need -= taken;
		state.creditUsedCents[c] += taken;
		state.drawCredit.push(c);
		state.drawUsage.push(g);
		state.drawCents.push(taken);
	}
	state.userUsedCents[u] += cents - need;
	state.usedCents += cents - need;
	return cents - need;
}
