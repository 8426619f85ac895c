import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountFor } from '#programs/referral/accounting.ts';
import { checkOutcome } from '#programs/referral/check-outcome.ts';
import { readEdition } from '#programs/referral/read-edition.ts';
import { exportEdition } from '#programs/referral/export.ts';
import type { ReferralOutcome } from '#programs/referral/outcome.ts';
import type { Rules } from '#programs/referral/rules.ts';
import { simulate } from '#programs/referral/simulate.ts';
import { address, anyRevShareRules, anyRules, datasetOf, eventLists, pieRules, revShareRules, type RawEvent } from './arbitrary.ts'; // prettier-ignore
import { oracle } from './oracle.ts';

const runs = { seed: 1, numRuns: 1000 };
const END = 1020;

interface Run {
	readonly outcome: ReferralOutcome;
	readonly rows: { referrer: string; isQualified: boolean; duration: bigint; award: bigint }[];
	readonly awards: Map<string, bigint>;
}

function run(events: readonly RawEvent[], rules: Rules, asOf = END): Run {
	const dataset = datasetOf(events);
	const outcome = simulate(dataset, rules, asOf);
	const rows = Array.from(outcome.order, (r) => ({
		referrer: dataset.addresses[r],
		isQualified: outcome.isQualified[r] === 1,
		duration: BigInt(outcome.counted.duration[r]),
		award: outcome.award[r],
	}));
	return { outcome, rows, awards: new Map(rows.map((row) => [row.referrer, row.award])) };
}

function left(outcome: ReferralOutcome): bigint {
	return outcome.dataModelType === 'pie-split' ? outcome.residue : outcome.remaining;
}

function eventAwards(events: readonly RawEvent[], rules: Rules, asOf: number) {
	const dataset = datasetOf(events);
	const outcome = simulate(dataset, rules, asOf);
	const trace = outcome.dataModelType === 'rev-share-limit' ? accountFor(dataset, outcome) : null;
	return trace === null
		? null
		: Array.from(outcome.counted.event, (e, k) => ({
				id: dataset.eventId[e],
				award: trace.award[k],
				before: trace.poolBefore[k],
				qualified: trace.accumulatedQualified[k],
				revenue: trace.accumulatedRevenue[k],
			}));
}

describe('both models', () => {
	it('give what the slow obvious version gives, and the checker agrees', () => {
		fc.assert(
			fc.property(eventLists, anyRules, fc.integer({ min: 1000, max: END }), (events, rules, asOf) => {
				const { rows, outcome } = run(events, rules, asOf);
				const want = oracle(events, rules, asOf);
				expect(rows).toEqual(want.rows);
				expect(left(outcome)).toBe(want.left);
				expect(checkOutcome(datasetOf(events), outcome).filter((check) => check.state !== 'fine')).toEqual(
					[],
				);
			}),
			{ seed: 1, numRuns: 4000 },
		);
	});

	it('give the same for any order of the event list', () => {
		const shuffled = eventLists.chain((events) =>
			fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
		);
		fc.assert(
			fc.property(shuffled, anyRules, ([events, others], rules) => {
				expect(run(others, rules).rows).toEqual(run(events, rules).rows);
				expect(eventAwards(others, rules, END)).toEqual(eventAwards(events, rules, END));
			}),
			runs,
		);
	});

	it('lose no money: awards and the rest are the pool', () => {
		fc.assert(
			fc.property(eventLists, anyRules, (events, rules) => {
				const { outcome, rows } = run(events, rules);
				const paid = rows.reduce((sum, row) => sum + row.award, 0n);
				expect(paid + left(outcome)).toBe(rules.awardPool);
				expect(left(outcome)).toBeGreaterThanOrEqual(0n);
			}),
			runs,
		);
	});

	it('never lower an award when the pool grows', () => {
		fc.assert(
			fc.property(
				eventLists,
				anyRules,
				fc.bigInt({ min: 0n, max: 1_000_000_000n }),
				(events, rules, more) => {
					const before = run(events, rules).awards;
					const after = run(events, { ...rules, awardPool: rules.awardPool + more }).awards;
					for (const [referrer, award] of before) expect(after.get(referrer)).toBeGreaterThanOrEqual(award);
				},
			),
			runs,
		);
	});

	it('know no more of an event out of the window or of another market than that it is absent', () => {
		const moved = fc.constantFrom<Partial<RawEvent>>(
			{ timestamp: 1000 },
			{ timestamp: END },
			{ subregistryId: { chainId: 8453, address: address('5') } },
		);
		fc.assert(
			fc.property(eventLists, anyRules, fc.nat(), moved, (events, rules, pick, change) => {
				const i = events.length === 0 ? 0 : pick % events.length;
				const there = events.map((event, j) => (j === i ? { ...event, ...change } : event));
				const gone = events.filter((_, j) => j !== i);
				expect(run(there, rules).rows).toEqual(run(gone, rules).rows);
				expect(eventAwards(there, rules, END)).toEqual(eventAwards(gone, rules, END));
			}),
			runs,
		);
	});
});

