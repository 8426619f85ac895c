import { canonicalJson } from './hash.ts';
import type { Participants, Report } from './report.ts';

/** What became of the members of one group, city by city say; counts are people. */
export interface PlanGroup {
	readonly label: string;
	/** people who hold more of each kind of item than before, by index of `itemKinds` */
	readonly gain: readonly number[];
	/** people who hold fewer */
	readonly lose: readonly number[];
	/** as many of each kind as before, but others */
	readonly swap: number;
	/** people who hold the same, of a larger or smaller amount; counted only where amounts have a noun */
	readonly more: number;
	readonly less: number;
	readonly same: number;
}

/** What would change, for whom, if the configuration of `after` replaced that of `before`. */
export interface Plan {
	/** nobody moved and every metric is the same */
	readonly isUnchanged: boolean;
	/** people who gain, lose or swap anything, or get another amount */
	readonly movedCount: number;
	/** per participant of the run after: bits as `gainBit` and `loseBit` give them, or `SWAP`, `MORE` or `LESS` */
	readonly effect: Uint16Array;
	/** per participant of the run after: state before, or 255 for someone new */
	readonly stateBefore: Uint8Array;
	/** amount of each before, 0 for someone new; null where amounts have no noun */
	readonly valueBefore: Float64Array | null;
	/** people by state before (row) and after (column), `states.length` squared */
	readonly movement: Uint32Array;
	readonly groups: readonly PlanGroup[];
	/** holders of each item before and after, by index of `items` after */
	readonly holdersBefore: Uint32Array;
	readonly holdersAfter: Uint32Array;
}

/** Bit of `Plan.effect` for someone who holds other items than before, but as many of each kind. */
export const SWAP = 128;
/** Bits of `Plan.effect` for someone who holds the same, of a larger or a smaller amount. */
export const MORE = 256;
export const LESS = 512;
/** Marks someone who took no part before. */
const NEW = 255;
const MOST_KINDS = 3;

/** Bit of `Plan.effect` for someone who gains items of a kind. */
export function gainBit(kind: number): number {
	return 1 << (2 * kind);
}

/** Bit of `Plan.effect` for someone who loses items of a kind. */
export function loseBit(kind: number): number {
	return 2 << (2 * kind);
}

/**
 * Compares two runs person by person; null where a program reports no participants. People and items are
 * matched by id, so the runs may be of different data. A person who holds more sponsored and fewer growth
 * items counts in both lines. Cost: one pass over people and what they hold.
 */
export function planBetween(before: Report, after: Report): Plan | null {
	const [was, is] = [before.participants, after.participants];
	if (!was || !is) return null;
	const personBefore = matchIds(was.ids, is.ids);
	const itemAfter = matchIds(is.items, was.items);
	const count = is.ids.length;
	const stateCount = is.states.length;
	const kindCount = Math.min(is.itemKinds.length, MOST_KINDS);

	const effect = new Uint16Array(count);
	const valueBefore = is.valueNoun === undefined ? null : new Float64Array(count);
	const stateBefore = new Uint8Array(count);
	const movement = new Uint32Array(stateCount * stateCount);
	let movedCount = 0;
	for (let i = 0; i < count; i++) {
		const b = personBefore[i];
		stateBefore[i] = b < 0 ? NEW : was.state[b];
		if (b >= 0 && was.state[b] < stateCount) movement[was.state[b] * stateCount + is.state[i]]++;
		effect[i] = effectOn(was, b, is, i, itemAfter, kindCount);
		if (valueBefore !== null) {
			valueBefore[i] = b < 0 ? 0 : was.value[b];
			if (effect[i] === 0 && is.value[i] !== valueBefore[i])
				effect[i] = is.value[i] > valueBefore[i] ? MORE : LESS;
		}
		if (effect[i] !== 0) movedCount++;
	}

	const holdersBefore = new Uint32Array(is.items.length);
	for (const item of was.item) if (itemAfter[item] >= 0) holdersBefore[itemAfter[item]]++;
	return {
		isUnchanged: movedCount === 0 && was.ids.length === count && sameMetrics(before, after),
		movedCount,
		effect,
		stateBefore,
		valueBefore,
		movement,
		groups: groupCounts(is, effect, kindCount),
		holdersBefore,
		holdersAfter: countItems(is),
	};
}

/** For each id of `wanted` its index in `ids`, -1 for none. */
function matchIds(ids: readonly string[], wanted: readonly string[]): Int32Array {
	const index = new Map(ids.map((id, i) => [id, i]));
	return Int32Array.from(wanted, (id) => index.get(id) ?? -1);
}

function effectOn(
	was: Participants,
	b: number,
	is: Participants,
	i: number,
	itemAfter: Int32Array,
	kindCount: number,
): number {
	// prettier-ignore
	const held = b < 0 ? [] : was.item.subarray(was.itemStart[b], was.itemStart[b + 1]);
	const holds = is.item.subarray(is.itemStart[i], is.itemStart[i + 1]);
	let effect = 0;
	for (let kind = 0; kind < kindCount; kind++) {
		let difference = 0;
		for (const item of holds) if (is.itemKind[item] === kind) difference++;
		for (const item of held) if (was.itemKind[item] === kind) difference--;
		if (difference > 0) effect |= gainBit(kind);
		if (difference < 0) effect |= loseBit(kind);
	}
	if (effect !== 0) return effect;
	// the same counts: are they the same items?
	for (const item of held) if (!holds.includes(itemAfter[item])) return SWAP;
	return 0;
}

function countItems(of: Participants): Uint32Array {
	const holders = new Uint32Array(of.items.length);
	for (const item of of.item) holders[item]++;
	return holders;
}

function groupCounts(is: Participants, effect: Uint16Array, kindCount: number): PlanGroup[] {
	const groups = is.groups.map((label) => ({
		label,
		gain: new Array<number>(kindCount).fill(0),
		lose: new Array<number>(kindCount).fill(0),
		swap: 0,
		more: 0,
		less: 0,
		same: 0,
	}));
	for (let i = 0; i < effect.length; i++) {
		const group = groups[is.group[i]];
		if (!group) continue;
		if (effect[i] === 0) group.same++;
		if ((effect[i] & SWAP) !== 0) group.swap++;
		if ((effect[i] & MORE) !== 0) group.more++;
		if ((effect[i] & LESS) !== 0) group.less++;
		for (let kind = 0; kind < kindCount; kind++) {
			if ((effect[i] & gainBit(kind)) !== 0) group.gain[kind]++;
			if ((effect[i] & loseBit(kind)) !== 0) group.lose[kind]++;
		}
	}
	return groups;
}

function sameMetrics(before: Report, after: Report): boolean {
	const values = (report: Report) => canonicalJson(report.metrics.map((metric) => [metric.id, metric.value]));
	return values(before) === values(after);
}
