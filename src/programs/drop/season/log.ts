import type { DropContracts, DropDataset, DropHistory, DropUsers, PastDrop } from '../dataset.ts';
import { startsOf } from '../dataset-rows.ts';
import type { DropOutcome } from '../outcome.ts';
import type { WeekEvents } from './behaviour.ts';

/** Assignments and app opens that a season adds to a scenario, as growing columns. */
export interface SeasonLog {
	readonly drops: PastDrop[];
	readonly drop: number[];
	readonly user: number[];
	readonly contract: number[];
	readonly slot: number[];
	readonly points: number[];
	readonly propensity: number[];
	readonly assignedAt: number[];
	readonly selectedAt: number[];
	readonly convertedAt: number[];
	readonly rejectedAt: number[];
	readonly expiredAt: number[];
	readonly openUser: number[];
	readonly openedAt: number[];
}

/** An empty log. */
export function makeLog(): SeasonLog {
	return {
		drops: [],
		drop: [],
		user: [],
		contract: [],
		slot: [],
		points: [],
		propensity: [],
		assignedAt: [],
		selectedAt: [],
		convertedAt: [],
		rejectedAt: [],
		expiredAt: [],
		openUser: [],
		openedAt: [],
	};
}

/** Adds a Drop, its assignments and what became of them. */
export function logWeek(
	log: SeasonLog,
	drop: PastDrop,
	outcome: DropOutcome,
	events: WeekEvents,
	opens: { user: readonly number[]; openedAt: readonly number[] },
): void {
	const d = log.drops.push(drop) - 1;
	for (let a = 0; a < outcome.user.length; a++) {
		log.drop.push(d);
		log.user.push(outcome.user[a]);
		log.contract.push(outcome.contract[a]);
		log.slot.push(outcome.slot[a]);
		log.points.push(outcome.points[a]);
		log.propensity.push(outcome.propensity[a]);
		log.assignedAt.push(drop.scheduledAt);
		log.selectedAt.push(events.selectedAt[a]);
		log.convertedAt.push(events.convertedAt[a]);
		log.rejectedAt.push(events.rejectedAt[a]);
		log.expiredAt.push(events.expiredAt[a]);
	}
	for (let i = 0; i < opens.user.length; i++) {
		log.openUser.push(opens.user[i]);
		log.openedAt.push(opens.openedAt[i]);
	}
}

/**
 * The scenario with the log's rows behind its own. Everything that the log does not touch is shared, so that
 * stages which read only that are reused.
 */
export function withLog(base: DropDataset, contracts: DropContracts, log: SeasonLog): DropDataset {
	return {
		...base,
		contracts,
		drops: [...base.drops, ...log.drops],
		history: mergeHistory(base.history, base.drops.length, log, base.users.ids.length),
		users: mergeOpens(base.users, log),
	};
}

function mergeHistory(base: DropHistory, dropCount: number, log: SeasonLog, userCount: number): DropHistory {
	const order = orderByUser(base.user, log.user, userCount);
	const column = (own: Float64Array, added: readonly number[]) => merged(order, own, added);
	return {
		userStart: order.start,
		drop: Int32Array.from(
			column(
				Float64Array.from(base.drop),
				log.drop.map((d) => d + dropCount),
			),
		),
		user: Uint32Array.from(column(Float64Array.from(base.user), log.user)),
		contract: Uint32Array.from(column(Float64Array.from(base.contract), log.contract)),
		slot: column(base.slot, log.slot),
		points: column(base.points, log.points),
		propensity: column(base.propensity, log.propensity),
		assignedAt: column(base.assignedAt, log.assignedAt),
		selectedAt: column(base.selectedAt, log.selectedAt),
		convertedAt: column(base.convertedAt, log.convertedAt),
		rejectedAt: column(base.rejectedAt, log.rejectedAt),
		expiredAt: column(base.expiredAt, log.expiredAt),
	};
}

function mergeOpens(users: DropUsers, log: SeasonLog): DropUsers {
	const own = new Uint32Array(users.openedAt.length);
	for (let u = 0; u < users.ids.length; u++) own.fill(u, users.openStart[u], users.openStart[u + 1]);
	const order = orderByUser(own, log.openUser, users.ids.length);
	return { ...users, openStart: order.start, openedAt: merged(order, users.openedAt, log.openedAt) };
}

/** Where each row goes: own rows first, then added ones, by user. */
interface RowOrder {
	readonly start: Uint32Array;
	readonly ownAt: Uint32Array;
	readonly addedAt: Uint32Array;
}

function orderByUser(own: Uint32Array, added: readonly number[], userCount: number): RowOrder {
	const start = startsOf(own, userCount);
	const addedStart = startsOf(added, userCount);
	for (let u = 0; u <= userCount; u++) start[u] += addedStart[u];
	const next = start.slice();
	const place = (u: number) => next[u]++;
	return { start, ownAt: Uint32Array.from(own, place), addedAt: Uint32Array.from(added, place) };
}

function merged(order: RowOrder, own: Float64Array, added: readonly number[]): Float64Array {
	const column = new Float64Array(own.length + added.length);
	for (let i = 0; i < own.length; i++) column[order.ownAt[i]] = own[i];
	for (let i = 0; i < added.length; i++) column[order.addedAt[i]] = added[i];
	return column;
}
