import { readFileSync } from 'node:fs';
import { drop } from '#programs/drop/program.ts';
import type { Config } from '#programs/levers.ts';

/** Runs of the shipped Drop scenarios by stage: cold, the same again, and after a change of one lever. */

const RUNS = 5;

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Milliseconds of each stage of one run, in the order met. */
function timeStages(run: (onStage: (stage: string) => void) => void): Map<string, number> {
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

function report(title: string, runs: readonly ReadonlyMap<string, number>[]): void {
	const total = median(runs.map((run) => [...run.values()].reduce((sum, ms) => sum + ms, 0)));
	console.log(`${title}: ${total.toFixed(0)} ms, median of ${runs.length}`);
	for (const stage of runs[0].keys()) {
		const ms = runs.map((run) => run.get(stage) ?? 0);
		console.log(`  ${stage.padEnd(26)} ${median(ms).toFixed(1).padStart(8)} ms`);
	}
}

for (const name of ['three-cities', 'national']) {
	const path = new URL(`../../../scenarios/drop/${name}/scenario.json`, import.meta.url);
	const recipe = JSON.parse(readFileSync(path, 'utf8')) as { seed: number; options: Config };
	const started = performance.now();
	const content = drop.generator?.generate(recipe.options, recipe.seed);
	if (!content) throw new Error('the Drop has a generator');
	console.log(`${name}: generated in ${((performance.now() - started) / 1000).toFixed(1)} s`);

	const cold = [];
	for (let i = 0; i < RUNS; i++) {
		const open = drop.open(content);
		cold.push(timeStages((onStage) => open.run({}, onStage)));
	}
	report(`${name}, cold`, cold);

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
		report(`${name}, ${title}`, warm);
	}
}
