import type { MatchInput } from '#engine/match/match-input.ts';

/** A city of the benches: points of every user for every contract, 0 where she may not have it. */
export interface BenchCity {
	readonly userCount: number;
	readonly contractCount: number;
	readonly points: Int32Array;
	/** A user keeps the contracts of at least these points. */
	readonly cutPoints: Int32Array;
	readonly contractBrand: Int32Array;
	/** Seats that sum to 60 % and 120 % of three slots a user. */
	readonly seats60: Int32Array;
	readonly seats120: Int32Array;
}

const TASTES = 6;
const CLUSTERS = 8;
const HOODS = 6;
const MOST_POINTS = 16777215;
const CUT = 0.4;

/**
 * The city of a seed, the same bytes every time: popular brands (Zipf), user taste clusters, a taste vector for each user and
 * brand, several shops a contract, distance relative to the user's median, age limits, some rejections, weeks since the
 * last visit; each user's lowest 40 % is cut. That is what makes a matching hard in the way real ones are.
 */
export function makeBenchCity(userCount: number, contractCount: number, seed: number): BenchCity {
	const { word, unit, normal, exponential } = makeDraws(seed);

	const clusterTaste = Float32Array.from({ length: CLUSTERS * TASTES }, () => 0.9 * normal());
	// x, y and width of each neighbourhood
	const hood = Float32Array.from({ length: HOODS * 3 }, (_, i) =>
		i % 3 === 2 ? 1 + 2 * unit() : 6 * normal(),
	);

	const brandCount = Math.max(1, Math.round(contractCount * 0.85));
	const popularity = new Float32Array(brandCount);
	const brandTaste = new Float32Array(brandCount * TASTES);
	for (let b = 0; b < brandCount; b++) {
		popularity[b] = 1.6 - ((0.75 * Math.log(1 + b)) / Math.log(1.7)) * 0.45 + 0.25 * normal();
		for (let k = 0; k < TASTES; k++) brandTaste[b * TASTES + k] = normal();
	}

	// the last contracts are second or third ones of a brand
	const contractBrand = new Int32Array(contractCount);
	const reward = new Float32Array(contractCount);
	const isForAdults = new Uint8Array(contractCount);
	const shops: Float32Array[] = [];
	const seatWeight = new Float64Array(contractCount);
	for (let c = 0; c < contractCount; c++) {
		contractBrand[c] = c < brandCount ? c : Math.floor(unit() * brandCount);
		reward[c] = Math.tanh(Math.exp(2 + 0.6 * normal()) / 12);
		isForAdults[c] = unit() < 0.1 ? 1 : 0;
		const shopCount = 1 + Math.min(9, Math.floor(exponential() * 2));
		const place = new Float32Array(2 * shopCount);
		for (let i = 0; i < shopCount; i++) {
			const h = Math.floor(unit() * HOODS) * 3;
			place[2 * i] = hood[h] + hood[h + 2] * normal();
			place[2 * i + 1] = hood[h + 1] + hood[h + 2] * normal();
		}
		shops.push(place);
		seatWeight[c] = Math.exp(0.35 * popularity[contractBrand[c]] + 0.8 * normal());
	}

	const points = new Int32Array(userCount * contractCount);
	const cutPoints = new Int32Array(userCount);
	const decay = Array.from({ length: 32 }, (_, n) => Math.max(0.01, 0.8 ** n));
	const taste = new Float64Array(TASTES);
	const distance = new Float32Array(contractCount);
	const sortedDistance = new Float32Array(contractCount);
	const rowPoints = new Int32Array(contractCount);
	for (let u = 0; u < userCount; u++) {
		const cluster = Math.floor(unit() ** 1.5 * CLUSTERS) * TASTES;
		for (let k = 0; k < TASTES; k++) taste[k] = (clusterTaste[cluster + k] + 0.6 * normal()) * 0.42;
		const h = Math.floor(unit() ** 1.3 * HOODS) * 3;
		const x = hood[h] + hood[h + 2] * normal();
		const y = hood[h + 1] + hood[h + 2] * normal();
		const isAdult = unit() < 0.85;
		const weeks = Math.min(20, Math.floor(exponential() * 1.6));

		for (let c = 0; c < contractCount; c++) {
			const place = shops[c];
			let nearest = 1e9;
			for (let i = 0; i < place.length; i += 2) {
				const dx = place[i] - x;
				const dy = place[i + 1] - y;
				nearest = Math.min(nearest, dx * dx + dy * dy);
			}
			distance[c] = Math.sqrt(nearest);
		}
		sortedDistance.set(distance);
		sortedDistance.sort();
		const median = sortedDistance[contractCount >> 1] + 0.05;

		let eligibleCount = 0;
		for (let c = 0; c < contractCount; c++) {
			const b = contractBrand[c];
			let dot = 0;
			for (let k = 0; k < TASTES; k++) dot += taste[k] * brandTaste[b * TASTES + k];
			const bits = word();
			const noise = ((bits & 1023) + ((bits >>> 10) & 1023)) / 1024 - 1;
			let affinity = 1 / (1 + Math.exp(-(-1.6 + popularity[b] + 1.3 * dot + 0.9 * noise)));
			affinity = Math.max(0.01, affinity);
			const near = Math.max(0.01, Math.pow(2, -distance[c] / median));
			const chance = bits >>> 20;
			const rejections = chance < 160 ? 1 + (chance & 3) : 0;
			const isBarred = chance >= 160 && chance < 480;
			if ((!isAdult && isForAdults[c] === 1) || isBarred || distance[c] >= 40) continue;
			const score = (8 * affinity + 2 * near + reward[c] + decay[rejections] + decay[weeks]) / 13;
			const rounded = Math.max(1, Math.min(MOST_POINTS, Math.round(score * MOST_POINTS)));
			points[u * contractCount + c] = rounded;
			rowPoints[eligibleCount++] = rounded;
		}
		const keptCount = Math.ceil((1 - CUT) * eligibleCount);
		if (keptCount === 0) cutPoints[u] = MOST_POINTS + 1;
		else cutPoints[u] = rowPoints.subarray(0, eligibleCount).sort()[eligibleCount - keptCount];
	}

	const seatsFor = (ratio: number) => {
		const total = ratio * 3 * userCount;
		const sum = seatWeight.reduce((a, b) => a + b, 0);
		return Int32Array.from(seatWeight, (w) =>
			Math.min(userCount, Math.max(1, Math.round((w / sum) * total))),
		);
	};
	const [seats60, seats120] = [seatsFor(0.6), seatsFor(1.2)];
	return { userCount, contractCount, points, cutPoints, contractBrand, seats60, seats120 };
}

