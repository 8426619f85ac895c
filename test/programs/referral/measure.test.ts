import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indexEvents, readEvents } from '#programs/referral/dataset.ts';
import { measure } from '#programs/referral/measure.ts';
import { readEdition } from '#programs/referral/read-edition.ts';
import type { PieSplitRules, Rules } from '#programs/referral/rules.ts';
import { simulate } from '#programs/referral/simulate.ts';
import { splitGain } from '#programs/referral/split-gain.ts';
import { standingsOf, STANDINGS } from '#programs/referral/standing.ts';

const YEAR = 31_556_952;

interface CaseFile {
	readonly cases: readonly {
		readonly id: string;
		readonly input: { readonly edition: unknown; readonly accurateAsOf: number; readonly events: unknown[] };
	}[];
}

/** A case of the vectors, opened. */
function openCase(file: string, id: string, change: (rules: Rules) => Rules = (rules) => rules) {
	const { cases } = JSON.parse(
		readFileSync(new URL(`vectors/${file}.json`, import.meta.url), 'utf8'),
	) as CaseFile;
	const input = cases.find((one) => one.id === id)?.input;
	if (!input) throw new Error(`no case ${id}`);
	const dataset = indexEvents(readEvents(input.events));
	const { edition } = readEdition(input.edition, 0, null);
	if (edition?.kind !== 'known') throw new Error('not readable');
	const outcome = simulate(dataset, change(edition.rules), input.accurateAsOf);
	return {
		dataset,
		outcome,
		value: (metric: string) => measure(dataset, outcome).find((one) => one.id === metric)?.value,
	};
}

describe('measure', () => {
	it('gives the figures of worked example 10.1', () => {
		const { value } = openCase('01-pie-split-basic', 'four-referrers-three-places');
		const want = {
			'board.count': 4, 'board.qualified': 3, 'board.paid': 3, 'award.paid': 9_999_999_999, 'award.poolUse': 0.9999999999,
			'award.perYear': 1_333_333_333.2, 'award.perReferral': 1_999_999_999.8, 'award.top1': 6_666_666_666 / 9_999_999_999,
			'pie.residue': 1, 'pie.cutoffGap': 15_778_476, 'pie.splitGain': 1_111_111_111, 'pie.freePlaces': 0, 'pie.leastScore': 1,
		}; // prettier-ignore
		for (const [metric, expected] of Object.entries(want))
			expect([metric, value(metric)]).toEqual([metric, expected]);
		expect(value('award.gini')).toBeCloseTo(0.541667, 6);
		expect(value('award.herfindahl')).toBeCloseTo(0.513889, 6);
		expect(value('pie.boostTransfer')).toBeCloseTo(0.095238, 6);
		expect(value('race.demand')).toBeNull();
	});

	it('gives the figures of worked example 10.7', () => {
		const { value, dataset, outcome } = openCase(
			'04-rev-share-limit-pool-runs-out',
			'runs-out-inside-a-catch-up',
		);
		const want = {
			'board.count': 4, 'board.qualified': 3, 'board.paid': 2, 'award.paid': 400_000_000, 'award.poolUse': 1, 'award.top1': 0.75,
			'award.gini': 0.625, 'award.herfindahl': 0.625, 'race.qualifiedRevenue': 2_800_000_000, 'race.demand': 1_350_000_000,
			'race.shortfall': 950_000_000, 'race.stranded': 50_000_000, 'race.forfeited': 0, 'race.nearMisses': 0, 'race.timeToQualify': 0,
			'race.yearsToBar': 100, 'race.awardAtBar': 250_000_000, 'race.poolBuys': 800_000_000, 'race.seatsAtBar': 1.6, 'pie.residue': null,
		}; // prettier-ignore
		for (const [metric, expected] of Object.entries(want))
			expect([metric, value(metric)]).toEqual([metric, expected]);
		expect(value('award.perYear')).toBeCloseTo(714_285.714286, 6);
		expect(value('award.perReferral')).toBeCloseTo(66_666_666.666667, 6);
		expect(value('race.costRate')).toBeCloseTo(0.142857, 6);
		expect(value('race.coverage')).toBeCloseTo(0.296296, 6);
		if (outcome.dataModelType !== 'rev-share-limit') throw new Error('another model');
		expect(outcome.emptiedBy).toBe(2);
		const { startTime, endTime } = outcome.rules;
		expect(value('race.exhausted')).toBe((dataset.eventTime[2] - startTime) / (endTime - startTime));
		const standing = standingsOf(dataset, outcome);
		expect(Array.from(outcome.order, (r) => STANDINGS[standing[r]])).toEqual([
			'cut by the pool',
			'cut by the pool',
			'pool empty',
			'below the bar',
		]);
	});

	it('gives nothing rather than a wrong ratio on an empty board', () => {
		const { value } = openCase('02-pie-split-ties-and-degenerate', 'no-referrals');
		expect(
			[
				'award.gini',
				'award.top1',
				'award.perYear',
				'award.perReferral',
				'pie.splitGain',
				'pie.boostTransfer',
				'pie.residue',
			].map(value),
		).toEqual([null, null, null, null, null, null, null]);
		expect(value('award.poolUse')).toBe(0);
	});

	it('settles example 10.7 pro rata as the spec says', () => {
		const { dataset, outcome, value } = openCase(
			'04-rev-share-limit-pool-runs-out',
			'runs-out-inside-a-catch-up',
			(rules) => {
				if (rules.dataModelType !== 'rev-share-limit') throw new Error('another model');
				return { ...rules, settlement: 'pro-rata' };
			},
		);
		const awards = new Map(Array.from(outcome.order, (r) => [dataset.addresses[r][2], outcome.award[r]]));
		expect(awards).toEqual(new Map([['c', 222_222_222n], ['b', 103_703_703n], ['a', 74_074_074n], ['d', 0n]])); // prettier-ignore
		expect(value('race.remaining')).toBe(1);
	});

	it('cuts the claim that would pass the cap, and leaves the rest to those who come later', () => {
		const { outcome, dataset } = openCase(
			'04-rev-share-limit-pool-runs-out',
			'runs-out-inside-a-catch-up',
			(rules) => {
				if (rules.dataModelType !== 'rev-share-limit') throw new Error('another model');
				return { ...rules, maxAwardPerReferrer: 150_000_000n };
			},
		);
		// b takes its cap at once, a its own; c finds 100 left of 400, b nothing more
		const awards = new Map(Array.from(outcome.order, (r) => [dataset.addresses[r][2], outcome.award[r]]));
		expect(awards).toEqual(new Map([['b', 150_000_000n], ['a', 150_000_000n], ['c', 100_000_000n], ['d', 0n]])); // prettier-ignore
	});
});

