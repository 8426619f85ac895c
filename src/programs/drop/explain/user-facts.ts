import { inputError } from '../../input-error.ts';
import type { PersonalFact } from '../../program.ts';
import { ids, numbers, tableOf, type ScenarioContent } from '../../tables.ts';
import { readAsOf } from '../as-of.ts';
import { readAffinities } from '../affinities.ts';
import type { DropDataset } from '../dataset.ts';
import type { StageCache } from '../stage-cache.ts';

const MOST_WEEKS = 520;
const MOST_REJECTIONS = 50;

/**
 * What may be tried for one user: city, place and last app open, and, where `subject` names a contract, her
 * affinity and rejections of its brand. Values are those of the scenario's time.
 */
export function userFacts(
	content: ScenarioContent,
	dataset: DropDataset,
	subject: Readonly<Record<string, string>>,
	cache: StageCache,
): readonly PersonalFact[] {
	const u = dataset.users.ids.indexOf(subject.user);
	if (u < 0) throw inputError('subject.user', `unknown user: ${JSON.stringify(subject.user ?? '')}`, 'explain.subject'); // prettier-ignore
	const table = tableOf(content, 'user');
	const row = ids(table, 'id').indexOf(subject.user);
	const place = (column: string, most: number, words: string): PersonalFact => ({
		id: column,
		title: `${column.charAt(0).toUpperCase()}${column.slice(1)}`,
		kind: 'number',
		value: numbers(table, column)[row],
		min: -most,
		max: most,
		step: 0.001,
		help: `Degrees; 0.01 is about ${words}.`,
	});
	const asOf = cache.reuse('as-of', [dataset, dataset.now], () => readAsOf(dataset, dataset.now));
	return [
		{
			id: 'city',
			title: 'City',
			kind: 'choice',
			value: dataset.cityIds[dataset.users.city[u]],
			choices: dataset.cityIds.map((id, y) => ({ id, label: dataset.cityNames[y] })),
			help: 'Another city puts her at its centre, unless a place is given too.',
		},
		place('latitude', 90, '1.1 km'),
		place('longitude', 180, `${(1.1 * Math.sqrt(1 - dataset.users.z[u] * dataset.users.z[u])).toFixed(1)} km here`),
		{
			id: 'weeksAway',
			title: 'Weeks since her last app open',
			kind: 'number',
			value: asOf.weeksAway[u],
			min: 0,
			max: MOST_WEEKS,
			step: 1,
			help: 'Whole weeks; 0 is this week.',
		},
		...brandFacts(dataset, subject, u, cache),
	]; // prettier-ignore
}

function brandFacts(
	dataset: DropDataset,
	subject: Readonly<Record<string, string>>,
	u: number,
	cache: StageCache,
): PersonalFact[] {
	const c = dataset.contracts.ids.indexOf(subject.contract ?? '');
	if (c < 0) return [];
	const b = dataset.contracts.brand[c];
	const asOf = cache.reuse('as-of', [dataset, dataset.now], () => readAsOf(dataset, dataset.now));
	const affinities = cache.reuse('affinities', [dataset, asOf], () =>
		readAffinities(dataset, dataset.affinity, asOf.run, asOf.time),
	);
	const affinity = affinities.value[u * dataset.brandIds.length + b];
	const own: PersonalFact = {
		id: `affinity.${dataset.brandIds[b]}`,
		title: `Affinity to ${dataset.brandNames[b]}`,
		kind: 'number',
		value: Number.isNaN(affinity) ? null : affinity,
		min: 0,
		max: 1,
		step: 0.01,
		help: 'The recommender’s probability that she converts there.',
	};
	const rejections: PersonalFact = {
		id: `rejections.${dataset.brandIds[b]}`,
		title: `Rejections of ${dataset.brandNames[b]}`,
		kind: 'number',
		value: rejectionsOf(dataset, u, b),
		min: 0,
		max: MOST_REJECTIONS,
		step: 1,
		help: 'How often she said no to the brand.',
	};
	// without a run there is nothing to hold an affinity, without a Drop nothing to hold a rejection
	return [...(asOf.run >= 0 ? [own] : []), ...(dataset.drops.length > 0 ? [rejections] : [])];
}

/** How often user u has rejected brand b by the scenario's time. */
function rejectionsOf(dataset: DropDataset, u: number, b: number): number {
	const { history, contracts, now } = dataset;
	let count = 0;
	for (let a = history.userStart[u]; a < history.userStart[u + 1]; a++) {
		if (history.assignedAt[a] <= now && history.rejectedAt[a] <= now && contracts.brand[history.contract[a]] === b) count++; // prettier-ignore
	}
	return count;
}
