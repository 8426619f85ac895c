import { decimalFraction } from '#engine/share.ts';
import { DAY_MS } from '../instant.ts';
import { grouped } from '../number-text.ts';
import type { Check } from '../report.ts';
import { daysInWords } from './days-in-words.ts';
import { cityRatio } from './levers.ts';
import type { Decision, RunFacts } from './outcome.ts';
import { reasonsByMarks } from './reasons.ts';
import { forEachUser } from './stages/forecast.ts';
import { makeUserMarks, markHistory, unmarkHistory } from './user-marks.ts';

/**
 * Judges an outcome from the scenario, the configuration and the assignments alone, and rehearses the alerts
 * of production (spec sections 6, 8 and 12). A guardrail that is `over` is a wrong result, never a matter of taste.
 */
export function checkOutcome(run: RunFacts, outcome: Decision): Check[] {
	const held = countByContract(run, outcome);
	const counts = countByCity(run, outcome);
	return [
		checkSupply(run, held),
		checkCompleted(run, held),
		checkRatios(run, counts),
		checkEligible(run, outcome),
		checkSlots(run, outcome),
		checkZero(run, outcome, counts),
		checkRecommender(run),
		checkInterrupted(run),
		checkNearMaximum(run),
		checkAboveTarget(run, counts),
	];
}

/** Assignments of each contract. */
function countByContract({ dataset }: RunFacts, outcome: Decision): Float64Array {
	const held = new Float64Array(dataset.contracts.ids.length);
	for (const c of outcome.contract) held[c]++;
	return held;
}

/** Assignments of a city. */
interface CityCount {
	readonly sponsored: number;
	readonly all: number;
}

/** Assignments of each city, counted anew: a check does not trust the outcome's own totals. */
function countByCity({ dataset }: RunFacts, outcome: Decision): CityCount[] {
	const sponsored = new Float64Array(dataset.cityIds.length);
	const all = new Float64Array(dataset.cityIds.length);
	const { isSponsored } = dataset.contracts;
	for (let a = 0; a < outcome.user.length; a++) {
		const y = dataset.users.city[outcome.user[a]];
		all[y]++;
		if (isSponsored[outcome.contract[a]]) sponsored[y]++;
	}
	return Array.from(all, (count, y) => ({ sponsored: sponsored[y], all: count }));
}

function verdict(
	id: string,
	title: string,
	isGuardrail: boolean,
	problems: readonly string[],
	fine: string,
): Check {
	if (problems.length === 0) return { id, title, state: 'fine', proof: fine, isGuardrail };
	const shown = problems.slice(0, 3).join('; ');
	const more = problems.length > 3 ? `; and ${problems.length - 3} more` : '';
	return { id, title, state: isGuardrail ? 'over' : 'close', proof: shown + more, isGuardrail };
}

/** No contract beyond its seats. */
function checkSupply(run: RunFacts, held: Float64Array): Check {
	const { contracts } = run.dataset;
	const problems: string[] = [];
	for (let c = 0; c < held.length; c++) {
		if (held[c] > run.supply.seats[c]) {
			problems.push(
				`${contracts.ids[c]} was assigned ${held[c]} times; the supply rule allows ${run.supply.seats[c]}`,
			);
		}
	}
	const fine = `${grouped(contracts.ids.length)} contracts counted; none holds more assignments than the supply rule allows.`;
	return verdict('supply', 'Never over supply', true, problems, fine);
}

/** No assignment of a contract whose conversions have reached its supply. */
function checkCompleted(run: RunFacts, held: Float64Array): Check {
	const { contracts } = run.dataset;
	const isDone = contracts.ids.map((_, c) => run.asOf.conversions[c] >= contracts.supply[c]);
	const problems = contracts.ids.flatMap((id, c) =>
		isDone[c] && held[c] > 0 ? [`${id} was assigned although its ${contracts.supply[c]} conversions are reached`] : [],
	);
	const count = isDone.filter((done) => done).length;
	const fine = `${grouped(count)} of ${grouped(contracts.ids.length)} contracts have reached their supply; none of them was assigned.`;
	return verdict('completed', 'None to a completed contract', true, problems, fine);
} // prettier-ignore

/** Sponsored ≥ ratio · all, in every city, in exact arithmetic. */
function checkRatios(run: RunFacts, counts: readonly CityCount[]): Check {
	const { dataset, config } = run;
	const problems: string[] = [];
	counts.forEach(({ sponsored, all }, y) => {
		const { num, den } = decimalFraction(cityRatio(config, dataset.cityIds[y]));
		if (BigInt(sponsored) * den >= num * BigInt(all)) return;
		// with growth open to users without a sponsored reward the bound is the same: U ≤ S (1 − r) / r
		problems.push(`${dataset.cityNames[y]}: ${sponsored} of ${all} are sponsored`);
	});
	const fine = `${dataset.cityIds.length} cities counted in exact arithmetic; each keeps its ratio.`;
	return verdict('ratio', 'Ratio never below target', true, problems, fine);
}

