import { exp } from '#engine/math.ts';
import { key32, uniform } from '#engine/random.ts';
import type { EventRows } from '../dataset.ts';
import { JOIN, MONTH_END, PLEDGE, UNPLEDGE } from '../events.ts';
import { makeInts, makeNumbers, push } from '../growing.ts';
import type { GeneratorOptions } from './options.ts';

/** Purposes of the generator’s luck (spec section 18); words of one purpose are told apart by b or by project. */
const ARRIVALS = 43;
const LIMIT = 44;
const PLEDGE_COUNT = 45;
const PROJECT = 46;
const LEAVING = 47;

const MONTH_DAYS = 30;

/** A pledge as the generator made it, whatever a policy did with it later. */
interface Made {
	readonly patron: number;
	readonly key: number;
	readonly project: number;
	/** the day it is taken back by a flapper, -1 for none */
	readonly flapDay: number;
}

/**
 * The events of a history without answers: the same for every policy. Each day has its month end first, then
 * flappers who leave, then other pledges taken back, oldest first, then newcomers. Cost: O(pledges · days).
 */
export function makeEvents(
	options: GeneratorOptions,
	seed: number,
	projectIds: readonly string[],
): EventRows {
	const type = makeInts();
	const day = makeNumbers();
	const limit = makeNumbers();
	const patronId: (string | null)[] = [];
	const projectId: (string | null)[] = [];
	const emit = (on: number, what: number, who: string | null, where: string | null, amount: number) => {
		push(type, what);
		push(day, on);
		push(limit, amount);
		patronId.push(who);
		projectId.push(where);
	};

	const appeal = projectIds.map((_, p) => options.appeals[p] ?? 1 / (p + 1));
	let made: Made[] = [];
	let patronCount = 0;
	for (let today = 0; today <= options.days; today++) {
		if (today > 0 && today % MONTH_DAYS === 0) emit(today, MONTH_END, null, null, NaN);
		made = takeBack(made, today);
		const arrivals =
			today === 0 ? options.patrons : poisson(options.arrivalsPerDay, uniform(seed, ARRIVALS, today, 0));
		for (let i = 0; i < arrivals; i++) arrive(today);
	}
	const count = type.length;
	return {
		type: Uint8Array.from(type.data.subarray(0, count)),
		day: day.data.slice(0, count),
		limit: limit.data.slice(0, count),
		patronId,
		projectId,
		isKept: new Uint8Array(count),
	};

	function arrive(today: number): void {
		const number = patronCount++;
		const id = patronName(number);
		const { limit: amount } = weighted(options.limits, uniform(seed, LIMIT, number, 0));
		emit(today, JOIN, id, null, amount);
		const { count: wanted } = weighted(options.pledgeCounts, uniform(seed, PLEDGE_COUNT, number, 0));
		const isFlapper = today > 0 && uniform(seed, PLEDGE_COUNT, number, 1) < options.flapperShare;
		for (const p of drawProjects(appeal, wanted, seed, number)) {
			emit(today, PLEDGE, id, projectIds[p], NaN);
			made.push({ patron: number, key: key32(id), project: p, flapDay: isFlapper ? today + 1 : -1 });
		}
	}

	/** Emits what is taken back today; gives what stays. */
	function takeBack(pledges: readonly Made[], today: number): Made[] {
		const isFlap = (one: Made) => one.flapDay === today;
		const isLeaving = (one: Made) =>
			!isFlap(one) &&
			uniform(seed, LEAVING + 256 * one.project, one.key, today) < options.unpledgeProbability;
		const gone = [...pledges.filter(isFlap), ...pledges.filter(isLeaving)];
		if (gone.length === 0) return pledges as Made[];
		for (const one of gone) emit(today, UNPLEDGE, patronName(one.patron), projectIds[one.project], NaN);
		const isGone = new Set(gone);
		return pledges.filter((one) => !isGone.has(one));
	}
}

function patronName(number: number): string {
	return `p${String(number + 1).padStart(5, '0')}`;
}

/** Poisson by inversion: the least n whose cumulative probability exceeds u. */
function poisson(mean: number, u: number): number {
	let term = exp(-mean);
	let cumulative = term;
	let n = 0;
	// far in the tail the terms vanish; stop there
	while (u >= cumulative && term > 0) {
		n++;
		term *= mean / n;
		cumulative += term;
	}
	return n;
}

/** The entry at share u of the total weight; the first where all weights are 0. */
function weighted<T extends { readonly weight: number }>(entries: readonly T[], u: number): T {
	let total = 0;
	for (const { weight } of entries) total += weight;
	let left = u * total;
	for (const entry of entries) {
		if (left < entry.weight) return entry;
		left -= entry.weight;
	}
	return entries[0];
}

/** Up to `wanted` different projects by appeal, in the order drawn; fewer where appeal runs out. */
function drawProjects(appeal: readonly number[], wanted: number, seed: number, patron: number): number[] {
	const left = appeal.map((weight, p) => ({ weight, p }));
	const drawn: number[] = [];
	while (drawn.length < wanted && left.some(({ weight }) => weight > 0)) {
		const entry = weighted(left, uniform(seed, PROJECT, patron, drawn.length));
		drawn.push(entry.p);
		left.splice(left.indexOf(entry), 1);
	}
	return drawn;
}
