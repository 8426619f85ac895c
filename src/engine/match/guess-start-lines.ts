import type { Admission } from './admission.ts';
import type { MatchInput } from './match-input.ts';
import { proposeUsers } from './propose-users.ts';

/** How many standard deviations of a sample's demand the guess stays on the low side. */
const MARGIN = 3.5;
const LOWEST = -2147483648;

/**
 * Lines that contracts will probably end at or above, from matchings of samples of the users with their share of the seats,
 * rounded up; null for a city too small to gain by it. For shared points only. A guess must be checked: it was low
 * enough if every contract with a line ended full.
 */
export function guessStartLines(input: MatchInput): Int32Array | null {
	let lines: Int32Array | null = null;
	for (const size of [1500, 12000]) {
		if (input.userCount < 4 * size) break;
		const stride = Math.floor(input.userCount / size);
		const users = Uint32Array.from(
			{ length: Math.floor(input.userCount / stride) },
			(_, i) => i * stride + ((i * 7919) % stride),
		);
		const seats = input.seats.map((count) => {
			const share = (count * users.length) / input.userCount;
			return Math.min(users.length + 1, Math.ceil(share + MARGIN * Math.sqrt(share) + 1));
		});
		const admission: Admission = proposeUsers(input, users, seats, lines).admission;
		lines = admission.linePoints.map((points, c) => (admission.held[c] === seats[c] ? points : LOWEST));
	}
	return lines;
}