describe('rev-share-limit', () => {
	it('pays between nothing and the uncapped award, nothing to the unqualified, and adds up by event', () => {
		fc.assert(
			fc.property(eventLists, anyRevShareRules, (events, rules) => {
				const dataset = datasetOf(events);
				const outcome = simulate(dataset, rules, END);
				if (outcome.dataModelType !== 'rev-share-limit') throw new Error('another model');
				const byEvent = dataset.addresses.map(() => 0n);
				outcome.eventAward?.forEach(
					(award, k) => (byEvent[dataset.eventReferrer[outcome.counted.event[k]]] += award),
				);
				for (const r of outcome.order) {
					expect(outcome.award[r]).toBeGreaterThanOrEqual(0n);
					expect(outcome.award[r]).toBeLessThanOrEqual(outcome.uncapped[r]);
					if (outcome.isQualified[r] === 0) expect(outcome.award[r]).toBe(0n);
					if (outcome.eventAward !== null) expect(byEvent[r]).toBe(outcome.award[r]);
				}
			}),
			runs,
		);
	});

	it('tells at an earlier time exactly the first part of its later trace', () => {
		fc.assert(
			fc.property(eventLists, revShareRules, fc.integer({ min: 1000, max: END }), (events, rules, asOf) => {
				const early = eventAwards(events, rules, asOf);
				expect(early).toEqual(eventAwards(events, rules, END)?.slice(0, early?.length));
			}),
			runs,
		);
	});

	it('never lowers the award of others by a disqualification', () => {
		fc.assert(
			fc.property(
				eventLists,
				revShareRules,
				fc.constantFrom('a', 'b', 'c', 'd', 'e'),
				(events, rules, letter) => {
					const referrer = address(letter);
					const others = rules.adminActions.filter((action) => action.referrer !== referrer);
					const out = [
						...others,
						{ actionType: 'Disqualification' as const, referrer, reason: 'out', extra: [] },
					];
					const before = run(events, { ...rules, adminActions: others }).awards;
					const after = run(events, { ...rules, adminActions: out }).awards;
					for (const [who, award] of before) {
						if (who !== referrer) expect(after.get(who)).toBeGreaterThanOrEqual(award);
					}
					expect(after.get(referrer) ?? 0n).toBe(0n);
				},
			),
			runs,
		);
	});

	it('pays no more for the same events over several addresses, beyond rounding', () => {
		fc.assert(
			fc.property(
				eventLists,
				revShareRules,
				fc.array(fc.constantFrom('a', '6', '7', '8'), { minLength: 24, maxLength: 24 }),
				(events, rules, to) => {
					const mine = events.filter((event) => event.referrer === address('a')).length;
					const split = events.map((event, i) =>
						event.referrer === address('a') ? { ...event, referrer: address(to[i]) } : event,
					);
					const free = {
						...rules,
						adminActions: rules.adminActions.filter((action) => action.referrer !== address('a')),
					};
					const before = run(events, free).awards.get(address('a')) ?? 0n;
					const after = run(split, free).awards;
					const together = ['a', '6', '7', '8'].reduce(
						(sum, letter) => sum + (after.get(address(letter)) ?? 0n),
						0n,
					);
					expect(together).toBeLessThanOrEqual(before + 2n * BigInt(mine));
				},
			),
			runs,
		);
	});

	it('gives the same by the closed form as by the race, for every pool', () => {
		fc.assert(
			fc.property(
				eventLists,
				revShareRules,
				fc.array(fc.bigInt({ min: 0n, max: 1_000_000_000n }), { maxLength: 5 }),
				(events, rules, pools) => {
					const dataset = datasetOf(events);
					const first = simulate(dataset, rules, END);
					if (first.dataModelType !== 'rev-share-limit') throw new Error('another model');
					for (const pool of pools) {
						const again = simulate(dataset, { ...rules, awardPool: pool }, END);
						if (again.dataModelType !== 'rev-share-limit') throw new Error('another model');
						let sum = 0n;
						const awards = first.claim.map((claim) => {
							const room = pool > sum ? pool - sum : 0n;
							sum += claim;
							return claim < room ? claim : room;
						});
						expect(again.eventAward).toEqual(awards);
						expect(again.remaining).toBe(pool > sum ? pool - sum : 0n);
					}
				},
			),
			runs,
		);
	});
});

