import { describe, expect, it } from 'vitest';
import { logWeek, makeLog, withLog } from '#programs/drop/season/log.ts';
import { gatherOutcome } from '#programs/drop/outcome.ts';
import { handMarket, userRow } from '../hand-market.ts';
import { assignmentRow, datasetOf, daysBefore, runOf } from '../marketplace.ts';

const market = handMarket({
	user: [userRow('u1'), userRow('u2')],
	app_open: [{ user_id: 'u2', opened_at: daysBefore(3) }],
	assignment: [assignmentRow('d1', 'u2', 'ka', 9, { rejected_at: daysBefore(8) })],
});

describe('the log of a season', () => {
	it('adds nothing while it is empty', () => {
		const base = datasetOf(market);
		const same = withLog(base, base.contracts, makeLog());
		expect(same.history).toEqual(base.history);
		expect(same.users).toEqual(base.users);
	});

	it('puts its rows behind the scenario’s own, user by user', () => {
		const { run } = runOf(market);
		const outcome = gatherOutcome(run);
		expect(outcome.user).toHaveLength(2);
		const base = run.dataset;
		const drop = {
			id: 'next',
			scheduledAt: base.now,
			startedAt: base.now,
			completedAt: base.now + 1,
			status: 'completed',
			seed: 1,
			config: null,
		};
		const log = makeLog();
		const events = {
			selectedAt: Float64Array.of(base.now + 1, NaN),
			convertedAt: Float64Array.of(base.now + 2, NaN),
			rejectedAt: Float64Array.of(NaN, base.now + 3),
			expiredAt: Float64Array.of(NaN, NaN),
		};
		logWeek(log, drop, outcome, events, { user: [0, 1], openedAt: [base.now + 4, base.now + 5] });
		const { history, users, drops } = withLog(base, base.contracts, log);

		expect(drops).toHaveLength(9);
		expect(drops[8].id).toBe('next');
		expect([...history.userStart]).toEqual([0, 1, 3]);
		expect([...history.user]).toEqual([0, 1, 1]);
		expect(Array.from(history.drop, (d) => drops[d].id)).toEqual(['next', 'd1', 'next']);
		expect([...history.selectedAt]).toEqual([base.now + 1, NaN, NaN]);
		expect([...history.convertedAt]).toEqual([base.now + 2, NaN, NaN]);
		expect([...history.rejectedAt]).toEqual([NaN, Date.parse(daysBefore(8)), base.now + 3]);
		expect([...users.openStart]).toEqual([0, 1, 3]);
		expect([...users.openedAt]).toEqual([base.now + 4, Date.parse(daysBefore(3)), base.now + 5]);
	});
});
