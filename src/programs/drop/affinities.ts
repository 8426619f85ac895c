import type { DropDataset, UserBrandValues } from './dataset.ts';

/**
 * The probabilities of one recommender run for every user and brand, gaps filled as spec section 4 says: a
 * missing value is the mean over the city's users of that brand; a brand that no user of the city has a value
 * for gets NaN, which scoring takes for the floor.
 */
export interface Affinities {
	/** row-major: value of (u, b) at `u · brandCount + b`; NaN where even the city has none */
	readonly value: Float64Array;
	/** mask: the run itself has the value; brands so marked are the catalogue that the user ranks */
	readonly isOwn: Uint8Array;
	/** values filled with the city's mean; values left NaN */
	readonly filledCount: number;
	readonly absentCount: number;
}

/**
 * Reads run `run` of `source` as known at `time`; `run` -1 gives NaN throughout. Users who register later have no
 * part in a city's mean, nor in the counts.
 */
export function readAffinities(
	dataset: DropDataset,
	source: UserBrandValues,
	run: number,
	time: number,
): Affinities {
	const { createdAt } = dataset.users;
	const brandCount = dataset.brandIds.length;
	const userCount = dataset.users.ids.length;
	const value = new Float64Array(userCount * brandCount).fill(NaN);
	if (run >= 0) {
		for (let i = 0; i < source.run.length; i++) {
			if (source.run[i] === run) value[source.user[i] * brandCount + source.brand[i]] = source.value[i];
		}
		for (let i = 0; i < source.packedRun.length; i++) {
			if (source.packedRun[i] !== run) continue;
			value.set(
				source.packed.data.subarray(source.packed.start[i], source.packed.start[i + 1]),
				source.packedUser[i] * brandCount,
			);
		}
	}

	const isOwn = new Uint8Array(value.length);
	for (let i = 0; i < value.length; i++) if (!Number.isNaN(value[i])) isOwn[i] = 1;
	let filledCount = 0;
	let absentCount = 0;
	const sum = new Float64Array(brandCount);
	const known = new Uint32Array(brandCount);
	for (let y = 0; y < dataset.cityIds.length; y++) {
		const [first, end] = [dataset.cityUserStart[y], dataset.cityUserStart[y + 1]];

		// means over the city's users, in order of user id
		sum.fill(0);
		known.fill(0);
		for (let u = first; u < end; u++) {
			if (createdAt[u] > time) continue;
			for (let b = 0, i = u * brandCount; b < brandCount; b++, i++) {
				if (Number.isNaN(value[i])) continue;
				sum[b] += value[i];
				known[b]++;
			}
		}
		for (let b = 0; b < brandCount; b++) {
			if (known[b] === end - first) continue;
			const mean = known[b] > 0 ? sum[b] / known[b] : NaN;
			for (let u = first, i = u * brandCount + b; u < end; u++, i += brandCount) {
				if (!Number.isNaN(value[i])) continue;
				value[i] = mean;
				if (createdAt[u] > time) continue;
				if (known[b] > 0) filledCount++;
				else absentCount++;
			}
		}
	}
	return { value, isOwn, filledCount, absentCount };
}

/** Each user's own ranking of brands, row-major like the values. */
export interface BrandRanking {
	/** place of the brand, from 1; 0 where it is not ranked */
	readonly place: Uint16Array;
	/** brands ranked, by user */
	readonly count: Uint16Array;
}

/**
 * Ranks brands by affinity descending, ties by brand id: those the run has a value for (`isCatalogue`), or all
 * of them, where an affinity that not even the city has counts as `floor`. O(U · B log B).
 */
export function rankBrands(
	affinities: Affinities,
	brandCount: number,
	isCatalogue: boolean,
	floor: number,
): BrandRanking {
	const { value, isOwn } = affinities;
	const place = new Uint16Array(value.length);
	const count = new Uint16Array(brandCount > 0 ? value.length / brandCount : 0);
	const brand = new Uint16Array(brandCount);
	const key = new Float64Array(brandCount);
	const bits = new Float32Array(1);
	const word = new Uint32Array(bits.buffer);
	for (let u = 0, row = 0; u < count.length; u++, row += brandCount) {
		let ranked = 0;
		let isSingle = true;
		for (let b = 0; b < brandCount; b++) {
			if (isCatalogue && !isOwn[row + b]) continue;
			const v = value[row + b];
			const rankedBy = Number.isNaN(v) ? floor : v;
			if (Math.fround(rankedBy) !== rankedBy) isSingle = false;
			key[ranked] = rankedBy;
			brand[ranked++] = b;
		}
		count[u] = ranked;
		const own = key.subarray(0, ranked);
		if (isSingle) {
			// the bits of single-precision values in [0, 1] stand in the order of the values: best first, then brand
			for (let i = 0; i < ranked; i++) {
				bits[0] = own[i] + 0;
				own[i] = (ONE_BITS - word[0]) * MOST_BRANDS + brand[i];
			}
			own.sort();
			for (let i = 0; i < ranked; i++) place[row + (own[i] % MOST_BRANDS)] = i + 1;
		} else {
			rankByValue(own, brand, place, row);
		}
	}
	return { place, count };
}

/** Bits of 1 as a single-precision number. */
const ONE_BITS = 0x3f800000;
/** Brands that a place can tell apart: places are 16 bits. */
const MOST_BRANDS = 65_536;

/** Ranks values of any precision: of equal values the brand that stands earlier comes first. */
function rankByValue(value: Float64Array, brand: Uint16Array, place: Uint16Array, row: number): void {
	const sorted = value.slice().sort();
	const count = value.length;
	for (let i = 0; i < count; i++) {
		// places counted from the least value, by bisection: behind the last of its equals
		let low = 0;
		let high = count;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (sorted[middle] <= value[i]) low = middle + 1;
			else high = middle;
		}
		let ahead = 0;
		if (low > 1 && sorted[low - 2] === value[i]) {
			for (let j = 0; j < i; j++) if (value[j] === value[i]) ahead++;
		}
		place[row + brand[i]] = count - low + ahead + 1;
	}
}
