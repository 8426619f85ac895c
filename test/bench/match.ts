import { checkOptimal } from '#engine/match/check-optimal.ts';
import { checkStable } from '#engine/match/check-stable.ts';
import { contractFirst } from '#engine/match/contract-first.ts';
import { greedy } from '#engine/match/greedy.ts';
import { immediate } from '#engine/match/immediate.ts';
import { optimal } from '#engine/match/optimal.ts';
import { residency } from '#engine/match/residency.ts';
import { makeBenchCity, toMatchInput, withOwnViews } from './instances/city.ts';
import { measure } from './instances/measure.ts';

for (const [userCount, contractCount] of [
	[2000, 40],
	[20000, 100],
	[100000, 200],
]) {
	const city = makeBenchCity(userCount, contractCount, 1);
	for (const supply of [60, 120] as const) {
		const input = toMatchInput(city, supply);
		const rows = input.contract.length;
		const name = (what: string) => `${what} ${userCount} × ${contractCount}, ${supply} %`;

		let sum = 0;
		measure(name('read every pair'), rows, 5, () => {
			for (let p = 0; p < rows; p++) sum += input.points[p] ^ input.contract[p];
		});
		measure(name('residency'), rows, 5, () => residency(input));
		measure(name('optimal'), rows, 5, () => optimal(input, input.points));

		const stable = residency(input);
		const best = optimal(input, input.points);
		const { blockingCount } = checkStable(input, stable);
		const proof = checkOptimal(input, input.points, best.isGiven, best.prices);
		let worth = 0;
		for (let p = 0; p < rows; p++) worth += stable[p] * input.points[p];
		if (blockingCount > 0 || !proof.isProven || sum === 0) throw new Error('a result that does not hold');
		console.log(
			`  blocking pairs 0, gap 0, stability costs ${(100 - (100 * worth) / proof.primal).toFixed(2)} %`,
		);

		// a supply lever: a twentieth more seats, from the prices of the run before
		const moved = { ...input, seats: input.seats.map((count) => Math.ceil(count * 1.05)) };
		measure(name('optimal, seats + 5 %, cold'), rows, 3, () => optimal(moved, moved.points));
		measure(name('optimal, seats + 5 %, warm'), rows, 3, () =>
			optimal(moved, moved.points, { prices: best.prices }),
		);

		measure(name('check stable'), rows, 3, () => checkStable(input, stable));
		measure(name('check optimal'), rows, 3, () =>
			checkOptimal(input, input.points, best.isGiven, best.prices),
		);
		measure(name('greedy'), rows, 3, () => greedy(input));
		measure(name('immediate'), rows, 3, () => immediate(input));
		const twoSided = withOwnViews(input);
		measure(name('residency, own views'), rows, 3, () => residency(twoSided));
		measure(name('contract-first, own views'), rows, 3, () => contractFirst(twoSided));
	}
}
