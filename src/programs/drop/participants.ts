import type { Participants } from '../report.ts';
import { mapPlaces } from './map-places.ts';
import type { Decision, RunFacts } from './outcome.ts';

/** The users who take part, whatever they get. */
interface People {
	readonly considered: Uint32Array;
	readonly ids: readonly string[];
	readonly group: Int32Array;
	readonly eastKm: Float64Array;
	readonly northKm: Float64Array;
}

const known = new WeakMap<Uint8Array, People>();

/** Kept as long as the state of the Drop's moment is. */
function peopleOf({ dataset, asOf }: RunFacts): People {
	let people = known.get(asOf.isConsidered);
	if (people === undefined) {
		const { users } = dataset;
		const places = mapPlaces(dataset);
		const considered = Uint32Array.from(users.ids.keys()).filter((u) => asOf.isConsidered[u]);
		people = {
			considered,
			ids: Array.from(considered, (u) => users.ids[u]),
			group: Int32Array.from(considered, (u) => users.city[u]),
			eastKm: Float64Array.from(considered, (u) => places.eastKm[u]),
			northKm: Float64Array.from(considered, (u) => places.northKm[u]),
		};
		known.set(asOf.isConsidered, people);
	}
	return people;
}

/** Who was in the Drop and what became of each. */
export function participantsOf(run: RunFacts, outcome: Decision): Participants {
	const { dataset, config } = run;
	const { contracts } = dataset;
	const { considered, ids, group, eastKm, northKm } = peopleOf(run);
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
	for (let i = 0; i < considered.length; i++) {
		const u = considered[i];
		let sponsored = 0;
		for (let j = outcome.userStart[u]; j < outcome.userStart[u + 1]; j++) {
			const a = outcome.byUser[j];
			item[count++] = outcome.contract[a];
			sponsored += contracts.isSponsored[outcome.contract[a]];
			value[i] += outcome.points[a];
		}
		itemStart[i + 1] = count;
		state[i] = sponsored > 0 ? sponsored + 1 : count > itemStart[i] ? 1 : 0;
	}
	return {
		noun: ['user', 'users'],
		ids,
		group: group.slice(),
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
			// copies: buffers of a report are handed on
			eastKm: eastKm.slice(),
			northKm: northKm.slice(),
		},
	};
}
