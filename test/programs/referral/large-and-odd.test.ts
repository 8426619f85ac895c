import { describe, expect, it } from 'vitest';
import { answerCase } from '#programs/referral/answer-case.ts';
import { InputError } from '#programs/input-error.ts';
import { programById } from '#programs/registry.ts';
import type { PieSplitRules, RevShareRules, Rules } from '#programs/referral/rules.ts';
import { answerLine } from '../../../src/cli/answer-line.ts';
import { MARKET, type RawEvent } from './arbitrary.ts';
import { oracle } from './oracle.ts';

/** Histories of the largest size that is promised, with odd values in them, asked through the line protocol. */

const REFERRERS = 2000;
const EVENTS = 20_000;
const YEAR = 31_556_952;
const START = 1_772_323_200;
const END = START + 31 * 86_400;

const desk = {
	find: programById,
	readerOf: () => () => {
		throw new Error('no scenario is read');
	},
};

interface Answer {
	readonly result?: Readonly<Record<string, unknown>>;
	readonly error?: { readonly code: string; readonly path?: unknown; readonly message: string };
}

/** The way of `dropbench case`: one line in, one line out. */
function ask(input: unknown): Answer {
	const line = answerLine(JSON.stringify({ id: 1, program: 'referral', input }), desk);
	return JSON.parse(line) as Answer;
}

/** Whole numbers below `n`, the same in every run. */
function dice(seed: number): (n: number) => number {
	let state = seed;
	return (n) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * n);
	};
}

const address = (n: number) => `0x${n.toString(16).padStart(40, n % 2 === 0 ? '0' : 'f')}`;
const ODD_IDS = ['__proto__', 'constructor', 'toString', ' ', '\uffff', '😀', 'é', 'e\u0301', '0', '-0', 'x'.repeat(5000)]; // prettier-ignore

interface Shape {
	/** seconds that one event brings */
	readonly duration: (roll: (n: number) => number) => number;
	/** how many different seconds events fall on */
	readonly moments: number;
}

const plain: Shape = { duration: (roll) => roll(5 * YEAR), moments: 31 * 86_400 };
/** few lengths and few moments, so that nearly everybody ties with somebody */
const ties: Shape = { duration: (roll) => [0, YEAR, 2 * YEAR, 28 * 86_400][roll(4)], moments: 40 };
/** totals close to what a double holds exactly */
const vast: Shape = { duration: (roll) => (roll(40) === 0 ? 2 ** 45 : roll(9)), moments: 1000 };
const empty: Shape = { duration: () => 0, moments: 5 };

/** Everything that may stand in a list: other markets, nobody, the zero address, mixed letter case, odd ids and fields. */
function history(seed: number, { duration, moments }: Shape): RawEvent[] {
	const roll = dice(seed);
	return Array.from({ length: EVENTS }, (_, i) => {
		const who = address(1 + (roll(4) === 0 ? roll(40) : roll(REFERRERS)));
		const referrer = [null, address(0), `0x${who.slice(2).toUpperCase()}`, who][Math.min(3, roll(60))];
		const step = Math.floor((END - START) / moments);
		const outside = roll(50) === 0 ? (roll(2) === 0 ? -40 * 86_400 : 40 * 86_400) : 0;
		return {
			id: i < ODD_IDS.length ? ODD_IDS[i] : `e${(i * 7919) % 100_003}`,
			timestamp: START + roll(moments) * step + outside,
			referrer,
			incrementalDuration: duration(roll),
			incrementalRevenueContribution: [null, '0', `1${'0'.repeat(60)}`, String(roll(1e9))][roll(4)],
			...(roll(3) === 0 ? { subregistryId: roll(9) === 0 ? { chainId: 8453, address: MARKET.address } : MARKET } : {}),
			// one who refers itself is paid like any other: who registered is not looked at
			registrant: who,
			award: '999',
			disqualified: true,
		}; // prettier-ignore
	});
}

const base = {
	startTime: START,
	endTime: END,
	subregistryId: MARKET,
	rulesUrl: 'https://example.com/rules',
	areAwardsDistributed: false,
};

