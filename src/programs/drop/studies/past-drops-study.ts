import { formatInstant } from '../../instant.ts';
import type { OnStage, StudyResult } from '../../program.ts';
import type { DropDataset } from '../dataset.ts';
import { reproduce } from '../replay/past-drop.ts';
import { StageCache } from '../stage-cache.ts';

/**
 * Every Drop of the scenario, newest first: when, for whom, its ratios as logged, and the share that a re-run reproduces. With
 * `only`, just the Drop of that id, so that the work can be cut: none where there is no such Drop.
 */
export function pastDropsStudy(
	dataset: DropDataset,
	onStage: OnStage = () => {},
	only: string | null = null,
): StudyResult {
	const { drops, history, contracts } = dataset;
	const order = Array.from(drops.keys())
		.filter((d) => only === null || drops[d].id === only)
		.sort((d, e) => drops[e].scheduledAt - drops[d].scheduledAt);
	const rows = order.map((d, i) => {
		onStage(`Drop ${drops[d].id}`, i / order.length);
		const users = new Set<number>();
		let [assigned, sponsored, selected, sponsoredSelected] = [0, 0, 0, 0];
		for (let a = 0; a < history.drop.length; a++) {
			if (history.drop[a] !== d) continue;
			users.add(history.user[a]);
			const isSponsored = contracts.isSponsored[history.contract[a]];
			assigned++;
			sponsored += isSponsored;
			if (Number.isNaN(history.selectedAt[a])) continue;
			selected++;
			sponsoredSelected += isSponsored;
		}
		// a cache of its own: past Drops share nothing but the distances, and memory counts
		const past = assigned > 0 ? reproduce(dataset, d, new StageCache(1)) : null;
		return {
			drop: drops[d],
			users: users.size,
			assigned,
			byAssignments: assigned > 0 ? sponsored / assigned : NaN,
			bySelections: selected > 0 ? sponsoredSelected / selected : NaN,
			reproduced: past !== null && past.union > 0 ? past.reproduced / past.union : NaN,
		};
	});
	const numbersOf = (read: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, read);
	return {
		metrics: [],
		tables: [
			{
				id: 'drops',
				title: `${rows.length} Drops`,
				columns: [
					{ id: 'drop', title: 'Drop', unit: 'id', values: rows.map((row) => row.drop.id) },
					{ id: 'scheduled', title: 'Scheduled', unit: 'time', values: numbersOf((row) => row.drop.scheduledAt) },
					{ id: 'status', title: 'Status', unit: 'text', values: rows.map((row) => row.drop.status) },
					{ id: 'users', title: 'Users', unit: 'count', values: numbersOf((row) => row.users) },
					{ id: 'assignments', title: 'Assignments', unit: 'count', values: numbersOf((row) => row.assigned) },
					{ id: 'ratio.assignments', title: 'Ratio by assignments', unit: 'ratio', values: numbersOf((row) => row.byAssignments) },
					{ id: 'ratio.selections', title: 'Ratio by selections', unit: 'ratio', values: numbersOf((row) => row.bySelections) },
					{ id: 'reproduced', title: 'Reproduced', unit: 'ratio', values: numbersOf((row) => row.reproduced) },
				],
			},
		],
		series: [],
		notices: [{ code: 'replay.as-of', message: `each Drop was rebuilt as of its own time; the scenario's is ${formatInstant(dataset.now)}` }],
	};
} // prettier-ignore
