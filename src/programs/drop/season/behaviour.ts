import { powInteger } from '#engine/math.ts';
import { uniform } from '#engine/random.ts';
import { DAY_MS } from '../../instant.ts';
import type { DropOutcome } from '../outcome.ts';
import type { DropRun } from '../simulate.ts';
import { forEachUser, type Forecast } from '../stages/forecast.ts';

/** Purpose words of what users do (spec section 2). Counter b = 1 of a user's purpose draws the moment. */
const SELECTION = 4;
const CONVERSION = 5;
const REJECTION = 6;
const APP_OPEN = 7;
const DELAY = 8;

const TOKEN_LIFE_MS = 30 * DAY_MS;
const WEEK_MS = 7 * DAY_MS;

/** What happened to each assignment of a Drop, as times by assignment; NaN for what did not happen. */
export interface WeekEvents {
	readonly selectedAt: Float64Array;
	readonly convertedAt: Float64Array;
	readonly rejectedAt: Float64Array;
	readonly expiredAt: Float64Array;
}

/**
 * Draws what users do with their assignments (spec section 9): each selects at most one; a selection converts
 * after 0 to 3 weeks (geometric, p = ½, truncated) or its token expires after 30 days; what was not selected
 * is rejected with chance `rejectionRate`. The same seed, user and contract meet the same luck under any
 * configuration.
 */
export function drawEvents(
	run: DropRun,
	outcome: DropOutcome,
	expected: Forecast,
	conversionRate: Float64Array,
	rejectionRate: number,
	seed: number,
): WeekEvents {
	const { dataset } = run;
	const stream = 256 * run.week;
	const { time } = run.asOf;
	const column = () => new Float64Array(outcome.user.length).fill(NaN);
	const events = { selectedAt: column(), convertedAt: column(), rejectedAt: column(), expiredAt: column() };

	forEachUser(outcome, (first, end) => {
		const key = dataset.users.key[outcome.user[first]];
		const pick = uniform(seed, SELECTION + stream, key, 0);
		let sum = 0;
		let picked = -1;
		for (let a = first; a < end && picked < 0; a++) {
			sum += expected.selection[a];
			if (pick < sum) picked = a;
		}
		for (let a = first; a < end; a++) {
			const c = outcome.contract[a];
			const contractKey = dataset.contracts.key[c];
			if (a !== picked) {
				if (uniform(seed, REJECTION + stream, key, contractKey) < rejectionRate) {
					events.rejectedAt[a] = time + 2 * DAY_MS;
				}
				continue;
			}
			events.selectedAt[a] = time + wholeSeconds(uniform(seed, SELECTION + stream, key, 1) * 5 * DAY_MS);
			if (uniform(seed, CONVERSION + stream, key, contractKey) < conversionRate[c]) {
				const weeks = delayWeeks(uniform(seed, DELAY + stream, key, contractKey));
				events.convertedAt[a] = events.selectedAt[a] + weeks * WEEK_MS + 3_600_000;
			} else events.expiredAt[a] = events.selectedAt[a] + TOKEN_LIFE_MS;
		}
	});
	return events;
}

/** Geometric with p = ½ on 0 … 3, from one uniform draw. */
function delayWeeks(u: number): number {
	const scaled = u * 0.9375;
	return scaled < 0.5 ? 0 : scaled < 0.75 ? 1 : scaled < 0.875 ? 2 : 3;
}

function wholeSeconds(ms: number): number {
	return Math.floor(ms / 1000) * 1000;
}

/** App opens of the week after the Drop: users and times. A user away for w weeks opens with chance base · 0.85^w. */
export function drawAppOpens(
	run: DropRun,
	baseRate: number,
	seed: number,
): { user: number[]; openedAt: number[] } {
	const { dataset, asOf, week } = run;
	const opens: { user: number[]; openedAt: number[] } = { user: [], openedAt: [] };
	const stream = APP_OPEN + 256 * week;
	for (let u = 0; u < dataset.users.ids.length; u++) {
		if (!asOf.isConsidered[u]) continue;
		const key = dataset.users.key[u];
		if (uniform(seed, stream, key, 0) >= baseRate * powInteger(0.85, asOf.weeksAway[u])) continue;
		opens.user.push(u);
		opens.openedAt.push(asOf.time + wholeSeconds(uniform(seed, stream, key, 1) * 6 * DAY_MS));
	}
	return opens;
}