describe('pie-split', () => {
	it('shares out the whole pool but for less than a micro-USDC for each qualified, and never more', () => {
		fc.assert(
			fc.property(eventLists, pieRules, (events, rules) => {
				const { rows, outcome } = run(events, rules);
				const qualified = rows.filter((row) => row.isQualified);
				if (qualified.some((row) => row.duration > 0n))
					expect(left(outcome)).toBeLessThan(BigInt(qualified.length));
				else expect(left(outcome)).toBe(rules.awardPool);
			}),
			runs,
		);
	});

	it('pays no rank more than the one before', () => {
		fc.assert(
			fc.property(eventLists, pieRules, (events, rules) => {
				const { rows } = run(events, rules);
				for (let i = 1; i < rows.length; i++) expect(rows[i].award).toBeLessThanOrEqual(rows[i - 1].award);
			}),
			runs,
		);
	});

	it('changes no award when every duration is multiplied by the same number', () => {
		fc.assert(
			fc.property(eventLists, pieRules, fc.integer({ min: 1, max: 1000 }), (events, rules, factor) => {
				const longer = events.map((event) => ({
					...event,
					incrementalDuration: event.incrementalDuration * factor,
				}));
				expect(run(longer, rules).awards).toEqual(run(events, rules).awards);
			}),
			runs,
		);
	});

	it('rewards splitting in two, which is why split gain is shown', () => {
		const events = (parts: readonly [string, number][]) =>
			parts.map(([letter, years], i) => ({
				id: `e${i}`,
				timestamp: 1005,
				referrer: address(letter),
				incrementalDuration: years * 31_556_952,
				incrementalRevenueContribution: null,
			}));
		const rules = fc.sample(pieRules, { seed: 1, numRuns: 1 })[0];
		const ours = {
			...rules,
			awardPool: 10_000_000_000n,
			maxQualifiedReferrers: 3,
			boostStrength: 1,
			adminActions: [],
		};
		const one = run(events([['c', 4], ['a', 1], ['b', 1]]), ours).awards; // prettier-ignore
		const two = run(events([['c', 2], ['d', 2], ['a', 1], ['b', 1]]), ours).awards; // prettier-ignore
		expect(one.get(address('c'))).toBe(7_619_047_619n);
		expect((two.get(address('c')) ?? 0n) + (two.get(address('d')) ?? 0n)).toBe(8_750_000_000n);
	});
});

describe('reading and writing editions', () => {
	it('reads what it wrote as the same edition', () => {
		fc.assert(
			fc.property(
				anyRules,
				fc.dictionary(fc.constantFrom('note', '__proto__', 'constructor', '7'), fc.jsonValue()),
				(rules, more) => {
					const extra = Object.entries(more);
					const written = exportEdition({
						kind: 'known',
						slug: 'a-1',
						displayName: 'A',
						rules,
						extra,
						rulesExtra: extra,
					});
					const again = readEdition(JSON.parse(JSON.stringify(written)), 0, null).edition;
					expect(again).toMatchObject({ kind: 'known', rules });
					if (again === null) throw new Error('not read');
					expect(JSON.stringify(exportEdition(again))).toBe(JSON.stringify(written));
				},
			),
			runs,
		);
	});
});
