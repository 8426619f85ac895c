import type { Admission } from './admission.ts';
import type { MatchInput } from './match-input.ts';
import { guessStartLines } from './guess-start-lines.ts';
import { proposeUsers } from './propose-users.ts';

/**
 * User-proposing deferred acceptance (spec section 7): a mask over pairs, the user-optimal stable matching. Every
 * user likes what she gets at least as well as in any other stable matching; a user without a pair that would take her
 * gets nothing.
 *
 * With shared points both sides follow one order of pairs and there is only one stable matching. A run that starts from guessed
 * lines is then just as good when every contract with a line ended full: it is stable, for nobody refused by a line would be
 * taken. If one did not, all runs again without lines. With two scores such a run could end in another stable
 * matching, so there are no guesses.
 */
export function residency(input: MatchInput): Uint8Array {
	const users = new Uint32Array(input.userCount);
	for (let u = 0; u < users.length; u++) users[u] = u;

	const lines = input.brandPoints === input.points ? guessStartLines(input) : null;
	let proposals = proposeUsers(input, users, input.seats, lines);
	if (lines !== null && !isFilled(proposals.admission, lines)) {
		proposals = proposeUsers(input, users, input.seats, null);
	}

	const isGiven = new Uint8Array(input.contract.length);
	for (const p of proposals.held) if (p >= 0) isGiven[p] = 1;
	return isGiven;
}

/** Whether every contract that had a line has all its seats taken. */
function isFilled(admission: Admission, lines: Int32Array): boolean {
	return lines.every((points, c) => points === -2147483648 || admission.held[c] === admission.seats[c]);
}
