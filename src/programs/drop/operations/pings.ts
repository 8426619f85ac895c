import type { PackPing } from '../../operations.ts';
import { formatInstant } from '../../instant.ts';

/** A signal of a Drop, as posted. */
export interface Ping {
	readonly ping: PackPing['id'];
	readonly drop: string;
	/** ISO 8601 UTC */
	readonly at: string;
	/** minutes within which success or failure must follow a start */
	readonly graceMinutes: number;
}

/** How a Drop stands by its pings. */
export type PingState = 'not-started' | 'running' | 'late' | 'failed' | 'completed';

/** Minutes that a Drop may take (spec section 12). */
export const GRACE_MINUTES = 120;

/** The three pings of a Drop, in order, as they would be posted at a time in epoch milliseconds. */
export function pingsOf(drop: string, atMs: number): PackPing[] {
	const body = (ping: PackPing['id']): Ping => ({ ping, drop, at: formatInstant(atMs), graceMinutes: GRACE_MINUTES }); // prettier-ignore
	return [
		{ id: 'start', when: 'before the first city is matched', body: body('start') },
		{ id: 'success', when: 'when the last assignment is written', body: body('success') },
		{ id: 'failure', when: 'when the Drop breaks off', body: body('failure') },
	];
}

/**
 * The state that follows from pings, each `{ id, atMs }`, seen at `nowMs`. The last one counts; a start that
 * neither success nor failure has followed within the grace time is late, and alarms. Pings dated later than now
 * are not seen.
 */
export function pingState(
	pings: readonly { readonly id: PackPing['id']; readonly atMs: number }[],
	nowMs: number,
	graceMinutes: number = GRACE_MINUTES,
): PingState {
	let last: { id: PackPing['id']; atMs: number } | null = null;
	for (const ping of pings) if (ping.atMs <= nowMs && (last === null || ping.atMs >= last.atMs)) last = ping;
	if (last === null) return 'not-started';
	if (last.id === 'success') return 'completed';
	if (last.id === 'failure') return 'failed';
	return nowMs - last.atMs > graceMinutes * 60_000 ? 'late' : 'running';
}

/** Does a state alarm? */
export function isAlarming(state: PingState): boolean {
	return state === 'late' || state === 'failed';
}
