import { runCity, type CityRun } from '../city-run.ts';
import { cityRatio } from '../levers.ts';
import type { CityInput } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';
import { cutComponents } from './cut-components.ts';

/**
 * Runs city y as a run of all cities would, on the seats that the larger ones of its component leave; no other city
 * is run. Its own levers change nothing before it, so that what the cache holds of those cities is found.
 */
export function runToCity(input: CityInput, y: number, cache: StageCache): CityRun {
	const { dataset, asOf, supply, config } = input;
	const component = cutComponents(dataset, asOf, supply, config).find(({ cities }) => cities.includes(y));
	if (component === undefined) throw new Error(`city ${y} is in no component`);
	const left = component.seats.slice();
	for (const other of component.cities) {
		const city = runCity(input, other, cityRatio(config, dataset.cityIds[other]), left.slice(), cache);
		if (other === y) return city;
		for (let c = 0; c < left.length; c++) left[c] -= city.taken[c];
	}
	throw new Error(`city ${y} is not in its component`);
}
