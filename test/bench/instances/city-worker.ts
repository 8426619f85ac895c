import { drop } from '#programs/drop/program.ts';
import { optimal } from '#engine/match/optimal.ts';
import { residency } from '#engine/match/residency.ts';
import { makeBenchCity, toMatchInput } from './city.ts';
import { median, timeStages } from './drop-runs.ts';
import { measure } from './measure.ts';

/** What one city of 100 000 users and 200 contracts takes, in milliseconds. */
export interface CityTimes {
	readonly stable: number;
	readonly optimal: number;
	/** Score, cutoff, stable matching and growth fill, after a change of weights. */
	readonly stages: number;
}

const RUNS = 9;
const OPTIONS = { cities: 1, users: 100_000, brands: 170, contracts: 200, historyWeeks: 1, supplyPerUser: 1 };
const STAGES = ['score', 'brand ranking', 'matching and growth fill'];

/** Medians of both matchings and of the stages that new weights run. */
function timeCity(): CityTimes {
	const input = toMatchInput(makeBenchCity(OPTIONS.users, OPTIONS.contracts, 1), 60);
	const pairs = input.contract.length;
	const stable = measure('stable, 100 000 × 200', pairs, RUNS, () => residency(input));
	const best = measure('optimal, 100 000 × 200', pairs, RUNS, () => optimal(input, input.points));

	const content = drop.generator?.generate(OPTIONS, 1);
	if (!content) throw new Error('the Drop has a generator');
	const open = drop.open(content);
	open.run({});
	const spent = Array.from({ length: RUNS }, (_, i) => {
		const stages = timeStages((onStage) => open.run({ scoring: { weights: { affinity: 5.5 + i } } }, onStage)); // prettier-ignore
		return STAGES.reduce((sum, stage) => sum + (stages.get(stage) ?? 0), 0);
	});
	return { stable: stable.median, optimal: best.median, stages: median(spent) };
}

self.onmessage = () => self.postMessage(timeCity());
