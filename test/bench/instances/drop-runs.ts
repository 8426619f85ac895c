import { drop } from '#programs/drop/program.ts';
import type { Config } from '#programs/levers.ts';

/** Runs of a Drop scenario by stage: cold, the same again, and after a change of one lever. */

const RUNS = 5;

/** The middle one of some values, the upper of two. */
export function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Milliseconds of each stage of one run, in the order met. */
export function timeStages(run: (onStage: (stage: string) => void) => void): Map<string, number> {
	const spent = new Map<string, number>();
	let [current, since] = ['start', performance.now()];
	const close = (next: string) => {
		const now = performance.now();
		spent.set(current, (spent.get(current) ?? 0) + now - since);
		[current, since] = [next, now];
	};
	run((stage) => close(stage.startsWith('matching') ? 'matching and growth fill' : stage));
	close('end');
	return spent;
}

function report(
	title: string,
	runs: readonly ReadonlyMap<string, number>[],
	print: (line: string) => void,
): void {
	const total = median(runs.map((run) => [...run.values()].reduce((sum, ms) => sum + ms, 0)));
	print(`${title}: ${total.toFixed(0)} ms, median of ${runs.length}`);
	for (const stage of runs[0].keys()) {
		const ms = runs.map((run) => run.get(stage) ?? 0);
		print(`  ${stage.padEnd(26)} ${median(ms).toFixed(1).padStart(8)} ms`);
	}
}

/** A recipe of the Drop's generator, as its scenario.json holds it. */
export interface Recipe {
	readonly seed: number;
	readonly options: Config;
}

/** Generates the scenario of a recipe and times its runs; prints a line for each stage. */
export function benchDrop(name: string, recipe: Recipe, print: (line: string) => void): void {
	const started = performance.now();
	const content = drop.generator?.generate(recipe.options, recipe.seed);
	if (!content) throw new Error('the Drop has a generator');
	print(`${name}: generated in ${((performance.now() - started) / 1000).toFixed(1)} s`);

	const cold = [];
	for (let i = 0; i < RUNS; i++) {
		const open = drop.open(content);
		cold.push(timeStages((onStage) => open.run({}, onStage)));
	}
	report(`${name}, cold`, cold, print);

	const open = drop.open(content);
	open.run({});
	const changes: readonly [string, (i: number) => Config][] = [
		['the same again', () => ({})],
		['another ratio', (i) => ({ sponsorship: { ratio: 0.5 + i / 100 } })],
		['another supply target', (i) => ({ supply: { target: 0.5 + i / 100 } })],
		['another affinity weight', (i) => ({ scoring: { weights: { affinity: 5 + i } } })],
	];
	for (const [title, configOf] of changes) {
		const warm = [];
		for (let i = 0; i < RUNS; i++) warm.push(timeStages((onStage) => open.run(configOf(i), onStage)));
		report(`${name}, ${title}`, warm, print);
	}
}
