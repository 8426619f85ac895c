/** Growth assignments of one city, in the order given. */
export interface GrowthFill {
	readonly pair: Uint32Array;
	/** contract, user and points of each */
	readonly contract: Uint32Array;
	readonly user: Uint32Array;
	readonly points: Int32Array;
	/** chance of each pick, as it was drawn */
	readonly propensity: Float64Array;
}

/** Growth assignments that more may follow: columns with room to spare, of which the first `count` rows are filled. */
export interface OpenFill {
	count: number;
	pair: Uint32Array;
	contract: Uint32Array;
	user: Uint32Array;
	points: Int32Array;
	propensity: Float64Array;
}

/** No assignments yet. */
export function emptyFill(): OpenFill {
	return {
		count: 0,
		pair: new Uint32Array(64),
		contract: new Uint32Array(64),
		user: new Uint32Array(64),
		points: new Int32Array(64),
		propensity: new Float64Array(64),
	};
}

/** A pick, as it stands in the columns of a fill. */
export interface Pick {
	readonly user: number;
	readonly pair: number;
	readonly contract: number;
	readonly points: number;
	readonly propensity: number;
}

/** Adds a pick. */
export function addPick(fill: OpenFill, pick: Pick): void {
	const i = fill.count++;
	if (i === fill.pair.length) {
		fill.pair = widened(fill.pair, new Uint32Array(2 * i));
		fill.contract = widened(fill.contract, new Uint32Array(2 * i));
		fill.user = widened(fill.user, new Uint32Array(2 * i));
		fill.points = widened(fill.points, new Int32Array(2 * i));
		fill.propensity = widened(fill.propensity, new Float64Array(2 * i));
	}
	fill.pair[i] = pick.pair;
	fill.contract[i] = pick.contract;
	fill.user[i] = pick.user;
	fill.points[i] = pick.points;
	fill.propensity[i] = pick.propensity;
}

/** The first `most` assignments, or all there are, as views: rows once filled never change. */
export function firstPicks(fill: OpenFill, most: number): GrowthFill {
	const count = Math.min(fill.count, most);
	return {
		pair: fill.pair.subarray(0, count),
		contract: fill.contract.subarray(0, count),
		user: fill.user.subarray(0, count),
		points: fill.points.subarray(0, count),
		propensity: fill.propensity.subarray(0, count),
	};
}

function widened<T extends Uint32Array | Int32Array | Float64Array>(from: T, to: T): T {
	to.set(from);
	return to;
}
