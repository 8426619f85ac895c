import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMetrics } from '#programs/offer/check-metrics.ts';
import { DONE } from '#programs/offer/events.ts';
import { measure } from '#programs/offer/measure.ts';
import { checkOutcome } from '#programs/offer/outcome.ts';
import { readScenario } from '#programs/offer/read-scenario.ts';
import { simulate } from '#programs/offer/simulate.ts';
import type { OfferState } from '#programs/offer/state.ts';
import { resultOf } from '#programs/offer/result.ts';
import { grow } from '#programs/offer/model/grow.ts';
import { timelineOf } from '#programs/offer/timeline.ts';
import { scenarios } from './timelines.ts';
import { exampleWorld } from './worlds.ts';

/** What must never change once it is there: ended offers, and the terms of credits. */
function fixedParts(state: Readonly<OfferState>): string[] {
	const offers = state.offerId.map((id, o) =>
		[id, state.offerStatus[o], state.offerEndedAt[o], state.offerEndReason[o], state.offerRedeemed[o]].join(),
	);
	const credits = state.creditOwner.map((u, c) =>
		[u, state.creditEarnedCents[c], state.creditExpiresAt[c], state.creditOffer[c]].join(),
	);
	return [...offers.filter((_, o) => state.offerStatus[o] === DONE), ...credits];
}

describe('a replay of any timeline', () => {
	it('keeps every invariant after every event and at the end', () => {
		let [steps, draws, awards, ended] = [0, 0, 0, 0];
		fc.assert(
			fc.property(scenarios, (scenario) => {
				const { dataset, rules } = readScenario(scenario);
				let before: string[] = [];
				const outcome = simulate(dataset, rules, undefined, (state) => {
					steps++;
					expect(checkOutcome(state)).toEqual([]);
					const now = fixedParts(state);
					const kept = new Set(now);
					expect(before.filter((part) => !kept.has(part))).toEqual([]);
					before = now;
				});
				expect(checkOutcome(outcome.state)).toEqual([]);
				expect(checkMetrics(measure(outcome))).toEqual([]);
				draws += outcome.state.drawCredit.length;
				awards += outcome.state.creditKind.filter((kind) => kind === 2).length;
				ended += outcome.state.offerEndedAt.filter((at) => at >= 0).length;
			}),
			{ seed: 1, numRuns: 1000 },
		);
		// the timelines did reach what the invariants are about
		expect(steps).toBeGreaterThan(50_000);
		expect(draws).toBeGreaterThan(2000);
		expect(awards).toBeGreaterThan(500);
		expect(ended).toBeGreaterThan(1000);
	});
});

/** The result of a scenario without its rejections, whose positions are those of the file. */
function resultWithoutRejections(scenario: unknown): unknown {
	const { dataset, rules } = readScenario(scenario);
	const outcome = simulate(dataset, rules);
	return { ...(resultOf(outcome, measure(outcome)) as object), rejections: outcome.refused.length };
}

describe('the order of the file', () => {
	it('does not matter between events of different instants', () => {
		fc.assert(
			fc.property(scenarios, fc.infiniteStream(fc.nat()), (scenario, luck) => {
				const keyed = scenario.events.map((event, i) => ({ event, i, key: luck.next().value as number }));
				// within one instant the order of the file stays
				const groups = new Map<unknown, typeof keyed>();
				for (const each of keyed) {
					const at = (each.event as { at?: unknown } | null)?.at;
					groups.set(at, [...(groups.get(at) ?? []), each]);
				}
				const shuffled = [...groups.values()].sort((a, b) => a[0].key - b[0].key).flat();
				const events = shuffled.map((each) => each.event);
				expect(resultWithoutRejections({ ...scenario, events })).toEqual(resultWithoutRejections(scenario));
			}),
			{ seed: 1, numRuns: 300 },
		);
	});
});

describe('a grown timeline', () => {
	it('keeps every invariant and replays to the identical result', () => {
		for (let seed = 1; seed <= 6; seed++) {
			const world = exampleWorld(seed, { invitee: 1000, award: 1000 });
			const { events, outcome } = grow(world);
			expect(checkOutcome(outcome.state)).toEqual([]);
			const scenario = JSON.parse(JSON.stringify(timelineOf(world, events))) as unknown;
			const { dataset, rules } = readScenario(scenario);
			const replayed = simulate(dataset, rules);
			expect(resultOf(replayed, measure(replayed))).toEqual(resultOf(outcome, measure(outcome)));
		}
	});

	it('replays to the identical result when offers of the plan are refused', () => {
		const example = exampleWorld(3, { invitee: 1000, award: 1000 });
		const world = { ...example, offers: [...example.offers, ...example.offers] };
		const { events, outcome } = grow(world);
		expect(outcome.refused).toEqual([
			{ index: 2, code: 'DUPLICATE_OFFER' },
			{ index: 3, code: 'DUPLICATE_OFFER' },
		]);
		const { dataset, rules } = readScenario(timelineOf(world, events));
		const replayed = simulate(dataset, rules);
		expect(resultOf(replayed, measure(replayed))).toEqual(resultOf(outcome, measure(outcome)));
	});
});

describe('a timeline of the size that the specification names', () => {
	it('keeps every invariant, with hundreds of events refused among 35 000', () => {
		const example = exampleWorld(1, { invitee: 1000, award: 1000 });
		const inputs = { ...example.inputs, organicPerDay: [72] };
		const world = { ...example, inputs };
		const { events } = grow(world);
		const frame = timelineOf(world, events) as { events: Record<string, unknown>[] };
		// every tenth event once more, at the end of the file: registrations, invoices and payments are then refused
		const noise = frame.events
			.filter((_, e) => e % 10 === 0)
			.map((event) => ({ ...event, at: frame.events.at(-1)!.at }));
		const { dataset, rules } = readScenario({ ...frame, events: [...noise, ...frame.events] });
		expect(dataset.events.length).toBeGreaterThan(35_000);
		const outcome = simulate(dataset, rules);
		expect(outcome.refused.length).toBeGreaterThan(500);
		expect(checkOutcome(outcome.state)).toEqual([]);
		expect(checkMetrics(measure(outcome))).toEqual([]);
	});
});