describe('further levers of pie-split', () => {
	const pie = (change: Partial<PieSplitRules>) =>
		openCase('01-pie-split-basic', 'four-referrers-three-places', (rules) => {
			if (rules.dataModelType !== 'pie-split') throw new Error('another model');
			return { ...rules, ...change };
		});

	it('split by time alone without the boost', () => {
		const { outcome } = pie({ boostStrength: 0 });
		expect(Array.from(outcome.order, (r) => outcome.award[r])).toEqual([
			5_714_285_714n,
			2_857_142_857n,
			1_428_571_428n,
			0n,
		]);
	});

	it('rank the disqualified last, and give their place to the next', () => {
		const { outcome, dataset } = pie({
			adminActions: [
				{ actionType: 'Disqualification', referrer: `0x${'b'.repeat(40)}`, reason: 'out', extra: [] },
			],
		});
		expect(Array.from(outcome.order, (r) => dataset.addresses[r][2])).toEqual(['a', 'c', 'd', 'b']);
		// weights 4, 3, 2 on 4, 1 and 0.5 years: 16, 3 and 1 of 20
		expect(Array.from(outcome.order, (r) => outcome.award[r])).toEqual([
			8_000_000_000n,
			1_500_000_000n,
			500_000_000n,
			0n,
		]);
	});
});

describe('splitGain', () => {
	it('is what a run with the split in it pays more', () => {
		const { outcome, dataset } = openCase('02-pie-split-ties-and-degenerate', 'one-account');
		if (outcome.dataModelType !== 'pie-split') throw new Error('another model');
		// c's 4 years become 2 and 2 (example 10.5): 8 750 000 000 instead of 7 619 047 619
		expect(splitGain(outcome, dataset.addresses.indexOf(`0x${'c'.repeat(40)}`))).toBe(
			8_750_000_000n - 7_619_047_619n,
		);
	});

	it('is what every referrer gains in a run where both halves win ties', () => {
		const years = [9, 4, 4, 3, 1, 0];
		const letters = ['1', '2', '3', '4', '5', '6'];
		const event = (referrer: string, seconds: number, id: string) => ({
			id,
			timestamp: 1_768_000_000,
			referrer,
			incrementalDuration: seconds,
			incrementalRevenueContribution: null,
		});
		const events = years.map((n, i) => event(`0x${letters[i].repeat(40)}`, n * YEAR + i, `e${i}`));
		for (const places of [1, 2, 3, 5, 20]) {
			const { edition } = readEdition(
				{
					slug: 'a',
					displayName: 'a',
					rules: {
						dataModelType: 'pie-split',
						startTime: 0,
						endTime: 2_000_000_000,
						subregistryId: { chainId: 1, address: `0x${'5'.repeat(40)}` },
						rulesUrl: 'https://example.com',
						areAwardsDistributed: false,
						awardPool: { amount: '999999937', currency: 'USDC' },
						maxQualifiedReferrers: places,
					},
				},
				0,
				null,
			);
			if (edition?.kind !== 'known') throw new Error('not readable');
			const { rules } = edition;
			const dataset = indexEvents(readEvents(events));
			const outcome = simulate(dataset, rules, 2_000_000_000);
			if (outcome.dataModelType !== 'pie-split') throw new Error('another model');
			for (const [r, address] of dataset.addresses.entries()) {
				const total = outcome.counted.duration[r];
				const half = Math.floor(total / 2);
				// the greatest addresses win every tie
				const split = events
					.filter((one) => one.referrer !== address)
					.concat(event(`0x${'f'.repeat(40)}`, total - half, 'x'), event(`0x${'e'.repeat(40)}`, half, 'y'));
				const after = indexEvents(readEvents(split));
				const { award } = simulate(after, rules, 2_000_000_000);
				const together =
					award[after.addresses.indexOf(`0x${'f'.repeat(40)}`)] +
					award[after.addresses.indexOf(`0x${'e'.repeat(40)}`)];
				const gain = together > outcome.award[r] ? together - outcome.award[r] : 0n;
				expect([places, address[2], splitGain(outcome, r)]).toEqual([places, address[2], gain]);
			}
		}
	});
});
