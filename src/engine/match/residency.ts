import type { MatchInput } from './match-input.ts';
import { proposeUsers } from './user-proposing.ts';

/**
 * User-proposing deferred acceptance (spec section 7): a mask over pairs, the user-optimal stable matching. Every
 * user likes what she gets at least as well as in any other stable matching; a user without a pair that would take her
 * gets nothing. With shared points it is the only stable matching.
 */
export function residency(input: MatchInput): Uint8Array {
	const users = new Uint32Array(input.userCount);
	for (let u = 0; u < users.length; u++) users[u] = u;
	const { held } = proposeUsers(input, users, input.seats, null);

	const isGiven = new Uint8Array(input.contract.length);
	for (const p of held) if (p >= 0) isGiven[p] = 1;
	return isGiven;
}