/** Every assignment is of an eligible pair: recomputed rule by rule. */
function checkEligible(run: RunFacts, outcome: Decision): Check {
	const { dataset, asOf } = run;
	const problems: string[] = [];
	const marks = makeUserMarks(dataset);
	forEachUser(outcome, (first, end) => {
		const u = outcome.user[first];
		const { seats } = run.cities[dataset.users.city[u]];
		markHistory(dataset, asOf.time, u, marks);
		for (let a = first; a < end; a++) {
			const c = outcome.contract[a];
			const reasons = reasonsByMarks(dataset, asOf, seats, u, c, marks);
			if (reasons.length > 0)
				problems.push(`${dataset.users.ids[u]} got ${dataset.contracts.ids[c]}: ${reasons.join(', ')}`);
		}
		unmarkHistory(dataset, u, marks);
	});
	const fine = `${grouped(outcome.user.length)} assignments recomputed; none is ineligible, onboarding or outside Drops.`;
	return verdict('eligible', 'No ineligible, onboarding or non-Drop reward', true, problems, fine);
}

/** No user above her slots, no brand twice, slots numbered from 1. */
function checkSlots(run: RunFacts, outcome: Decision): Check {
	const { dataset, config } = run;
	const problems: string[] = [];
	const { brand } = dataset.contracts;
	const { userStart, byUser, contract, slot } = outcome;
	// the user who was last seen to hold the brand
	const holder = new Int32Array(dataset.brandIds.length).fill(-1);
	for (let u = 0; u < dataset.users.ids.length; u++) {
		const [first, end] = [userStart[u], userStart[u + 1]];
		let isTwice = false;
		for (let i = first; i < end; i++) {
			const a = byUser[i];
			const b = brand[contract[a]];
			if (holder[b] === u) isTwice = true;
			holder[b] = u;
			if (slot[a] !== i - first + 1) problems.push(`${dataset.users.ids[u]} has a gap in her slots`);
		}
		if (end - first > config.slotsPerUser)
			problems.push(`${dataset.users.ids[u]} got ${end - first} rewards`);
		if (isTwice) problems.push(`${dataset.users.ids[u]} got two rewards of one brand`);
	}
	const fine = `Every user holds at most ${config.slotsPerUser} rewards, of different brands.`;
	return verdict('slots', 'Slots and brands', true, problems, fine);
}

/** Zero assignments, overall or in a city with users: the alert of production. */
function checkZero(run: RunFacts, outcome: Decision, counts: readonly CityCount[]): Check {
	const { dataset, asOf } = run;
	const empty = counts.flatMap(({ all }, y) =>
		asOf.cityUserCount[y] > 0 && all === 0 ? [`${dataset.cityNames[y]} gets no assignment`] : [],
	);
	if (outcome.user.length === 0) empty.unshift('the Drop makes no assignment');
	const check = verdict('zero', 'Zero assignments', false, empty, 'Every city with users gets assignments.');
	return empty.length > 0 ? { ...check, state: 'over' } : check;
}

function checkRecommender(run: RunFacts): Check {
	const { asOf, dataset, config } = run;
	const newest = asOf.run < 0 ? null : dataset.runs[asOf.run];
	const ageDays = newest === null ? Infinity : (asOf.time - newest.trainedAt) / DAY_MS;
	const isStale = ageDays > config.recommender.maxAgeDays;
	const age = newest === null ? 'no run is completed' : `run ${newest.id} is ${daysInWords(ageDays)} old`;
	return {
		id: 'recommender',
		title: 'Recommender fresh',
		state: isStale ? 'over' : 'fine',
		proof: `The newest: ${age}; at most ${config.recommender.maxAgeDays} days are allowed.`,
		isGuardrail: false,
	};
}

/** A Drop that has been running for more than two hours at t was interrupted. */
function checkInterrupted(run: RunFacts): Check {
	const stuck = run.dataset.drops.filter(
		(drop) =>
			drop.status === 'interrupted' ||
			(drop.status === 'running' && run.asOf.time - drop.startedAt > 2 * 3_600_000),
	);
	const problems = stuck
		.filter((drop) => drop.scheduledAt <= run.asOf.time)
		.map((drop) => `Drop ${drop.id} did not finish`);
	return verdict('interrupted', 'Drop interrupted', false, problems, 'No Drop is stuck.');
}

function checkNearMaximum(run: RunFacts): Check {
	const { contracts } = run.dataset;
	const near: string[] = [];
	for (let c = 0; c < contracts.ids.length; c++) {
		const isActive = run.asOf.time >= contracts.startsAt[c] && run.asOf.time < contracts.endsAt[c];
		const done = run.asOf.conversions[c];
		if (isActive && contracts.supply[c] > 0 && done >= 0.95 * contracts.supply[c]) {
			near.push(`${contracts.ids[c]} has ${done} of ${contracts.supply[c]} conversions`);
		}
	}
	return verdict(
		'near-maximum',
		'Contracts near their maximum',
		false,
		near,
		'No active contract is within 5% of its maximum.',
	);
}

function checkAboveTarget(run: RunFacts, counts: readonly CityCount[]): Check {
	const { dataset, config } = run;
	const above = counts.flatMap(({ sponsored, all }, y) => {
		const realised = all > 0 ? sponsored / all : 0;
		const target = cityRatio(config, dataset.cityIds[y]);
		return realised > target + 0.05
			? [
					`${dataset.cityNames[y]} is at ${(100 * realised).toFixed(0)}% with a target of ${(100 * target).toFixed(0)}%`,
				]
			: [];
	});
	return verdict(
		'above-target',
		'Ratio far above target',
		false,
		above,
		'Every city is within 5 points of its target.',
	);
}
