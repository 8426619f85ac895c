import { readFileSync } from 'node:fs';
import { benchDrop, type Recipe } from './instances/drop-runs.ts';

/** Runs of the shipped Drop scenarios, by stage. */

for (const name of ['three-cities', 'national']) {
	// the bundle stands three folders below the root
	const path = new URL(`../../../scenarios/drop/${name}/scenario.json`, import.meta.url);
	benchDrop(name, JSON.parse(readFileSync(path, 'utf8')) as Recipe, console.log);
}
