import { pow } from '#engine/math.ts';
import { makeWords, threefry, uniform } from '#engine/random.ts';
import { z } from 'zod';
import { inputError } from '../input-error.ts';
import { formatInstant } from '../instant.ts';
import { lever, listLevers, type Config } from '../levers.ts';
import type { GeneratorSpec } from '../program.ts';
import type { Column, ScenarioContent, TableData } from '../tables.ts';
import { YEAR_SECONDS } from './money.ts';

/** Realistic histories: referrers of very unequal reach, busy first and last days, mostly one-year referrals. */

const options = z.strictObject({
	edition: lever(z.enum(['holiday-pie', 'march-race', 'both']).default('march-race'), {
		title: 'Editions',
		help: 'Holiday Awards (a pie split), March 2026 (a revenue share), or both in one set.',
		unit: 'choice',
		choiceLabels: { 'holiday-pie': 'Holiday Awards', 'march-race': 'March 2026', both: 'both' },
		front: true,
	}),
	referrers: lever(z.int().min(1).max(1_000_000).default(200), { title: 'Referrers', help: 'How many addresses refer.', unit: 'count', front: true }), // prettier-ignore
	events: lever(z.int().min(0).max(5_000_000).default(2000), { title: 'Events', help: 'How many referrals there are in an edition.', unit: 'count', front: true }), // prettier-ignore
	tail: lever(z.number().min(0).max(3).default(1.1), { title: 'Inequality', help: 'Exponent of the reach of referrers: 0 is equal, 1 is like words in a text.', unit: 'power' }), // prettier-ignore
	poolUsd: lever(z.int().min(0).max(9_000_000_000).default(10_000), { title: 'Pool in dollars', help: 'Award pool of each edition.', unit: 'none' }), // prettier-ignore
	places: lever(z.int().min(0).max(100_000).default(10), {
		title: 'Paid places',
		help: 'Of the pie split.',
		unit: 'count',
	}),
	barUsd: lever(z.int().min(0).max(1_000_000).default(500), { title: 'Bar in dollars', help: 'Of the revenue share.', unit: 'none' }), // prettier-ignore
	disqualified: lever(z.int().min(0).max(100).default(1), { title: 'Disqualified', help: 'How many of the best the race disqualifies.', unit: 'count' }), // prettier-ignore
	elapsed: lever(z.number().min(0).max(2).default(1.1), { title: 'Elapsed', help: 'Part of the last window that has passed.', unit: 'ratio' }), // prettier-ignore
});

/** Streams of luck; each draw is a pure function of seed, stream and counters. */
const STREAM = { referrer: 1, time: 2, duration: 3, premium: 4, flaw: 5, address: 6 } as const;

const REGISTRY = '0x57f1887a8bf19b14fc0df6fd9b2acc9af147ea85';
const HOLIDAY = {
	slug: 'holiday-2025',
	name: 'Holiday Awards, December 2025',
	start: 1_764_547_200,
	end: 1_767_225_599,
};
const MARCH = { slug: 'march-2026', name: 'March 2026', start: 1_772_323_200, end: 1_775_001_599 };
const WEI_PER_YEAR = 1_666_666_666_666_667n;

/** Durations bought, in seconds, by their share of referrals. */
const DURATIONS: readonly (readonly [number, number])[] = [
	[0.08, 2_419_200],
	[0.66, YEAR_SECONDS],
	[0.8, 2 * YEAR_SECONDS],
	[0.88, 3 * YEAR_SECONDS],
	[0.96, 5 * YEAR_SECONDS],
	[1, 10 * YEAR_SECONDS],
];

export const referralGenerator: GeneratorSpec = { options: listLevers(options), generate };

function generate(document: Config, seed: number): ScenarioContent {
	const read = options.safeParse(document);
	if (!read.success) {
		throw inputError(
			'options',
			read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
			'import.value',
		);
	}
	const { edition, referrers, events, tail, elapsed } = read.data;
	const editions = edition === 'both' ? [HOLIDAY, MARCH] : [edition === 'holiday-pie' ? HOLIDAY : MARCH];
	const addresses = makeAddresses(referrers, seed);
	const documents = editions.map((one) =>
		JSON.stringify(one === HOLIDAY ? holiday(read.data) : march(read.data, addresses)),
	);
	const last = editions[editions.length - 1];
	return {
		program: 'referral',
		name: editions.map((one) => one.name).join(' and '),
		now: formatInstant(Math.floor(last.start + (last.end - last.start) * elapsed) * 1000),
		tables: new Map([
			['edition', table({ position: Float64Array.from(documents.keys()), document: documents })],
			['result', table({ position: new Float64Array(0), document: [] })],
			['event', eventTable(editions, addresses, events, tail, seed)],
		]),
	};
}

type Options = z.output<typeof options>;

function usdc(dollars: number) {
	return { amount: String(BigInt(dollars) * 1_000_000n), currency: 'USDC' };
}

