import { inputError } from '../../input-error.ts';
import { grouped } from '../../number-text.ts';
import type { Explanation } from '../../report.ts';
import type { DropOutcome } from '../outcome.ts';
import { compareTiedPairs, LUCK_PURPOSE } from '../pair-order.ts';
import type { DropRun } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';
import { userOfPair } from '../stages/eligibility.ts';
import { pointsOfPair } from '../stages/points-of-pairs.ts';
import { factorsOfPair } from './factors-of-pair.ts';
import { leastChanges } from './least-changes.ts';
import { admissionStrips } from './admission-strips.ts';
import { unitWorth, worthSentence } from './unit-worth.ts';
import { admissionLine, pairOf, reasonSentence, standingOf, standingWords } from './standing.ts';

/** Answers "why did this user get, or not get, this contract?", or tells of one user or one contract alone. */
export function explainDrop(
	run: DropRun,
	outcome: DropOutcome,
	subject: Readonly<Record<string, string>>,
	cache: StageCache,
): Explanation {
	const u = subject.user === undefined ? -1 : indexOf(run.dataset.users.ids, subject.user, 'user');
	const c =
		subject.contract === undefined ? -1 : indexOf(run.dataset.contracts.ids, subject.contract, 'contract');
	if (u >= 0 && c >= 0) return explainPair(run, outcome, u, c, cache);
	if (u >= 0) return explainUser(run, outcome, u);
	if (c >= 0) return explainContract(run, outcome, c);
	throw inputError('subject', 'missing user or contract; name one or both by id', 'explain.subject');
}

function indexOf(ids: readonly string[], id: string, kind: string): number {
	const index = ids.indexOf(id);
	if (index < 0)
		throw inputError(
			`subject.${kind}`,
			`unknown ${kind}: ${JSON.stringify(id)}; the scenario has no such id`,
			'explain.subject',
		);
	return index;
}

function labelOf(run: DropRun, c: number): string {
	const { dataset } = run;
	return `${dataset.brandNames[dataset.contracts.brand[c]]} (${dataset.contracts.ids[c]})`;
}

function explainPair(
	run: DropRun,
	outcome: DropOutcome,
	u: number,
	c: number,
	cache: StageCache,
): Explanation {
	const standing = standingOf(run, outcome, u, c);
	const p = pairOf(run, u, c);
	const points = p < 0 ? 0 : pointsOfPair(run.scores, u, p);
	const brandPoints = p < 0 ? 0 : pointsOfPair(run.brandScores, u, p);
	const { status, detail } = standingWords(run, standing, brandPoints);
	const who = run.dataset.users.ids[u];
	const what = labelOf(run, c);
	const sentence =
		standing.kind === 'given'
			? `${who} got ${what} in slot ${standing.slot}, with ${grouped(points)} points.`
			: `${who} did not get ${what}: ${lowerFirst(status)}${detail === '' ? '' : `; ${lowerFirst(detail)}`}${detail.endsWith('.') ? '' : '.'}`;
	return {
		sentence,
		factors: factorsOfPair(run, u, c),
		rows: rankedList(run, outcome, u, c),
		changes: leastChanges(run, standing, u, c, cache),
		reasons:
			standing.kind === 'ineligible'
				? standing.reasons.map((code) => ({ code, sentence: reasonSentence(code) }))
				: [],
		strips: p < 0 ? [] : admissionStrips(run, outcome, c, u),
	};
}

function explainUser(run: DropRun, outcome: DropOutcome, u: number): Explanation {
	const count = outcome.userStart[u + 1] - outcome.userStart[u];
	const eligible = run.pairs.start[u + 1] - run.pairs.start[u];
	return {
		sentence: `${run.dataset.users.ids[u]} got ${count} of the ${grouped(eligible)} rewards that no rule forbids her.`,
		factors: [],
		rows: rankedList(run, outcome, u, -1),
		changes: [],
		reasons: [],
	};
}

