import { DAY_MS } from '../instant.ts';
import { grouped } from '../number-text.ts';
import type { QualityItem } from '../report.ts';
import { ids, numbers, tableOf, type ScenarioContent } from '../tables.ts';
import { readAffinities } from './affinities.ts';
import { readAsOf, type AsOf } from './as-of.ts';
import type { DropDataset } from './dataset.ts';
import { spherePoints } from './dataset-rows.ts';
import { daysInWords } from './days-in-words.ts';
import type { DropConfig } from './levers.ts';
import type { StageCache } from './stage-cache.ts';
import { hasLocation } from './stages/eligibility.ts';

/** Rows listed of one point. */
const MOST_ROWS = 10_000;
/** A user farther from the middle of her city has no location that means anything there. */
const FAR_KM = 300;
const EARTH_DIAMETER_KM = 2 * 6371.0088;

/**
 * What may be wrong with a Drop's data as of the scenario's time: missing affinities, users without a usable
 * location, stale and failed recommender runs, contracts without a place. Users are those who take part. An import
 * refuses a user without coordinates, so the ones counted stand at 0°, 0° or far from their city. Users in order of
 * city and id, runs and contracts by id.
 */
export function dropQuality(
	content: ScenarioContent,
	dataset: DropDataset,
	config: DropConfig,
	cache: StageCache,
): QualityItem[] {
	const asOf = cache.reuse('as-of', [dataset, dataset.now], () => readAsOf(dataset, dataset.now));
	return [
		missingAffinities(dataset, asOf, cache),
		usersWithoutLocation(content, dataset, asOf),
		staleRuns(dataset, asOf, config),
		placelessContracts(dataset),
	];
}

function missingAffinities(dataset: DropDataset, asOf: AsOf, cache: StageCache): QualityItem {
	const { value, isOwn } = cache.reuse('affinities', [dataset, asOf], () =>
		readAffinities(dataset, dataset.affinity, asOf.run, asOf.time),
	);
	const brandCount = dataset.brandIds.length;
	const found: { u: number; missing: number; absent: number }[] = [];
	let [count, missingCount, absentCount] = [0, 0, 0];
	for (let u = 0, i = 0; u < asOf.isConsidered.length; u++) {
		let [missing, absent] = [0, 0];
		for (const end = i + brandCount; i < end; i++) {
			if (isOwn[i]) continue;
			missing++;
			if (Number.isNaN(value[i])) absent++;
		}
		if (!asOf.isConsidered[u] || missing === 0) continue;
		missingCount += missing;
		absentCount += absent;
		if (count++ < MOST_ROWS) found.push({ u, missing, absent });
	}
	return {
		id: 'missing-affinities',
		title: 'Users with missing affinities',
		count,
		of: consideredCount(asOf),
		noun: ['user', 'users'],
		isFine: count === 0,
		help:
			count === 0
				? 'The newest completed recommender run has a value for every user and brand.'
				: `${grouped(missingCount)} values are missing: ${grouped(missingCount - absentCount)} count as the mean of the user’s city${absentCount === 0 ? '' : `, ${grouped(absentCount)} as the factor floor, since nobody of the city has one`}.`,
		rows: [
			...userColumns(
				dataset,
				found.map(({ u }) => u),
			),
			numbersOf(
				'missing',
				'Brands without a value',
				'count',
				found.map(({ missing }) => missing),
			),
			numbersOf(
				'floor',
				'Of these at the floor',
				'count',
				found.map(({ absent }) => absent),
			),
		],
	};
}

function usersWithoutLocation(content: ScenarioContent, dataset: DropDataset, asOf: AsOf): QualityItem {
	const { users } = dataset;
	const table = tableOf(content, 'city');
	const cities = spherePoints(numbers(table, 'latitude'), numbers(table, 'longitude'));
	const rowOf = new Map(ids(table, 'id').map((id, row) => [id, row]));
	const cityRow = dataset.cityIds.map((id) => rowOf.get(id) ?? 0);
	const found: { u: number; km: number; isOrigin: boolean }[] = [];
	let count = 0;
	for (let u = 0; u < users.ids.length; u++) {
		if (!asOf.isConsidered[u]) continue;
		const row = cityRow[users.city[u]];
		const [dx, dy, dz] = [users.x[u] - cities.x[row], users.y[u] - cities.y[row], users.z[u] - cities.z[row]];
		// the chord: a hair below the way over the ground, which at this distance makes no difference
		const km = (EARTH_DIAMETER_KM / 2) * Math.sqrt(dx * dx + dy * dy + dz * dz);
		if (km <= FAR_KM) continue;
		const isOrigin = users.x[u] === 1 && users.y[u] === 0 && users.z[u] === 0;
		if (count++ < MOST_ROWS) found.push({ u, km, isOrigin });
	}
	return {
		id: 'users-without-location',
		title: 'Users without a usable location',
		count,
		of: consideredCount(asOf),
		noun: ['user', 'users'],
		isFine: count === 0,
		help:
			count === 0
				? `Every user has coordinates within ${FAR_KM} km of the middle of her city.`
				: `They stand more than ${FAR_KM} km from the middle of their city, as with coordinates left at 0°, 0°: every brand is far for them, and they draw up the median distances of the city.`,
		rows: [
			...userColumns(
				dataset,
				found.map(({ u }) => u),
			),
			numbersOf(
				'distance',
				'From the middle of the city',
				'km',
				found.map(({ km }) => km),
			),
			{
				id: 'why',
				title: 'What is wrong',
				unit: 'text',
				values: found.map(({ isOrigin }) => (isOrigin ? 'coordinates are 0°, 0°' : 'far from the city')),
			},
		],
	};
}

