import { checkOptimal } from '#engine/match/check-optimal.ts';
import { checkStable } from '#engine/match/check-stable.ts';
import { contractFirst } from '#engine/match/contract-first.ts';
import { diagnose } from '#engine/match/diagnostics.ts';
import { greedy } from '#engine/match/greedy.ts';
import { immediate } from '#engine/match/immediate.ts';
import type { MatchInput } from '#engine/match/match-input.ts';
import { optimal } from '#engine/match/optimal.ts';
import { residency } from '#engine/match/residency.ts';
import { makeBenchCity, toMatchInput, withOwnViews } from './instances/city.ts';
import { measure } from './instances/measure.ts';

/** The least that any matching does: look at every pair once. */
function readPairs({ contract, points }: MatchInput): number {
	let sum = 0;
	for (let p = 0; p < contract.length; p++) sum = (sum + points[p] + contract[p]) | 0;
	return sum;
}

const sizes = [
	{ userCount: 2000, contractCount: 40 },
	{ userCount: 20000, contractCount: 100 },
	{ userCount: 100000, contractCount: 200 },
];
for (const { userCount, contractCount } of sizes) {
	const city = makeBenchCity(userCount, contractCount, 1);
	for (const supply of [60, 120] as const) {
		const input = toMatchInput(city, supply);
		const rows = input.contract.length;
		console.log(`\n${userCount} users × ${contractCount} contracts, seats for ${supply} % of three slots`);

		const reading = measure('read every pair', rows, 5, () => readPairs(input));
		const matching = measure('residency', rows, 7, () => residency(input));
		const optimising = measure('optimal', rows, 7, () => optimal(input, input.points));
		const per = (ms: number) => (ms / reading.min).toFixed(1);
		console.log(`  against reading: residency ${per(matching.min)} ×, optimal ${per(optimising.min)} ×`);

		const stable = residency(input);
		const best = optimal(input, input.points, { isWarmKept: true });
		const { blockingCount } = checkStable(input, stable);
		const proof = checkOptimal(input, input.points, best.isGiven, best.prices);
		if (blockingCount > 0 || !proof.isProven) throw new Error('a result that does not hold');
		const { shareOfOptimum } = diagnose(input, stable, proof.primal);
		console.log(
			`  blocking pairs 0, gap 0, stable matching at ${(100 * shareOfOptimum).toFixed(2)} % of the optimum`,
		);

		// a supply lever: a twentieth more seats, from the run before
		const moved = { ...input, seats: input.seats.map((count) => Math.ceil(count * 1.05)) };
		measure('optimal, 5 % more seats', rows, 3, () => optimal(moved, input.points));
		measure('optimal, 5 % more seats, warm', rows, 3, () =>
			optimal(moved, input.points, { warm: best.warm }),
		);
		measure('greedy', rows, 3, () => greedy(input));
		measure('immediate', rows, 3, () => immediate(input));
		const ownViews = withOwnViews(input);
		measure('residency, contracts with own views', rows, 3, () => residency(ownViews));
		measure('contract-first, contracts with own views', rows, 3, () => contractFirst(ownViews));
		measure('check stable', rows, 3, () => checkStable(input, stable));
		measure('check optimal', rows, 3, () => checkOptimal(input, input.points, best.isGiven, best.prices));
		measure('diagnose', rows, 3, () => diagnose(input, stable, proof.primal));
	}
}