/** The user's pairs, best first, each with what became of it. */
function rankedList(run: DropRun, outcome: DropOutcome, u: number, subject: number): Explanation['rows'] {
	const { pairs, dataset, config } = run;
	const stream = LUCK_PURPOSE + 256 * run.week;
	const own = Array.from({ length: pairs.start[u + 1] - pairs.start[u] }, (_, i) => {
		const p = pairs.start[u] + i;
		return { p, points: pointsOfPair(run.scores, u, p) };
	});
	own.sort(
		(a, b) => b.points - a.points || compareTiedPairs(dataset, pairs, config.seed, stream, u, a.p, b.p),
	);
	return own.map(({ p, points }) => {
		const c = pairs.contract[p];
		const brandPoints = pointsOfPair(run.brandScores, u, p);
		const words = standingWords(run, standingOf(run, outcome, u, c), brandPoints);
		return {
			label: labelOf(run, c),
			status: words.status,
			detail: `${grouped(points)} points${words.detail === '' ? '' : `; ${lowerFirst(words.detail)}`}`,
			isSubject: c === subject,
		};
	});
}

/** Who holds a contract in each city, its admission line, and who was first out. */
function explainContract(run: DropRun, outcome: DropOutcome, c: number): Explanation {
	const { dataset, pairs } = run;
	const holders: { u: number; points: number; y: number }[] = [];
	for (let a = 0; a < outcome.user.length; a++) {
		if (outcome.contract[a] !== c) continue;
		holders.push({
			u: outcome.user[a],
			points: pointsOfPair(run.brandScores, outcome.user[a], outcome.pair[a]),
			y: dataset.users.city[outcome.user[a]],
		});
	}
	const rows: { label: string; status: string; detail: string; isSubject: boolean }[] = [];
	for (let y = 0; y < dataset.cityIds.length; y++) {
		const line = admissionLine(run, y, c);
		const here = holders.filter((holder) => holder.y === y).sort((g, h) => h.points - g.points);
		if (here.length === 0) continue;
		rows.push({
			label: dataset.cityNames[y],
			status: `${grouped(here.length)} ${here.length === 1 ? 'user' : 'users'}`,
			detail: line === null ? 'growth: no admission line' : `admission line at ${grouped(line)} points`,
			isSubject: false,
		});
		const last = here[here.length - 1];
		rows.push({
			label: dataset.users.ids[last.u],
			status: 'Last in',
			detail: `${grouped(last.points)} points`,
			isSubject: false,
		});
		const firstOut = bestWithout(run, y, c, new Set(here.map((holder) => holder.u)));
		if (firstOut >= 0) {
			const u = userOfPair(pairs, firstOut);
			const points = pointsOfPair(run.brandScores, u, firstOut);
			const words = standingWords(run, standingOf(run, outcome, u, c), points);
			rows.push({
				label: dataset.users.ids[u],
				status: 'First out',
				detail: `${grouped(points)} points; ${lowerFirst(words.status)}`,
				isSubject: false,
			});
		}
	}
	const { seats } = run.supply;
	const worth = worthSentence(unitWorth(run, outcome, c), labelOf(run, c), holders.length, seats[c]);
	return {
		sentence: `${labelOf(run, c)} went to ${grouped(holders.length)} ${holders.length === 1 ? 'user' : 'users'}; the supply rule allows ${grouped(seats[c])} this Drop.`,
		factors: [],
		rows,
		changes: [],
		reasons: [],
		findings: [{ title: 'What one more unit of supply is worth', sentence: worth }],
		strips: admissionStrips(run, outcome, c, -1),
		item: dataset.contracts.ids[c],
	};
}

/** Pair of the best user of city y above the cutoff who does not hold contract c; -1 for none. */
function bestWithout(run: DropRun, y: number, c: number, holders: ReadonlySet<number>): number {
	const { dataset } = run;
	let best = -1;
	let mostPoints = -1;
	for (let u = dataset.cityUserStart[y]; u < dataset.cityUserStart[y + 1]; u++) {
		if (holders.has(u)) continue;
		const p = pairOf(run, u, c);
		if (p < 0 || !run.isAbove[p]) continue;
		const points = pointsOfPair(run.brandScores, u, p);
		if (points > mostPoints) [best, mostPoints] = [p, points];
	}
	return best;
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
