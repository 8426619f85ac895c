import type { Decision } from './outcome.ts';

/** The assignments of an earlier outcome of the same users, to find again in a later one. */
export type RowsBefore = Pick<
	Decision,
	'user' | 'contract' | 'slot' | 'points' | 'propensity' | 'userStart' | 'byUser'
>;

/** Keeps what the rows of an outcome hold: copies, so that whoever writes to it later deceives nobody. */
export function keepRows(outcome: Decision): RowsBefore {
	const { user, contract, slot, points, propensity, userStart, byUser } = outcome;
	return {
		user: user.slice(),
		contract: contract.slice(),
		slot: slot.slice(),
		points: points.slice(),
		propensity: propensity.slice(),
		userStart,
		byUser,
	};
}

/**
 * For each row of `outcome` the row of `before` that holds the very same: user, contract, slot, points and chance;
 * −1 where there is none. O(assignments).
 */
export function findRowsBefore(before: RowsBefore, outcome: Decision): Int32Array {
	const { user, contract, slot, points, propensity } = outcome;
	const found = new Int32Array(user.length).fill(-1);
	for (let a = 0; a < user.length; a++) {
		const u = user[a];
		const row = before.byUser[before.userStart[u] + slot[a] - 1];
		if (
			before.user[row] === u &&
			before.contract[row] === contract[a] &&
			before.slot[row] === slot[a] &&
			before.points[row] === points[a] &&
			Object.is(before.propensity[row], propensity[a])
		)
			found[a] = row;
	}
	return found;
}
