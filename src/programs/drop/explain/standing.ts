import type { DropOutcome } from '../outcome.ts';
import { grouped } from '../../number-text.ts';
import { compareTiedPairs, LUCK_PURPOSE } from '../pair-order.ts';
import { failingReasons, INELIGIBLE_REASONS } from '../reasons.ts';
import type { DropRun } from '../simulate.ts';
import { userOfPair } from '../stages/eligibility.ts';
import { pointsOfPair } from '../stages/points-of-pairs.ts';

/** What became of a pair, by the first thing that decided it. */
export type Standing =
	| { readonly kind: 'given'; readonly slot: number }
	| { readonly kind: 'ineligible'; readonly reasons: readonly string[] }
	| { readonly kind: 'below-cutoff'; readonly place: number; readonly ranked: number }
	| { readonly kind: 'put-out' }
	| { readonly kind: 'brand-held'; readonly by: number }
	/** the contract was full: its last holder had `line` points */
	| { readonly kind: 'full'; readonly line: number }
	| { readonly kind: 'outranked' }
	/** growth: the ratio left no room, the user had no sponsored reward or no slot, or the draw went elsewhere */
	| { readonly kind: 'growth-missed'; readonly why: 'no-sponsored' | 'no-slot' | 'no-room' | 'not-drawn' };

/** Pair index of (u, c); -1 when the pair is not eligible. */
export function pairOf(run: DropRun, u: number, c: number): number {
	for (let p = run.pairs.start[u]; p < run.pairs.start[u + 1]; p++) if (run.pairs.contract[p] === c) return p;
	return -1;
}

/** Points of the last holder of contract c in city y, by brand-side points; null when nobody holds it. */
export function admissionLine(run: DropRun, y: number, c: number): number | null {
	let line: number | null = null;
	const { pair, contract } = run.cities[y].assigned;
	for (let a = 0; a < pair.length; a++) {
		if (contract[a] !== c) continue;
		const p = pair[a];
		const points = pointsOfPair(run.brandScores, userOfPair(run.pairs, p), p);
		if (line === null || points < line) line = points;
	}
	return line;
}

/** Where pair (u, c) stands in the outcome. */
export function standingOf(run: DropRun, outcome: DropOutcome, u: number, c: number): Standing {
	const { dataset, asOf } = run;
	const { contracts } = dataset;
	const y = dataset.users.city[u];
	const city = run.cities[y];
	const held: number[] = [];
	for (let i = outcome.userStart[u]; i < outcome.userStart[u + 1]; i++) {
		const a = outcome.byUser[i];
		if (outcome.contract[a] === c) return { kind: 'given', slot: outcome.slot[a] };
		held.push(a);
	}
	const reasons = failingReasons(dataset, asOf, city.seats, u, c);
	if (reasons.length > 0) return { kind: 'ineligible', reasons };
	const p = pairOf(run, u, c);
	if (!run.isAbove[p]) {
		const cell = u * dataset.brandIds.length + contracts.brand[c];
		return { kind: 'below-cutoff', place: run.ranking.place[cell], ranked: run.ranking.count[u] };
	}
	if (city.assigned.isOut[u - dataset.cityUserStart[y]]) return { kind: 'put-out' };
	const rival = held.find((a) => contracts.brand[outcome.contract[a]] === contracts.brand[c]);
	if (rival !== undefined) return { kind: 'brand-held', by: outcome.contract[rival] };
	return contracts.isSponsored[c]
		? sponsoredStanding(run, outcome, u, c, p, held)
		: growthStanding(run, outcome, u, held);
}

function sponsoredStanding(
	run: DropRun,
	outcome: DropOutcome,
	u: number,
	c: number,
	p: number,
	held: readonly number[],
): Standing {
	const { dataset, config } = run;
	const quota = config.slotsPerUser - config.growth.reservedSlots;
	const sponsored = held.filter((a) => dataset.contracts.isSponsored[outcome.contract[a]]);
	const stream = LUCK_PURPOSE + 256 * run.week;
	const points = pointsOfPair(run.scores, u, p);
	const isOutranked =
		sponsored.length >= quota &&
		sponsored.every(
			(a) =>
				outcome.points[a] > points ||
				(outcome.points[a] === points &&
					compareTiedPairs(dataset, run.pairs, config.seed, stream, u, outcome.pair[a], p) < 0),
		);
	if (isOutranked) return { kind: 'outranked' };
	return { kind: 'full', line: admissionLine(run, dataset.users.city[u], c) ?? 0 };
}

function growthStanding(run: DropRun, outcome: DropOutcome, u: number, held: readonly number[]): Standing {
	const { dataset, config } = run;
	const isSponsoredAny = held.some((a) => dataset.contracts.isSponsored[outcome.contract[a]]);
	if (config.growth.requiresSponsored && !isSponsoredAny)
		return { kind: 'growth-missed', why: 'no-sponsored' };
	if (held.length >= config.slotsPerUser) return { kind: 'growth-missed', why: 'no-slot' };
	const hasGrowth = held.some((a) => !dataset.contracts.isSponsored[outcome.contract[a]]);
	return { kind: 'growth-missed', why: hasGrowth ? 'not-drawn' : 'no-room' };
}

/** Status and detail of a standing, in words for people. */
export function standingWords(
	run: DropRun,
	standing: Standing,
	points: number,
): { status: string; detail: string } {
	switch (standing.kind) {
		case 'given':
			return { status: 'Got it', detail: `slot ${standing.slot}` };
		case 'ineligible':
			return { status: 'Not eligible', detail: standing.reasons.map(reasonSentence).join(' ') };
		case 'below-cutoff':
			return {
				status: 'Below the cutoff',
				detail:
					standing.place > 0
						? `brand ranked ${standing.place} of ${standing.ranked}`
						: 'affinity under the least one',
			};
		case 'put-out':
			return { status: 'Skipped', detail: 'all of her sponsored assignments were below the cutoff' };
		case 'brand-held':
			return { status: 'Brand already held', detail: `by ${run.dataset.contracts.ids[standing.by]}` };
		case 'full':
			return {
				status: 'Full',
				detail: `line at ${grouped(standing.line)}, short by ${grouped(Math.max(0, standing.line - points))}`,
			};
		case 'outranked':
			return { status: 'Outranked', detail: 'all of her slots went to better choices of her own' };
		case 'growth-missed':
			return { status: 'Not given', detail: GROWTH_WORDS[standing.why] };
	}
}

const GROWTH_WORDS = {
	'no-sponsored': 'growth rewards go to users with a sponsored one, and she has none',
	'no-slot': 'no slot was open',
	'no-room': 'the sponsorship ratio left no room for more growth rewards in the city',
	'not-drawn': 'another growth reward was drawn for her',
} as const;

/** The sentence of a reason code. */
export function reasonSentence(code: string): string {
	return INELIGIBLE_REASONS.find(([known]) => known === code)?.[1] ?? code;
}
