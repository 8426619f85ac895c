import { describe, expect, it } from 'vitest';
import { GRACE_MINUTES, isAlarming, pingsOf, pingState } from '#programs/drop/operations/pings.ts';

const MINUTE = 60_000;
const start = { id: 'start', atMs: 0 } as const;

describe('the pings of a Drop', () => {
	it('are a start, a success and a failure, each with the grace time', () => {
		expect(pingsOf('d09', 0).map(({ body }) => body)).toEqual(
			['start', 'success', 'failure'].map((ping) => ({ ping, drop: 'd09', at: '1970-01-01T00:00:00Z', graceMinutes: 120 })), // prettier-ignore
		);
	});

	it('alarm for a Drop that started and did not finish within the grace time, and not before', () => {
		expect(pingState([start], GRACE_MINUTES * MINUTE)).toBe('running');
		expect(pingState([start], GRACE_MINUTES * MINUTE + 1)).toBe('late');
		expect(pingState([start], 11 * MINUTE, 10)).toBe('late');
		expect(['late', 'failed'].map((state) => isAlarming(state as 'late'))).toEqual([true, true]);
		expect(['not-started', 'running', 'completed'].map((state) => isAlarming(state as 'late'))).toEqual([false, false, false]); // prettier-ignore
	});

	it('follow the last ping seen, in whatever order they came', () => {
		const success = { id: 'success', atMs: 30 * MINUTE } as const;
		const failure = { id: 'failure', atMs: 40 * MINUTE } as const;
		expect(pingState([], 0)).toBe('not-started');
		expect(pingState([success, start], 60 * MINUTE)).toBe('completed');
		expect(pingState([success, start, failure], 60 * MINUTE)).toBe('failed');
		expect(pingState([success, start], 20 * MINUTE)).toBe('running');
	});
});