/** xoshiro128** seeded by splitmix32, with normal and exponential draws. */
function makeDraws(seed: number) {
	let z = (seed * 0x9e3779b9) >>> 0;
	const next = () => {
		z = (z + 0x9e3779b9) >>> 0;
		let t = z ^ (z >>> 16);
		t = Math.imul(t, 0x21f0aaad);
		t ^= t >>> 15;
		t = Math.imul(t, 0x735a2d97);
		return (t ^ (t >>> 15)) >>> 0;
	};
	let [s0, s1, s2, s3] = [next(), next(), next(), next()];
	const word = () => {
		let r = Math.imul(s1, 5);
		r = (r << 7) | (r >>> 25);
		r = Math.imul(r, 9) >>> 0;
		const t = s1 << 9;
		s2 ^= s0;
		s3 ^= s1;
		s1 ^= s2;
		s0 ^= s3;
		s2 ^= t;
		s3 = (s3 << 11) | (s3 >>> 21);
		return r;
	};
	const unit = () => word() / 4294967296;
	let spare = NaN;
	const normal = () => {
		if (!Number.isNaN(spare)) {
			const value = spare;
			spare = NaN;
			return value;
		}
		const r = Math.sqrt(-2 * Math.log(1 - unit()));
		const angle = 2 * Math.PI * unit();
		spare = r * Math.sin(angle);
		return r * Math.cos(angle);
	};
	const exponential = () => -Math.log(1 - unit());
	return { word, unit, normal, exponential };
}

/** The matching problem of a city: pairs at or above each user's cut, shared points, keys that count up. */
export function toMatchInput(city: BenchCity, supplyPercent: 60 | 120, quota = 3): MatchInput {
	const { userCount, contractCount, points, cutPoints } = city;
	const isKept = (u: number, at: number) => points[at] > 0 && points[at] >= cutPoints[u];
	const start = new Uint32Array(userCount + 1);
	for (let u = 0; u < userCount; u++) {
		let count = 0;
		for (let at = u * contractCount; at < (u + 1) * contractCount; at++) if (isKept(u, at)) count++;
		start[u + 1] = start[u] + count;
	}
	const contract = new Uint32Array(start[userCount]);
	const pairPoints = new Int32Array(start[userCount]);
	for (let u = 0, p = 0; u < userCount; u++) {
		for (let c = 0; c < contractCount; c++) {
			if (!isKept(u, u * contractCount + c)) continue;
			contract[p] = c;
			pairPoints[p++] = points[u * contractCount + c];
		}
	}
	return withSharedPoints({
		userCount,
		contractCount,
		start,
		contract,
		contractBrand: Uint32Array.from(city.contractBrand),
		seats: Uint32Array.from(supplyPercent === 60 ? city.seats60 : city.seats120),
		quota,
		points: pairPoints,
	});
}

/** A problem in which both sides have the same points, with keys that count up. */
export function withSharedPoints(
	problem: Pick<MatchInput, 'userCount' | 'contractCount' | 'start' | 'contract' | 'contractBrand' | 'seats' | 'quota' | 'points'>,
): MatchInput {
	const counting = (n: number) => Uint32Array.from({ length: n }, (_, i) => i);
	return {
		...problem,
		brandPoints: problem.points,
		userKey: counting(problem.userCount),
		contractKey: counting(problem.contractCount),
		userRank: counting(problem.userCount),
		contractRank: counting(problem.contractCount),
		seed: 1,
		stream: 1,
	};
} // prettier-ignore

/** The same problem with views of their own for contracts, drawn afresh for every pair. */
export function withOwnViews(input: MatchInput): MatchInput {
	const { word } = makeDraws(7);
	return { ...input, brandPoints: Int32Array.from(input.points, () => 1 + (word() & 0xfffff)) };
}
