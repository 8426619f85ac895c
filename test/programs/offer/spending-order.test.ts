import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeState } from '#programs/offer/state.ts';
import { offerRules } from '#programs/offer/rules.ts';
import { applyEvent } from '#programs/offer/apply-event.ts';
import { expire } from '#programs/offer/stages/expire.ts';

const DAY = 86_400_000;

interface Credit {
	readonly cents: number;
	readonly day: number;
	readonly life: number;
}

interface Charge {
	readonly cents: number;
	readonly day: number;
}

/** Cents that the engine covers: credits come as awards, one invitee and offer each. */
function drawnByEngine(
	credits: readonly Credit[],
	charges: readonly Charge[],
): { drawn: number; perCharge: number[] } {
	const state = makeState(offerRules.parse({ awardAfterInvoices: 1 }), 0);
	applyEvent(state, { kind: 'SIGNUP', at: 0, user: 'owner', referrer: null });
	applyEvent(state, { kind: 'PROJECT_CREATE', at: 0, project: 'p', user: 'owner' });
	const steps = [
		...credits.map(({ day }, n) => ({ day, n, isCredit: true })),
		...charges.map(({ day }, n) => ({ day, n, isCredit: false })),
	].sort((a, b) => a.day - b.day || Number(b.isCredit) - Number(a.isCredit) || a.n - b.n);
	for (const { day, n, isCredit } of steps) {
		const at = day * DAY;
		expire(state, at);
		if (!isCredit) {
			applyEvent(state, { kind: 'USAGE', at, user: 'owner', project: 'p', cents: charges[n].cents });
			continue;
		}
		const { cents, life } = credits[n];
		const [user, project, invoice] = [`u${n}`, `p${n}`, `i${n}`];
		applyEvent(state, {
			kind: 'OFFER_CREATE', at, offer: `o${n}`, type: 1, status: 0, inviteeCents: 0, inviteeDays: 0, awardCents: cents, awardDays: life,
			cap: -1, expiresAt: -1,
		}); // prettier-ignore
		applyEvent(state, { kind: 'SIGNUP', at, user, referrer: 'owner' });
		applyEvent(state, { kind: 'PROJECT_CREATE', at, project, user });
		applyEvent(state, { kind: 'USAGE', at, user, project, cents: 1 });
		applyEvent(state, { kind: 'INVOICE_ISSUE', at, invoice, user });
		applyEvent(state, { kind: 'INVOICE_PAY', at, invoice });
	}
	expect(state.creditOwner).toHaveLength(credits.length);
	const own = state.usageUser
		.map((u, g) => (u === 0 ? state.usageCoveredCents[g] : -1))
		.filter((cents) => cents >= 0);
	return { drawn: state.usedCents, perCharge: own };
}

/** The most that any way of drawing covers: every split of every charge, cent by cent. */
function mostByBruteForce(credits: readonly Credit[], charges: readonly Charge[]): number {
	const sorted = [...charges].sort((a, b) => a.day - b.day);
	const memo = new Map<string, number>();
	const best = (n: number, left: readonly number[]): number => {
		if (n === sorted.length) return 0;
		const key = `${n}:${left.join()}`;
		const known = memo.get(key);
		if (known !== undefined) return known;
		let most = 0;
		const split = (c: number, need: number, now: readonly number[]): void => {
			if (c === credits.length) {
				most = Math.max(most, sorted[n].cents - need + best(n + 1, now));
				return;
			}
			const { day, life } = credits[c];
			const isLive = day <= sorted[n].day && sorted[n].day < day + life;
			for (let taken = 0; taken <= (isLive ? Math.min(need, now[c]) : 0); taken++) {
				split(c + 1, need - taken, now.with(c, now[c] - taken));
			}
		};
		split(0, sorted[n].cents, left);
		memo.set(key, most);
		return most;
	};
	return best(0, credits.map(({ cents }) => cents)); // prettier-ignore
}

describe('the spending order', () => {
	it('draws as the worked example of spec section 18 says', () => {
		const credits = [
			{ cents: 500, day: 0, life: 60 },
			{ cents: 300, day: 0, life: 20 },
			{ cents: 200, day: 0, life: 40 },
			{ cents: 100, day: 0, life: 20 },
		];
		const charges = [
			{ cents: 350, day: 5 },
			{ cents: 250, day: 19 },
			{ cents: 100, day: 20 },
			{ cents: 400, day: 39 },
		];
		expect(drawnByEngine(credits, charges)).toEqual({ drawn: 1100, perCharge: [350, 250, 100, 400] });
	});

	it('covers as much as any other order could', () => {
		let short = 0;
		const day = fc.integer({ min: 0, max: 12 });
		fc.assert(
			fc.property(
				fc.array(
					fc.record({ cents: fc.integer({ min: 1, max: 5 }), day, life: fc.integer({ min: 1, max: 8 }) }),
					{ maxLength: 4 },
				),
				fc.array(fc.record({ cents: fc.integer({ min: 0, max: 6 }), day }), { maxLength: 4 }),
				(credits, charges) => {
					const { drawn } = drawnByEngine(credits, charges);
					expect(drawn).toBe(mostByBruteForce(credits, charges));
					if (drawn < charges.reduce((sum, { cents }) => sum + cents, 0)) short++;
				},
			),
			{ seed: 1, numRuns: 1000 },
		);
		expect(short).toBeGreaterThan(100);
	});
});
