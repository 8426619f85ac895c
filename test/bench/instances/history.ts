import { uniform } from '#engine/random.ts';
import { indexScenario, type PledgeDataset } from '#programs/pledge/dataset.ts';
import { JOIN, MONTH_END, PLEDGE, SET_LIMIT, UNPLEDGE } from '#programs/pledge/events.ts';

const LIMITS = [5_000_000, 10_000_000, 20_000_000, 50_000_000];

/**
 * A busy history: everybody joins on day 0, then of every eight events six are pledges, one takes a pledge back and one
 * sets a limit; 100 events a day, months of 30 days. Larger projects attract more. Same arguments, same events.
 */
export function makeBenchHistory(
	patronCount: number,
	projectCount: number,
	eventCount: number,
	seed: number,
): PledgeDataset {
	const type = new Uint8Array(eventCount);
	const day = new Float64Array(eventCount);
	const limit = new Float64Array(eventCount).fill(NaN);
	const patronId = new Array<string | null>(eventCount).fill(null);
	const projectId = new Array<string | null>(eventCount).fill(null);
	const u = (e: number, draw: number) => uniform(seed, 900 + draw, e, 0);
	for (let e = 0; e < eventCount; e++) {
		const later = e - patronCount;
		day[e] = later < 0 ? 0 : Math.floor(later / 100);
		const who = later < 0 ? e : Math.floor(u(e, 0) * patronCount);
		patronId[e] = `p${who}`;
		if (later < 0) {
			type[e] = JOIN;
			limit[e] = LIMITS[Math.floor(u(e, 1) * LIMITS.length)];
			continue;
		}
		if (later > 0 && later % 3000 === 0) {
			type[e] = MONTH_END;
			patronId[e] = null;
			continue;
		}
		const kind = Math.floor(u(e, 2) * 8);
		type[e] = kind === 0 ? SET_LIMIT : kind === 1 ? UNPLEDGE : PLEDGE;
		if (kind === 0) limit[e] = LIMITS[Math.floor(u(e, 1) * LIMITS.length)];
		// the square of a draw: the first projects are the popular ones
		else projectId[e] = `q${Math.floor(u(e, 3) * u(e, 3) * projectCount)}`;
	}
	const projectIds = Array.from({ length: projectCount }, (_, p) => `q${p}`);
	const rows = { type, day, limit, patronId, projectId, isKept: new Uint8Array(eventCount) };
	return indexScenario(projectIds, rows, null);
}