function pie(rules: Partial<PieSplitRules>): Rules {
	return { dataModelType: 'pie-split', ...base, awardPool: 10_000_000_000n, maxQualifiedReferrers: 10, boostStrength: 1, adminActions: [], ...rules }; // prettier-ignore
}

function race(rules: Partial<RevShareRules>): Rules {
	return { dataModelType: 'rev-share-limit', ...base, awardPool: 10_000_000_000n, minQualifiedRevenueContribution: 100_000_000n, qualifiedRevenueShare: 0.5, qualifiedRevenuePerYear: 5_000_000n, settlement: 'race', maxAwardPerReferrer: null, adminActions: [], ...rules }; // prettier-ignore
}

/** Out: every third of the best forty, two that brought nothing, and one whose time nobody counts. */
const manyActions: Rules['adminActions'] = Array.from({ length: 40 }, (_, i) => ({
	actionType: i % 3 === 0 ? ('Disqualification' as const) : ('Warning' as const),
	referrer: address(i < 38 ? 1 + i : 900_000 + i),
	reason: '__proto__',
	extra: [],
}));

/** Rules as a file has them. */
function written(rules: Rules): unknown {
	return Object.fromEntries(
		Object.entries(rules).filter(([, value]) => value !== null).map(([key, value]: [string, unknown]) => [key, typeof value === 'bigint' ? { amount: String(value), currency: 'USDC' } : key === 'adminActions' ? rules.adminActions.map(({ actionType, referrer, reason }) => ({ actionType, referrer, reason })) : value]),
	); // prettier-ignore
}

function edition(rules: Rules, slug = 'constructor'): unknown {
	return { slug, displayName: '‮ __proto__', rules: written(rules) };
}

const cases: readonly [string, Shape, Rules][] = [
	['a pie of ten places', plain, pie({})],
	['a pie with no place', ties, pie({ maxQualifiedReferrers: 0 })],
	['a pie of one place among equals', ties, pie({ maxQualifiedReferrers: 1, awardPool: 1n })],
	['a pie of more places than referrers', ties, pie({ maxQualifiedReferrers: Number.MAX_SAFE_INTEGER, awardPool: 10n ** 90n })], // prettier-ignore
	['a pie of nothing for nobody', empty, pie({ awardPool: 0n })],
	['a pie with a boost past all sense, and some out', vast, pie({ maxQualifiedReferrers: 1999, boostStrength: 1e300, adminActions: manyActions })], // prettier-ignore
	['a race whose pool runs out', plain, race({})],
	['a race among equals, with some out', ties, race({ adminActions: manyActions, qualifiedRevenueShare: 0.29, minQualifiedRevenueContribution: 5_000_000n })], // prettier-ignore
	['a race for nothing', plain, race({ awardPool: 0n, minQualifiedRevenueContribution: 0n })],
	['a race that nobody is paid in, of empty events', empty, race({ minQualifiedRevenueContribution: 0n, qualifiedRevenueShare: 1 })], // prettier-ignore
	['a race for more money than there is', vast, race({ awardPool: 10n ** 400n, qualifiedRevenuePerYear: 10n ** 390n, qualifiedRevenueShare: 5e-324, minQualifiedRevenueContribution: 1n })], // prettier-ignore
	['a race for amounts that no double holds', vast, race({ awardPool: 10n ** 320n, qualifiedRevenuePerYear: 10n ** 310n, minQualifiedRevenueContribution: 10n ** 311n })], // prettier-ignore
	['a pool settled at the end, capped', plain, race({ settlement: 'pro-rata', maxAwardPerReferrer: 7_777_777n, awardPool: 1_000_000_007n })], // prettier-ignore
];

