/**
 * One city's matching problem: a sparse list of eligible pairs, grouped by user. Letters: `u` user, `c`
 * contract, `b` brand, `p` pair. Nothing may depend on the order of the pairs within a user.
 *
 * Every ordering of pairs, on both sides, is: points descending, luck ascending, user id, contract id (spec
 * section 4). Luck is the first word of the draw (seed, stream, userKey, contractKey), and is drawn only where
 * two points are equal.
 */
export interface MatchInput {
	readonly userCount: number;
	readonly contractCount: number;
	/** Pairs of user u are start[u] … start[u + 1] − 1; length userCount + 1. */
	readonly start: Uint32Array;
	/** Contract of each pair. A user has at most one pair with a contract. */
	readonly contract: Uint32Array;
	/** Dense brand index of each contract. */
	readonly contractBrand: Uint32Array;
	/** Seats left at each contract; may exceed the number of users. */
	readonly seats: Uint32Array;
	/** Most assignments per user, at most one of a brand. 0 gives nothing. */
	readonly quota: number;
	/** Points by which users rank contracts, higher better. */
	readonly points: Int32Array;
	/** Points by which contracts rank users; the same array as `points` when one score serves both sides. */
	readonly brandPoints: Int32Array;
	readonly userKey: Uint32Array;
	readonly contractKey: Uint32Array;
	/** Position of each id in code-unit order: the last tie-break. */
	readonly userRank: Uint32Array;
	readonly contractRank: Uint32Array;
	readonly seed: number;
	readonly stream: number;
}
