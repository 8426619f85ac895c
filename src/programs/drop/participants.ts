import type { Participants } from '../report.ts';
import { mapPlaces } from './map-places.ts';
import type { Decision, RunFacts } from './outcome.ts';

/** Who was in the Drop and what became of each. */
export function participantsOf(run: RunFacts, outcome: Decision): Participants {
	const { dataset, config } = run;
	const { contracts } = dataset;
	const places = mapPlaces(dataset);
	const considered = Uint32Array.from(dataset.users.ids.keys()).filter((u) => run.asOf.isConsidered[u]);
	const states = [
		'nobody',
		'growth only',
		...Array.from({ length: config.slotsPerUser }, (_, i) => `${i + 1} sponsored`),
	];
	const itemStart = new Uint32Array(considered.length + 1);
	const item = new Uint32Array(outcome.user.length);
	const state = new Uint8Array(considered.length);
	const value = new Float64Array(considered.length);
	let count = 0;
	considered.forEach((u, i) => {
		let sponsored = 0;
		for (let j = outcome.userStart[u]; j < outcome.userStart[u + 1]; j++) {
			const a = outcome.byUser[j];
			item[count++] = outcome.contract[a];
			sponsored += contracts.isSponsored[outcome.contract[a]];
			value[i] += outcome.points[a];
		}
		itemStart[i + 1] = count;
		state[i] = sponsored > 0 ? sponsored + 1 : count > itemStart[i] ? 1 : 0;
	});
	return {
		noun: ['user', 'users'],
		ids: Array.from(considered, (u) => dataset.users.ids[u]),
		group: Int32Array.from(considered, (u) => dataset.users.city[u]),
		groups: dataset.cityNames,
		state,
		states,
		itemStart,
		item,
		items: contracts.ids,
		itemNoun: ['reward', 'rewards'],
		ownerNoun: ['brand', 'brands'],
		itemOwners: contracts.ids.map((_, c) => dataset.brandNames[contracts.brand[c]]),
		subjectKinds: ['user', 'contract'],
		itemKind: contracts.isSponsored.map((sponsored) => 1 - sponsored),
		itemKinds: ['sponsored', 'growth'],
		value,
		valueUnit: 'points',
		places: {
			eastKm: Float64Array.from(considered, (u) => places.eastKm[u]),
			northKm: Float64Array.from(considered, (u) => places.northKm[u]),
		},
	};
}
