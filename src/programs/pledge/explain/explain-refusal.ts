import type { Explanation } from '../../report.ts';
import { ACCEPTED, OVER_OWN_LIMIT, REFUSALS, WOULD_OVERRUN_OTHERS } from '../events.ts';
import { MOST_MICROS } from '../levers.ts';
import { dollars } from '../money.ts';
import type { PledgeRun } from '../run-state.ts';
import { simulate } from '../simulate.ts';
import { judge } from '../stages/judge.ts';
import { loadOf, takeLimit } from '../watch.ts';
import { refusalWords } from '../words.ts';
import type { Setting } from './explain-loss.ts';
import { factorsOf } from './factors.ts';

/** Most rows of an explanation. */
const MOST_ROWS = 200;

/** Explains why pledge event `seq` was refused, and which limit would have been accepted, tried on the same state. */
export function explainRefusal(
	{ data, names, levers }: Setting,
	k: number,
	seq: number,
	code: number,
): Explanation {
	const u = data.pledgePatron[k];
	const p = data.pledgeProject[k];
	const who = data.patronIds[u];
	const before = simulate(data, levers, seq);
	const factors = factorsOf(before, names, u);
	const changes: { sentence: string }[] = [];
	let detail = refusalWords(code);

	if (code === OVER_OWN_LIMIT) {
		const needed = (loadOf(before, u) + before.crowd[p] + 1) * levers.baseRate;
		const limit = before.limit[u];
		detail = `with it she would be at ${dollars(needed)}, over her limit of ${dollars(limit)}.`;
		takeLimit(before, u, needed);
		if (needed <= MOST_MICROS && judge(before, data.events, seq) === ACCEPTED) {
			changes.push({
				sentence: `With a limit of ${dollars(needed)}, ${dollars(needed - limit)} more, it would have been accepted.`,
			});
		}
	}
	return {
		sentence: `${who}’s pledge to ${names[p]} on day ${data.events.day[seq]} was refused: ${detail.charAt(0).toLowerCase()}${detail.slice(1)}`,
		factors,
		rows: code === WOULD_OVERRUN_OTHERS ? inTheWay(before, p) : [],
		changes,
		reasons: [{ code: REFUSALS[code], sentence: refusalWords(code) }],
	};
}

/** Patrons of project p whom one more patron would put over, tightest first. */
function inTheWay(run: PledgeRun, p: number): Explanation['rows'] {
	const { data, levers, crowd, memberPatron, room, limit } = run;
	const start = data.projectRoomStart[p];
	return Array.from(memberPatron.subarray(start, start + crowd[p]), (j) => ({ j, load: loadOf(run, j) }))
		.filter(({ j, load }) => load + 1 > room[j])
		.sort((a, b) => room[a.j] - a.load - (room[b.j] - b.load) || a.j - b.j)
		.slice(0, MOST_ROWS)
		.map(({ j, load }) => ({
			label: data.patronIds[j],
			status: 'in the way',
			detail: `projection ${dollars(load * levers.baseRate)}, limit ${dollars(limit[j])}`,
			isSubject: false,
		}));
}
