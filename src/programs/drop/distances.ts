import { asin } from '#engine/math.ts';
import { medianOf } from '#engine/median.ts';
import type { AsOf } from './as-of.ts';
import type { DropDataset } from './dataset.ts';
import { hasLocation, isOpenTo } from './stages/eligibility.ts';

const EARTH_DIAMETER_KM = 2 * 6371.0088;

/**
 * Distance in km from each user to each brand's nearest location in her city, row-major by user and brand;
 * NaN where the brand has none there. The chord between unit vectors gives the haversine without
 * trigonometry per location. O(U · locations of the city).
 */
export function readDistances(dataset: DropDataset): Float64Array {
	const { users, locationStart, locationX, locationY, locationZ } = dataset;
	const brandCount = dataset.brandIds.length;
	const distance = new Float64Array(users.ids.length * brandCount).fill(NaN);
	for (let u = 0; u < users.ids.length; u++) {
		const [x, y, z] = [users.x[u], users.y[u], users.z[u]];
		const cell = users.city[u] * brandCount;
		for (let b = 0; b < brandCount; b++) {
			let least = Infinity;
			for (let l = locationStart[cell + b]; l < locationStart[cell + b + 1]; l++) {
				const [dx, dy, dz] = [x - locationX[l], y - locationY[l], z - locationZ[l]];
				const chord = dx * dx + dy * dy + dz * dz;
				if (chord < least) least = chord;
			}
			if (least < Infinity)
				distance[u * brandCount + b] = EARTH_DIAMETER_KM * asin(Math.min(1, Math.sqrt(least) / 2));
		}
	}
	return distance;
}

/**
 * Brands that set the baseline distance of a city (spec section 4): those with a location and a sponsored
 * contract that is open there, or, where no brand has one, every brand with a location.
 */
function baselineBrands(dataset: DropDataset, time: number, y: number): Uint32Array {
	const { contracts } = dataset;
	const located = Uint32Array.from(dataset.brandIds.keys()).filter((b) => hasLocation(dataset, y, b));
	const isSponsor = new Uint8Array(dataset.brandIds.length);
	for (let c = 0; c < contracts.ids.length; c++) {
		if (contracts.isSponsored[c] && isOpenTo(dataset, time, c, y)) isSponsor[contracts.brand[c]] = 1;
	}
	const sponsors = located.filter((b) => isSponsor[b]);
	return sponsors.length > 0 ? sponsors : located;
}

/** Baseline distances in km: the median of each city, and of each user; NaN where there is no distance. */
export interface Baselines {
	readonly cityKm: Float64Array;
	readonly userKm: Float64Array;
}

/** Medians over the considered users and the baseline brands of their city. */
export function readBaselines(dataset: DropDataset, asOf: AsOf, distance: Float64Array): Baselines {
	const brandCount = dataset.brandIds.length;
	const cityKm = new Float64Array(dataset.cityIds.length).fill(NaN);
	const userKm = new Float64Array(dataset.users.ids.length).fill(NaN);
	for (let y = 0; y < dataset.cityIds.length; y++) {
		const brands = baselineBrands(dataset, asOf.time, y);
		const all = new Float64Array(asOf.cityUserCount[y] * brands.length);
		let count = 0;
		for (let u = dataset.cityUserStart[y]; u < dataset.cityUserStart[y + 1]; u++) {
			if (!asOf.isConsidered[u]) continue;
			const first = count;
			for (let i = 0; i < brands.length; i++) all[count++] = distance[u * brandCount + brands[i]];
			if (brands.length > 0) userKm[u] = medianOf(all.slice(first, count));
		}
		if (count > 0) cityKm[y] = medianOf(all);
	}
	return { cityKm, userKm };
}