function staleRuns(dataset: DropDataset, asOf: AsOf, config: DropConfig): QualityItem {
	const { runs } = dataset;
	const { maxAgeDays } = config.recommender;
	const age = (r: number) => (asOf.time - runs[r].trainedAt) / DAY_MS;
	const isStale = (r: number) => r === asOf.run && age(r) > maxAgeDays;
	const listed = [...runs.keys()].filter((r) => !runs[r].isCompleted || isStale(r));
	const used = asOf.run < 0 ? null : runs[asOf.run];
	const [text, most] = [used && daysInWords(age(asOf.run)), daysInWords(maxAgeDays)];
	const isTooOld = used !== null && isStale(asOf.run);
	return {
		id: used === null ? 'recommender-missing' : 'recommender-stale',
		title: 'Stale or failed recommender runs',
		count: listed.length,
		of: runs.length,
		noun: ['run', 'runs'],
		isFine: listed.length === 0 && used !== null,
		help:
			used === null
				? 'No completed run was trained by the time of the scenario: every affinity counts as the factor floor.'
				: `The run in use, ${used.id}, is ${text} old; at most ${most} are allowed${isTooOld ? ', so the affinities of all users are stale' : ''}. Failed runs are not used.`,
		rows: [
			{ id: 'run', title: 'Run', unit: 'id', values: listed.map((r) => runs[r].id) },
			{
				id: 'trained',
				title: 'Trained',
				unit: 'time',
				values: Float64Array.from(listed, (r) => runs[r].trainedAt),
			},
			numbersOf(
				'age',
				'Age',
				'days',
				listed.map((r) => Math.round(age(r) * 10) / 10),
			),
			{
				id: 'why',
				title: 'What is wrong',
				unit: 'text',
				values: listed.map((r) => (isStale(r) ? 'in use and stale' : 'failed')),
			},
		],
	};
}

function placelessContracts(dataset: DropDataset): QualityItem {
	const { contracts, brandNames, cityNames } = dataset;
	const found: { c: number; served: number; without: number[] }[] = [];
	for (let c = 0; c < contracts.ids.length; c++) {
		const served = [...contracts.city.subarray(contracts.cityStart[c], contracts.cityStart[c + 1])];
		const without = served.filter((y) => !hasLocation(dataset, y, contracts.brand[c]));
		if (served.length === 0 || without.length > 0) found.push({ c, served: served.length, without });
	}
	const nowhere = found.filter(({ served, without }) => served === without.length).length;
	return {
		id: 'contract-without-place',
		title: 'Contracts without a place in a city they serve',
		count: found.length,
		of: contracts.ids.length,
		noun: ['contract', 'contracts'],
		isFine: found.length === 0,
		help:
			found.length === 0
				? 'Every contract’s brand has a location in each city that the contract serves.'
				: `Nobody is eligible for a contract in a city where its brand has no location; ${nowhere === 0 ? 'each has a place in another city' : `${grouped(nowhere)} of them ${nowhere === 1 ? 'has' : 'have'} no place anywhere`}.`,
		rows: [
			{ id: 'contract', title: 'Contract', unit: 'id', values: found.map(({ c }) => contracts.ids[c]) },
			{
				id: 'brand',
				title: 'Brand',
				unit: 'text',
				values: found.map(({ c }) => brandNames[contracts.brand[c]]),
			},
			numbersOf(
				'served',
				'Cities served',
				'count',
				found.map(({ served }) => served),
			),
			{
				id: 'without',
				title: 'Without a place in',
				unit: 'text',
				values: found.map(({ served, without }) =>
					served === 0 ? 'serves no city' : without.map((y) => cityNames[y]).join(', '),
				),
			},
		],
	};
}

function consideredCount({ cityUserCount }: AsOf): number {
	return cityUserCount.reduce((sum, each) => sum + each, 0);
}

function userColumns(dataset: DropDataset, users: readonly number[]): QualityItem['rows'][number][] {
	const { ids: userIds, city } = dataset.users;
	return [
		{ id: 'user', title: 'User', unit: 'id', values: users.map((u) => userIds[u]) },
		{ id: 'city', title: 'City', unit: 'text', values: users.map((u) => dataset.cityNames[city[u]]) },
	];
}

function numbersOf(
	id: string,
	title: string,
	unit: 'count' | 'km' | 'days',
	values: readonly number[],
): QualityItem['rows'][number] {
	return { id, title, unit, values: Float64Array.from(values) };
}