describe('twenty thousand events of two thousand referrers', () => {
	for (const [i, [name, shape, rules]] of cases.entries()) {
		it(`give in ${name} what the slow obvious version gives, and lose no money`, () => {
			const events = history(i + 1, shape);
			const { result, error } = ask({ edition: edition(rules), accurateAsOf: END, events });
			expect(error).toBeUndefined();
			const want = oracle(
				events.map((event) => ({ ...event, referrer: event.referrer?.toLowerCase() ?? null })),
				rules,
				END,
			);
			const referrers = result?.referrers as Record<string, unknown>[];
			const awardOf = (row: Record<string, unknown>) => BigInt(String(row.awardPoolApproxValue ?? row.cappedAward)); // prettier-ignore
			const rows = referrers.map((row) => ({
				referrer: row.referrer,
				isQualified: row.isQualified,
				duration: BigInt(Number(row.totalIncrementalDuration)),
				award: awardOf(row),
			}));
			expect(rows).toEqual(want.rows);
			expect(rows.length).toBeGreaterThan(1900);

			const metrics = result?.aggregatedMetrics as Record<string, string>;
			const left = BigInt(metrics.awardPoolResidue ?? metrics.awardPoolRemaining);
			expect(left).toBe(want.left);
			expect(rows.reduce((sum, row) => sum + row.award, left)).toBe(rules.awardPool);

			const accounting = result?.accounting as Record<string, unknown>[] | undefined;
			if (rules.dataModelType === 'rev-share-limit' && rules.settlement === 'race') {
				expect(
					accounting?.map(({ eventId, incrementalAward }) => ({ id: eventId, award: BigInt(String(incrementalAward)) })),
				).toEqual(want.byEvent); // prettier-ignore
				// no field of an event passes for ours, and what is not ours is carried
				expect(accounting?.some((record) => record.award !== '999' || record.registrant === undefined)).toBe(false); // prettier-ignore
			} else expect(accounting).toBeUndefined();
		});
	}

	it('are refused whole for each of their faults, by index and field', () => {
		const events: unknown[] = history(99, plain);
		const at = (i: number) => events[i] as object;
		events[5] = { ...at(5), timestamp: 1.5 };
		events[7] = null;
		events[1000] = { ...at(1000), id: ODD_IDS[0] };
		events[1001] = { ...at(1001), id: '' };
		events[12_000] = { ...at(12_000), referrer: '0x12' };
		events[12_001] = { ...at(12_001), incrementalDuration: -1 };
		events[19_999] = { ...at(19_999), incrementalRevenueContribution: '1e3' };
		const input = { edition: edition(race({})), accurateAsOf: END, events };
		expect(ask(input).error).toMatchObject({ code: 'event.timestamp.invalid', path: [5, 'timestamp'] });
		const fault = (() => {
			try {
				answerCase(input);
			} catch (error) {
				if (error instanceof InputError) return error.issues.map(({ at, code }) => [code, at]);
			}
			return null;
		})();
		expect(fault).toEqual([
			['event.timestamp.invalid', 'events.5.timestamp'],
			['event.id.invalid', 'events.7'],
			['event.id.duplicate', 'events.1000'],
			['event.id.invalid', 'events.1001'],
			['event.referrer.invalid', 'events.12000.referrer'],
			['event.duration.invalid', 'events.12001.incrementalDuration'],
			['event.revenue.invalid', 'events.19999.incrementalRevenueContribution'],
		]);
	});

	it('stop where the seconds of one referrer are no longer exact', () => {
		const events = history(3, plain).map((event) => ({ ...event, referrer: address(1), incrementalDuration: 2 ** 50 })); // prettier-ignore
		const { error } = ask({ edition: edition(pie({})), accurateAsOf: END, events });
		expect(error?.code).toBe('run.duration-overflow');
	});
});

