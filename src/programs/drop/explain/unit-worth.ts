import { grouped } from '../../number-text.ts';
import type { DropOutcome } from '../outcome.ts';
import { gatherOutcome } from '../outcome.ts';
import { fitChoice } from '../season/history-rates.ts';
import type { DropRun } from '../simulate.ts';
import { StageCache } from '../stage-cache.ts';
import { forecast } from '../stages/forecast.ts';
import type { ChoiceWeights } from '../stages/offer-utilities.ts';
import { rerunWithSupply } from './rerun.ts';

/** What one more unit of a contract's supply would do, found by running the Drop with it. */
export interface UnitWorth {
	/** further assignments that the supply rule allows */
	readonly seats: number;
	/** further assignments of the contract itself, and of all contracts together */
	readonly own: number;
	readonly all: number;
	/** further users who get anything */
	readonly served: number;
	/** expected revenue of this Drop, in cents, over all contracts: what others lose is taken off */
	readonly revenueCents: number;
}

/** Runs the Drop again with one more unit of contract c; all differences are of that run from this one. */
export function unitWorth(run: DropRun, outcome: DropOutcome, c: number): UnitWorth {
	const again = rerunWithSupply(run, c, 1, new StageCache(1));
	const after = gatherOutcome(again);
	const choice = fitChoice(run);
	const held = (of: DropOutcome) => of.contract.reduce((count, each) => count + (each === c ? 1 : 0), 0);
	const served = (of: DropOutcome) => of.cities.reduce((count, city) => count + city.served, 0);
	return {
		seats: again.supply.seats[c] - run.supply.seats[c],
		own: held(after) - held(outcome),
		all: after.user.length - outcome.user.length,
		served: served(after) - served(outcome),
		revenueCents: revenueOf(again, after, choice.weights) - revenueOf(run, outcome, choice.weights),
	};
}

function revenueOf(run: DropRun, outcome: DropOutcome, weights: ChoiceWeights): number {
	const { conversion } = forecast(run, outcome, weights);
	const { priceCents, isSponsored } = run.dataset.contracts;
	let cents = 0;
	for (let a = 0; a < conversion.length; a++) {
		if (isSponsored[outcome.contract[a]]) cents += conversion[a] * priceCents[outcome.contract[a]];
	}
	return cents;
}

/** The worth in words; `name` is the contract's. */
export function worthSentence(worth: UnitWorth, name: string, held: number, allowed: number): string {
	const { seats, own, all, served, revenueCents } = worth;
	if (own === 0) {
		const why =
			seats <= 0
				? `the supply rule allows no more assignments for it: ${grouped(allowed)} now and with it`
				: `the rule would allow ${grouped(seats)} more, and only ${grouped(held)} of the ${grouped(allowed)} allowed now are taken`;
		return `One more unit of ${name}’s supply changes nothing: ${why}.`;
	}
	const others = own - all;
	const parts = [
		`${plural(seats, 'more assignment')} allowed, ${own} taken`,
		others > 0 ? `${plural(others, 'assignment')} fewer of other contracts` : 'no assignment fewer of other contracts',
		served === 0 ? 'as many users served' : `${plural(served, 'more user')} served`,
	];
	const dollars = (Math.abs(revenueCents) / 100).toFixed(2);
	const money = revenueCents === 0 ? 'nothing in' : `${revenueCents > 0 ? '+' : '−'}$${dollars} of`;
	return `One more unit of ${name}’s supply is worth ${money} expected revenue this Drop: ${parts.join(', ')}.`;
} // prettier-ignore

function plural(count: number, words: string): string {
	return `${grouped(count)} ${words}${Math.abs(count) === 1 ? '' : 's'}`;
}
