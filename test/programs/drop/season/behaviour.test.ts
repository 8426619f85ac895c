import { describe, expect, it } from 'vitest';
import { key32, uniform } from '#engine/random.ts';
import { drawAppOpens, drawEvents, type WeekEvents } from '#programs/drop/season/behaviour.ts';
import { affinityRows, handMarket, userRow } from '../hand-market.ts';
import { contractRow, daysBefore, runOf } from '../marketplace.ts';

const DAY = 86_400_000;
const ids = Array.from({ length: 400 }, (_, i) => `u${i}`);
const { run, outcome } = runOf(
	handMarket({
		user: ids.map((id) => userRow(id)),
		contract: ['a', 'b'].map((brand) => contractRow(`k${brand}`, brand, { supply: 400 })),
		affinity: affinityRows(Object.fromEntries(ids.map((id) => [id, { a: 0.9, b: 0.5 }]))),
	}),
	{ cutoff: { bottomShare: 0 }, supply: { mode: 'none' } },
);

/** Events where each first offer is selected with chance `first`, each second with `second`. */
function eventsOf(
	first: number,
	second: number,
	conversion: number,
	rejection: number,
	seed = 1,
): WeekEvents {
	const selection = Float64Array.from(outcome.slot, (slot) => (slot === 1 ? first : second));
	const expected = { selection, conversion: selection };
	return drawEvents(run, outcome, expected, Float64Array.of(conversion, conversion), rejection, seed);
}

const count = (column: Float64Array) => column.filter((time) => !Number.isNaN(time)).length;

describe('drawEvents', () => {
	it('selects at most one offer of a user, by the cumulative chances in slot order', () => {
		expect(outcome.user).toHaveLength(800);
		const { selectedAt } = eventsOf(0.3, 0.4, 1, 0);
		for (let a = 0; a < 800; a += 2) {
			const u = uniform(1, 4, key32(run.dataset.users.ids[outcome.user[a]]), 0);
			expect([!Number.isNaN(selectedAt[a]), !Number.isNaN(selectedAt[a + 1])]).toEqual([
				u < 0.3,
				u >= 0.3 && u < 0.7,
			]);
		}
	});

	it('converts a selection after 0 to 3 weeks, in shares of 8, 4, 2 and 1 in 15', () => {
		const { selectedAt, convertedAt, expiredAt } = eventsOf(1, 0, 1, 0);
		expect([count(selectedAt), count(convertedAt), count(expiredAt)]).toEqual([400, 400, 0]);
		const weeks = [0, 0, 0, 0];
		for (let a = 0; a < 800; a += 2) weeks[Math.floor((convertedAt[a] - selectedAt[a]) / (7 * DAY))]++;
		[8, 4, 2, 1].forEach((share, k) => {
			// within four standard deviations
			const p = share / 15;
			expect(Math.abs(weeks[k] - 400 * p)).toBeLessThan(4 * Math.sqrt(400 * p * (1 - p)));
		});
	});

	it('expires after 30 days what does not convert', () => {
		const { selectedAt, convertedAt, expiredAt } = eventsOf(1, 0, 0, 0);
		expect(count(convertedAt)).toBe(0);
		for (let a = 0; a < 800; a += 2) expect(expiredAt[a] - selectedAt[a]).toBe(30 * DAY);
	});

	it('rejects only what was not selected', () => {
		const { selectedAt, rejectedAt } = eventsOf(1, 0, 1, 1);
		for (let a = 0; a < 800; a++) expect(Number.isNaN(rejectedAt[a])).toBe(!Number.isNaN(selectedAt[a]));
		expect(count(eventsOf(0, 0, 1, 0).rejectedAt)).toBe(0);
	});

	it('lets nothing happen before the Drop, nor a selection after the next', () => {
		const { selectedAt } = eventsOf(1, 0, 1, 1);
		for (let a = 0; a < 800; a += 2) {
			expect(selectedAt[a]).toBeGreaterThanOrEqual(run.asOf.time);
			expect(selectedAt[a]).toBeLessThan(run.asOf.time + 7 * DAY);
		}
	});

	it('meets the same luck under more chances: who selected at 0.3 selects at 0.5, with another seed others do', () => {
		const [few, more, other] = [eventsOf(0.3, 0, 1, 0), eventsOf(0.5, 0, 1, 0), eventsOf(0.3, 0, 1, 0, 2)];
		for (let a = 0; a < 800; a += 2) {
			if (!Number.isNaN(few.selectedAt[a])) expect(more.selectedAt[a]).toBe(few.selectedAt[a]);
		}
		expect(other.selectedAt).not.toEqual(few.selectedAt);
	});
});

describe('drawAppOpens', () => {
	it('opens with the base rate times 0.85 for each week away', () => {
		const user = [0, 1, 2, 3].map((weeks) => userRow(`u${weeks}`, { created_at: daysBefore(7 * weeks) }));
		const away = runOf(handMarket({ user })).run;
		for (let seed = 0; seed < 50; seed++) {
			const opens = drawAppOpens(away, 0.6, seed);
			const slow = [0, 1, 2, 3].filter(
				(weeks) => uniform(seed, 7, key32(`u${weeks}`), 0) < 0.6 * 0.85 ** weeks,
			);
			expect(opens.user).toEqual(slow);
			for (const time of opens.openedAt) {
				expect(time - away.asOf.time).toBeGreaterThanOrEqual(0);
				expect(time - away.asOf.time).toBeLessThan(7 * DAY);
			}
		}
	});

	it('leaves out who is blocked', () => {
		const { run: blocked } = runOf(handMarket({ user: [userRow('u1', { status: 'blocked' })] }));
		expect(drawAppOpens(blocked, 1, 1).user).toEqual([]);
	});
});