const BAD_SLUGS = ['', ' ', '-', 'a-', '-a', 'a--b', 'A', 'a b', 'a\n', 'a_b', '__proto__', 'größe', 'ｆull', 'аpril', 'april‐2026', '😀', '٣', 7, null, ['a'], {}]; // prettier-ignore
const ODD_SLUGS = ['constructor', 'prototype', 'tostring', 'valueof', 'hasownproperty', 'null', '0', '007', 'a-'.repeat(50_000) + 'a', 'rn', 'm', '1l']; // prettier-ignore
const ODD_TYPES = ['', ' ', 'Pie-Split', 'pie-split ', ' rev-share-limit', 'pie‐split', 'pіe-split', 'REV-SHARE-LIMIT', 'unrecognized', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', '0', '😀', 'x'.repeat(100_000)]; // prettier-ignore

describe('a set of odd slugs and types', () => {
	const documents = ODD_TYPES.map((dataModelType, i) => ({
		displayName: dataModelType || '?',
		slug: ODD_SLUGS[i] ?? `s${i}`,
		constructor: 1,
		rules: { ...(written(pie({})) as object), dataModelType, startTime: START + 2 * i, endTime: START + 2 * i, awardPool: 'x' }, // prettier-ignore
	}));

	it('keeps every type that it does not know, exports it as it came and runs none', () => {
		const { result } = ask({ editions: documents });
		expect(result).toMatchObject({ accepted: true, issues: [], rejected: [] });
		const editions = result?.editions as Record<string, unknown>[];
		expect(editions).toHaveLength(ODD_TYPES.length);
		for (const [i, one] of editions.entries()) {
			expect(one).toMatchObject({ slug: documents[i].slug, recognized: false, originalDataModelType: ODD_TYPES[i] }); // prettier-ignore
			expect(JSON.stringify(one.exported)).toBe(JSON.stringify(documents[i]));
			expect(ask({ edition: documents[i], accurateAsOf: START, events: [] }).result).toMatchObject({
				kind: 'unrecognized',
				code: 'run.unrecognized-model',
				originalDataModelType: ODD_TYPES[i],
			});
		}
		const text = JSON.stringify(documents);
		const texts = ask({ editionsText: text }).result?.exportedTexts;
		expect(texts).toEqual(documents.map((one) => JSON.stringify(one)));
	});

	it.each(ODD_SLUGS.map((slug) => [slug.slice(0, 20), slug]))('takes %s for a slug', (_, slug) => {
		const { result } = ask({ edition: edition(pie({}), slug), accurateAsOf: END, events: [] });
		expect(result).toMatchObject({ dataModelType: 'pie-split', referrers: [] });
	});

	it.each(BAD_SLUGS.map((slug) => [JSON.stringify(slug), slug]))('refuses %s for a slug, by its place', (_, slug) => {
		const bad = { ...(edition(pie({})) as object), slug };
		expect(ask({ edition: bad, accurateAsOf: END, events: [] }).error).toMatchObject({ code: 'edition.slug.invalid', path: ['slug'] });
		expect(ask({ editions: [documents[0], bad] }).result).toMatchObject({
			accepted: false,
			editions: [{ index: 0 }],
			issues: [{ code: 'edition.slug.invalid', path: [1, 'slug'] }, { code: 'rules.window.overlap' }],
		});
	}); // prettier-ignore

	it.each([[undefined], [null], [7], [['pie-split']], [{ pie: 'split' }], [true]])(
		'refuses %j for a type, by its place',
		(dataModelType) => {
			const bad = { ...documents[0], rules: { ...documents[0].rules, dataModelType } };
			const want = { code: 'rules.dataModelType.missing' };
			expect(ask({ edition: bad, accurateAsOf: END, events: [] }).error).toMatchObject(want);
			expect(ask({ editions: [bad] }).result).toMatchObject({
				issues: [{ ...want, path: [0, 'rules', 'dataModelType'] }],
			});
		},
	);

	it('answers for a thousand editions, and finds all duplicates and overlaps among them', () => {
		const many = Array.from({ length: 1000 }, (_, i) => ({ ...documents[i % documents.length], slug: `s${i % 999}` })); // prettier-ignore
		const { result } = ask({ editions: many });
		const codes = (result?.issues as { code: string }[]).map(({ code }) => code);
		expect(codes.filter((code) => code === 'edition.slug.duplicate')).toHaveLength(1);
		expect(codes.filter((code) => code === 'rules.window.overlap')).toHaveLength(1000 - documents.length);
	});
});