function baseRules({ start, end }: typeof MARCH) {
	return {
		startTime: start,
		endTime: end,
		subregistryId: { chainId: 1, address: REGISTRY },
		rulesUrl: 'https://example.com/rules',
		areAwardsDistributed: false,
	};
}

function holiday({ poolUsd, places }: Options): unknown {
	const rules = { dataModelType: 'pie-split', ...baseRules(HOLIDAY), areAwardsDistributed: true, awardPool: usdc(poolUsd), maxQualifiedReferrers: places }; // prettier-ignore
	return { slug: HOLIDAY.slug, displayName: HOLIDAY.name, rules };
}

function march({ poolUsd, barUsd, disqualified }: Options, addresses: readonly string[]): unknown {
	const rules = {
		dataModelType: 'rev-share-limit',
		...baseRules(MARCH),
		awardPool: usdc(poolUsd),
		minQualifiedRevenueContribution: usdc(barUsd),
		qualifiedRevenuePerYear: usdc(5),
		qualifiedRevenueShare: 0.5,
		// from the third on: the very best stay in the race
		adminActions: addresses.slice(2, 2 + disqualified).map((referrer) => ({ actionType: 'Disqualification', referrer, reason: 'self-referral' })), // prettier-ignore
	};
	return { slug: MARCH.slug, displayName: MARCH.name, rules };
}

/** Addresses by reach, the widest first. */
function makeAddresses(count: number, seed: number): string[] {
	const words = makeWords();
	return Array.from({ length: count }, (_, i) => {
		let text = '';
		for (let part = 0; part < 3; part++) {
			threefry(seed, STREAM.address, i, part, words);
			text += words[0].toString(16).padStart(8, '0') + words[1].toString(16).padStart(8, '0');
		}
		return `0x${text.slice(0, 40)}`;
	});
}

function eventTable(
	editions: readonly (typeof MARCH)[],
	addresses: readonly string[],
	perEdition: number,
	tail: number,
	seed: number,
): TableData {
	const count = editions.length * perEdition;
	const cumulative = new Float64Array(addresses.length);
	let reach = 0;
	for (let i = 0; i < addresses.length; i++) cumulative[i] = reach += 1 / pow(i + 1, tail);

	const [id, extra] = [new Array<string>(count), new Array<string>(count)];
	const [referrer, revenue, registry] = [0, 1, 2].map(() => new Array<string | null>(count).fill(null));
	const [at, duration] = [new Float64Array(count), new Float64Array(count)];
	const chain = new Float64Array(count).fill(NaN);
	for (let i = 0; i < count; i++) {
		const { start, end } = editions[Math.floor(i / perEdition)];
		// evenly spread places along the window, each moved a little, so that events come in order
		const place = ((i % perEdition) + uniform(seed, STREAM.time, i, 0)) / perEdition;
		at[i] = Math.floor(start + (end - start) * busy(place)) * 1000;
		id[i] = `${at[i] / 1000}${String(i).padStart(7, '0')}`;
		duration[i] = durationOf(uniform(seed, STREAM.duration, i, 0));
		const premium = uniform(seed, STREAM.premium, i, 0) < 0.03 ? 25n : 1n;
		revenue[i] = String((WEI_PER_YEAR * BigInt(duration[i]) * premium) / BigInt(YEAR_SECONDS));
		extra[i] = `{"kind":"${uniform(seed, STREAM.premium, i, 1) < 0.35 ? 'renewal' : 'registration'}"}`;
		const flaw = uniform(seed, STREAM.flaw, i, 0);
		if (flaw >= 0.02) referrer[i] = addresses[pick(cumulative, uniform(seed, STREAM.referrer, i, 0) * reach)];
		if (flaw > 0.985) {
			chain[i] = 8453;
			registry[i] = REGISTRY;
		}
	}
	return table({
		id,
		at,
		referrer,
		duration_seconds: duration,
		revenue_wei: revenue,
		chain_id: chain,
		registry,
		extra,
	});
}

/** Turns an even place in the window into one that is busy at both ends: 3x² − 2x³, turned over. */
function busy(x: number): number {
	const smooth = x * x * (3 - 2 * x);
	return Math.max(0, Math.min(1, 1.4 * x - 0.4 * smooth));
}

function durationOf(luck: number): number {
	for (const [share, seconds] of DURATIONS) if (luck < share) return seconds;
	return YEAR_SECONDS;
}

/** The first index whose running total is above `value`. */
function pick(cumulative: Float64Array, value: number): number {
	let [low, high] = [0, cumulative.length - 1];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (cumulative[middle] > value) high = middle;
		else low = middle + 1;
	}
	return low;
}

function table(columns: Readonly<Record<string, Column & { readonly length: number }>>): TableData {
	const entries = Object.entries(columns);
	return { rowCount: entries[0][1].length, columns: new Map(entries) };
}
