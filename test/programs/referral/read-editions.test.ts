import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerCase } from '#programs/referral/answer-case.ts';
import { duplicateEdition, exportEditionText, exportSetText } from '#programs/referral/export.ts';
import { InputError } from '#programs/input-error.ts';
import { newestFirst, readEditions, readEditionsText } from '#programs/referral/read-editions.ts';

const MARKET = { chainId: 1, address: `0x${'57'.repeat(20)}` };

type Fields = Record<string, unknown>;

function pie(change: Fields = {}, rules: Fields = {}): Fields {
	const base = { dataModelType: 'pie-split', startTime: 1000, endTime: 2000, subregistryId: MARKET, rulesUrl: 'https://example.com/rules', areAwardsDistributed: false }; // prettier-ignore
	return {
		slug: 'one',
		displayName: 'One',
		rules: { ...base, awardPool: usdc('1000'), maxQualifiedReferrers: 3, ...rules },
		...change,
	};
}

function race(change: Fields = {}, rules: Fields = {}): Fields {
	const own = {
		dataModelType: 'rev-share-limit',
		minQualifiedRevenueContribution: usdc('5'),
		qualifiedRevenueShare: 0.5,
	};
	const edition = pie(change, { ...own, ...rules });
	delete (edition.rules as Fields).maxQualifiedReferrers;
	return edition;
}

function unknown(change: Fields = {}, rules: Fields = {}): Fields {
	return pie(change, { dataModelType: 'tiered-bounty', ...rules });
}

function usdc(amount: unknown): Fields {
	return { amount, currency: 'USDC' };
}

function issuesOf(...editions: unknown[]): string[] {
	return readEditions(editions).issues.map(({ code, path }) => `${code} ${path.join('.')}`);
}

describe('readEditions', () => {
	it.each([
		['not an object', 7, ['edition.not-an-object 0']],
		['a list', [], ['edition.not-an-object 0']],
		['no rules', { slug: 'a', displayName: 'A' }, ['edition.not-an-object 0']],
		['rules that are a list', pie({ rules: [] }), ['edition.not-an-object 0']],
		['a slug with capitals', pie({ slug: 'One' }), ['edition.slug.invalid 0.slug']],
		['a slug with a double dash', pie({ slug: 'a--b' }), ['edition.slug.invalid 0.slug']],
		['a slug with a line end', pie({ slug: 'a\n' }), ['edition.slug.invalid 0.slug']],
		['an empty name', pie({ displayName: '' }), ['edition.displayName.empty 0.displayName']],
		['no type', pie({}, { dataModelType: undefined }), ['rules.dataModelType.missing 0.rules.dataModelType']],
		[
			'a type that is no text',
			pie({}, { dataModelType: 3 }),
			['rules.dataModelType.missing 0.rules.dataModelType'],
		],
		['a time with a fraction', pie({}, { startTime: 1.5 }), ['rules.timestamp.invalid 0.rules.startTime']],
		['a time as text', pie({}, { endTime: '2000' }), ['rules.timestamp.invalid 0.rules.endTime']],
		['an inverted window', pie({}, { endTime: 999 }), ['rules.window.inverted 0.rules.endTime']],
		[
			'a market that is missing',
			pie({}, { subregistryId: undefined }),
			['rules.subregistry.invalid 0.rules.subregistryId'],
		],
		[
			'a market with more keys',
			pie({}, { subregistryId: { ...MARKET, name: 'x' } }),
			['rules.subregistry.invalid 0.rules.subregistryId'],
		],
		[
			'chain 0',
			pie({}, { subregistryId: { ...MARKET, chainId: 0 } }),
			['rules.subregistry.invalid 0.rules.subregistryId.chainId'],
		],
		[
			'a short address',
			pie({}, { subregistryId: { chainId: 1, address: '0x1' } }),
			['rules.subregistry.invalid 0.rules.subregistryId.address'],
		],
		['a relative link', pie({}, { rulesUrl: '/rules' }), ['rules.url.invalid 0.rules.rulesUrl']],
		[
			'a flag as text',
			pie({}, { areAwardsDistributed: 'no' }),
			['rules.flag.invalid 0.rules.areAwardsDistributed'],
		],
		[
			'an unknown type without the flag',
			unknown({}, { areAwardsDistributed: undefined }),
			['rules.flag.invalid 0.rules.areAwardsDistributed'],
		],
		['a missing pool', pie({}, { awardPool: undefined }), ['rules.price.invalid 0.rules.awardPool']],
		[
			'a price with more keys',
			pie({}, { awardPool: { ...usdc('1'), decimals: 6 } }),
			['rules.price.invalid 0.rules.awardPool'],
		],
		['an empty amount', pie({}, { awardPool: usdc('') }), ['rules.price.invalid 0.rules.awardPool.amount']],
		[
			'an amount with a point',
			pie({}, { awardPool: usdc('1.0') }),
			['rules.price.invalid 0.rules.awardPool.amount'],
		],
		[
			'a hexadecimal amount',
			pie({}, { awardPool: usdc('0x10') }),
			['rules.price.invalid 0.rules.awardPool.amount'],
		],
		[
			'an amount beyond exact numbers',
			pie({}, { awardPool: usdc(9007199254740992) }),
			['rules.price.invalid 0.rules.awardPool.amount'],
		],
		[
			'another currency',
			pie({}, { awardPool: { amount: '1', currency: 'usdc' } }),
			['rules.price.currency 0.rules.awardPool.currency'],
		],
		[
			'negative places',
			pie({}, { maxQualifiedReferrers: -1 }),
			['rules.maxQualifiedReferrers.invalid 0.rules.maxQualifiedReferrers'],
		],
		[
			'a share as text',
			race({}, { qualifiedRevenueShare: '0.5' }),
			['rules.qualifiedRevenueShare.range 0.rules.qualifiedRevenueShare'],
		],
		[
			'no share',
			race({}, { qualifiedRevenueShare: undefined }),
			['rules.qualifiedRevenueShare.range 0.rules.qualifiedRevenueShare'],
		],
		[
			'an unknown action',
			race({}, { adminActions: [{ actionType: 'Ban', referrer: `0x${'a'.repeat(40)}`, reason: 'x' }] }),
			['rules.adminActions.type 0.rules.adminActions.0.actionType'],
		],
		[
			'an action on nobody',
			race({}, { adminActions: [{ actionType: 'Warning', referrer: 'a', reason: 'x' }] }),
			['rules.adminActions.referrer 0.rules.adminActions.0.referrer'],
		],
		[
			'two names with different values',
			race({}, { maxBaseRevenueShare: 0.4 }),
			['rules.name-conflict 0.rules.qualifiedRevenueShare'],
		],
		[
			'two types with different meanings',
			race({}, { awardModel: 'pie-split' }),
			['rules.name-conflict 0.rules.dataModelType'],
		],
	])('refuses %s by code and path', (_, edition, issues) => {
		expect(issuesOf(edition)).toEqual(issues);
	});

	it('reports all issues of all editions at once, and keeps the good ones', () => {
		const bad = pie(
			{ slug: '', displayName: '' },
			{ startTime: null, awardPool: usdc('-1'), maxQualifiedReferrers: 2.5 },
		);
		const set = readEditions([pie(), bad, race({ slug: 'two' }, { startTime: 3000, endTime: 4000 })]);
		expect(set.accepted).toBe(false);
		expect(set.issues.map((issue) => issue.code)).toEqual(['edition.slug.invalid', 'edition.displayName.empty', 'rules.timestamp.invalid', 'rules.price.invalid', 'rules.maxQualifiedReferrers.invalid']); // prettier-ignore
		expect(set.editions.map((edition) => edition.slug)).toEqual(['one', 'two']);
		expect(set.indexes).toEqual([0, 2]);
		expect(set.rejected).toMatchObject([{ index: 1, raw: bad }]);
	});

	it('finds overlaps and duplicates across types, and lets touching windows be', () => {
		expect(issuesOf(pie(), unknown({ slug: 'two' }, { startTime: 2001, endTime: 3000 }))).toEqual([]);
		expect(issuesOf(pie(), unknown({ slug: 'two' }, { startTime: 2000, endTime: 3000 }))).toEqual([
			'rules.window.overlap ',
		]);
		expect(
			issuesOf(pie(), unknown({ slug: 'two' }, { subregistryId: { chainId: 2, address: MARKET.address } })),
		).toEqual([]);
		const long = pie({ slug: 'long' }, { startTime: 0, endTime: 9999 });
		const short = pie({ slug: 'short' }, { startTime: 10, endTime: 20 });
		// not a neighbour in time, but the long one is still running
		expect(issuesOf(long, short, pie())).toHaveLength(2);
		expect(issuesOf(pie(), unknown({}, { startTime: 5000, endTime: 6000 }))).toEqual([
			'edition.slug.duplicate ',
		]);
		const mixed = { ...MARKET, address: MARKET.address.toUpperCase().replace('X', 'x') };
		expect(issuesOf(pie(), pie({ slug: 'two' }, { subregistryId: mixed }))).toEqual([
			'rules.window.overlap ',
		]);
	});

	it.each([
		'Pie-Split',
		'',
		'unrecognized',
		'constructor',
		'__proto__',
		'toString',
		'hasOwnProperty',
		'pie-split ',
	])('keeps an edition of the type %j', (type) => {
		const edition = unknown({ slug: 'constructor' }, { dataModelType: type, awardPool: 'not looked at' });
		const set = readEditions([
			edition,
			unknown({ slug: 'tostring' }, { startTime: 5000, endTime: 6000, dataModelType: type }),
		]);
		expect(set.issues).toEqual([]);
		expect(set.editions[0]).toMatchObject({
			kind: 'unrecognized',
			originalDataModelType: type,
			slug: 'constructor',
		});
		expect(JSON.parse(exportEditionText(set.editions[0]))).toEqual(JSON.parse(JSON.stringify(edition)));
	});

	it('reads the present names of ENS and its first ones, and writes ours', () => {
		const own = race({}, { awardPool: usdc('7'), qualifiedRevenuePerYear: usdc('9'), adminActions: [{ actionType: 'Disqualification', referrer: `0x${'a'.repeat(40)}`, reason: 'x' }] }); // prettier-ignore
		const rules: Fields = { ...(own.rules as Fields) };
		for (const name of ['dataModelType', 'awardPool', 'minQualifiedRevenueContribution', 'qualifiedRevenueShare', 'qualifiedRevenuePerYear', 'adminActions']) delete rules[name]; // prettier-ignore
		const theirs = {
			...own,
			rules: {
				...rules,
				awardModel: 'rev-share-cap',
				totalAwardPoolValue: usdc('7'),
				minBaseRevenueContribution: usdc(5),
				maxBaseRevenueShare: 0.5,
				baseAnnualRevenueContribution: usdc('9'),
				disqualifications: [{ referrer: `0x${'A'.repeat(40)}`, reason: ' x ' }],
			},
		};
		const [ourSet, theirSet] = [readEditions([own]), readEditions([theirs])];
		expect(theirSet.issues).toEqual([]);
		expect(theirSet.editions).toEqual(ourSet.editions);
		expect(theirSet.notices.map((notice) => notice.code)).toEqual(['edition.translated']);
		expect(exportSetText(theirSet.editions)).toBe(exportSetText(ourSet.editions));
		// both names are fine while they say the same, whatever the form of the amount
		expect(issuesOf({ ...own, rules: { ...(own.rules as Fields), totalAwardPoolValue: usdc(7) } })).toEqual(
			[],
		);
	});

	it('reads a missing flag of a known type as false, with a notice, and a missing value of a year as $5', () => {
		const set = readEditions(
			[race({}, { areAwardsDistributed: undefined, qualifiedRevenuePerYear: undefined })].map(
				(one) => JSON.parse(JSON.stringify(one)) as unknown,
			),
		);
		expect(set.editions).toMatchObject([
			{ rules: { areAwardsDistributed: false, qualifiedRevenuePerYear: 5_000_000n, adminActions: [] } },
		]);
		expect(set.notices.map((notice) => notice.code)).toEqual(['edition.flag-missing']);
	});

	it('keeps further fields of a known type and writes them back, keys such as __proto__ too', () => {
		const text = JSON.stringify(pie({ note: 1 }, { tags: ['a'] })).replace(
			'"tags"',
			'"__proto__":{"x":1},"toString":2,"tags"',
		);
		const set = readEditionsText(`[${text}]`);
		expect(set?.issues).toEqual([]);
		expect(set?.notices.map((notice) => notice.code)).toEqual(['edition.extra', 'edition.extra']);
		const written = exportSetText(set?.editions ?? []);
		expect(written).toContain('"__proto__":{"x":1},"toString":2,"tags":["a"]');
		expect(readEditionsText(written)?.editions).toEqual(set?.editions);
	});

	it('lists the newest start first', () => {
		const set = readEditions([
			pie(),
			race({ slug: 'two' }, { startTime: 3000, endTime: 4000 }),
			unknown({ slug: 'three' }, { startTime: 2500, endTime: 2600 }),
		]);
		expect(newestFirst(set.editions).map((edition) => edition.slug)).toEqual(['two', 'three', 'one']);
	});
});

describe('any input', () => {
	const anyEdition = fc
		.tuple(
			fc.constantFrom(pie(), race(), unknown()),
			fc.array(fc.tuple(fc.nat(), fc.boolean(), fc.jsonValue()), { maxLength: 4 }),
		)
		.map(([edition, changes]) => {
			const rules = { ...(edition.rules as Fields) };
			const whole: Fields = { ...edition, rules };
			for (const [pick, isOuter, value] of changes) {
				const target = isOuter ? whole : rules;
				const keys = [
					...Object.keys(target),
					'awardModel',
					'totalAwardPoolValue',
					'adminActions',
					'disqualifications',
					'boostStrength',
				];
				target[keys[pick % keys.length]] = value;
			}
			return whole;
		});

	it('is read or set aside with an issue, and never throws', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(anyEdition, fc.jsonValue()), { maxLength: 4 }), (list) => {
				const set = readEditions(list);
				expect(set.editions.length + set.rejected.length).toBe(list.length);
				for (const { index, issues } of set.rejected)
					expect(issues.every((issue) => issue.path[0] === index)).toBe(issues.length > 0);
				expect(set.issues.every((issue) => /^(edition|rules)\./.test(issue.code))).toBe(true);
			}),
			{ seed: 1, numRuns: 3000 },
		);
	});

	it('that is read reads the same after export, an unknown type to the last key', () => {
		let read = 0;
		fc.assert(
			fc.property(anyEdition, fc.dictionary(fc.string(), fc.jsonValue()), (edition, more) => {
				// as a file has it: JSON writes no -0
				const document = JSON.parse(
					JSON.stringify({ ...edition, rules: { ...(edition.rules as Fields), ...more } }),
				) as unknown;
				const [one] = readEditions([document]).editions;
				if (one === undefined) return;
				read++;
				const written = exportEditionText(one);
				const [again] = readEditions([JSON.parse(written)]).editions;
				expect(exportEditionText(again)).toBe(written);
				if (one.kind === 'unrecognized') expect(written).toBe(JSON.stringify(one.original));
				else expect(again).toEqual(one);
			}),
			{ seed: 1, numRuns: 3000 },
		);
		expect(read).toBeGreaterThan(500);
	});
});

describe('the source text of an unrecognized edition', () => {
	const source = `{ "slug" : "later", "displayName":"L\\u00e9on", "rules": {"dataModelType":"x","startTime":5000,"endTime":6000,
 "subregistryId":${JSON.stringify(MARKET)},"rulesUrl":"https://example.com","areAwardsDistributed":true,
 "z":1e400,"a":0.10,"big":12345678901234567890,"10":[],"2":{"__proto__":null,"text":"] } , \\" \\\\"} } }`;

	it('comes out to the last character, numbers that no double holds too', () => {
		const set = readEditionsText(`[ ${JSON.stringify(pie())} , ${source} ]`);
		expect(set?.accepted).toBe(true);
		expect(set?.editions[1]).toMatchObject({ slug: 'later', displayName: 'Léon' });
		expect(exportSetText(set?.editions ?? [])).toContain(source);
	});

	it('is the same in a copy but for the slug', () => {
		const [edition] = readEditionsText(`[${source}]`)?.editions ?? [];
		const copy = duplicateEdition(edition, 'later-2');
		expect(copy.slug).toBe('later-2');
		expect(exportEditionText(copy)).toBe(source.replace('"slug" : "later"', '"slug" : "later-2"'));
	});
});

describe('a case with the text of a set', () => {
	const text = `[${JSON.stringify(unknown()).replace('"awardPool"', '"big":1e400,"awardPool"')}, {"slug":1e999}]`;

	it('answers with the text that came, and with the issues of the rest', () => {
		const answer = answerCase({ editionsText: text });
		expect(answer).toMatchObject({ accepted: false, exportedTexts: [text.slice(1, text.indexOf(', {'))] });
		// no field of the answer holds what JSON cannot
		expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
	});

	it('says of a parsed set where a number was lost', () => {
		const answer = answerCase({ editions: JSON.parse(text) as unknown }) as {
			editions: object[];
			notices: object[];
		};
		expect(answer.editions[0]).not.toHaveProperty('exported');
		expect(answer.notices).toMatchObject([{ code: 'edition.number-lost' }]);
	});

	it.each(['{', '{}', '7'])('refuses %s', (bad) => {
		expect(() => answerCase({ editionsText: bad })).toThrow(InputError);
	});
});

describe('answerCase', () => {
	const event = {
		id: 'a',
		timestamp: 1500,
		referrer: `0x${'a'.repeat(40)}`,
		incrementalDuration: 1,
		incrementalRevenueContribution: '0',
	};
	const ask = (...events: unknown[]) => answerCase({ edition: pie(), accurateAsOf: 1500, events });
	const refusal = (...events: unknown[]) => {
		try {
			ask(...events);
		} catch (error) {
			if (error instanceof InputError) return [error.issues.map((issue) => issue.code), error.facts.path];
		}
		return null;
	};

	it.each([
		[{ ...event, id: '' }, 'event.id.invalid', [1]],
		[{ ...event, id: 'first' }, 'event.id.duplicate', [1]],
		[null, 'event.id.invalid', [1]],
		[{ ...event, timestamp: '1500' }, 'event.timestamp.invalid', [1, 'timestamp']],
		[{ ...event, incrementalDuration: -1 }, 'event.duration.invalid', [1, 'incrementalDuration']],
		[{ ...event, incrementalDuration: 1.5 }, 'event.duration.invalid', [1, 'incrementalDuration']],
		[{ ...event, referrer: '0x1' }, 'event.referrer.invalid', [1, 'referrer']],
		[
			{ ...event, incrementalRevenueContribution: '-1' },
			'event.revenue.invalid',
			[1, 'incrementalRevenueContribution'],
		],
		[
			{ ...event, incrementalRevenueContribution: '' },
			'event.revenue.invalid',
			[1, 'incrementalRevenueContribution'],
		],
	])('refuses the event %j', (bad, code, path) => {
		expect(refusal({ ...event, id: 'first' }, bad)).toEqual([[code], path]);
	});

	it('refuses a whole list with all its issues', () => {
		expect(refusal({ ...event, timestamp: null, referrer: 1 }, { ...event, id: 3 })?.[0]).toEqual(['event.timestamp.invalid', 'event.referrer.invalid', 'event.id.invalid']); // prettier-ignore
	});

	it('fails where the seconds of a referrer stop being exact', () => {
		const long = { ...event, incrementalDuration: Number.MAX_SAFE_INTEGER };
		expect(refusal(long)).toBeNull();
		expect(refusal(long, { ...event, id: 'b' })?.[0]).toEqual(['run.duration-overflow']);
	});

	it('answers for an edition of unknown type without running it, and without an error', () => {
		const answer = answerCase({ edition: unknown(), accurateAsOf: 999, events: [{ broken: true }] });
		expect(answer).toMatchObject({
			kind: 'unrecognized',
			code: 'run.unrecognized-model',
			originalDataModelType: 'tiered-bounty',
			status: 'Scheduled',
		});
	});

	it('refuses a broken edition by its first issue', () => {
		expect(() =>
			answerCase({ edition: pie({}, { awardPool: usdc('x') }), accurateAsOf: 1, events: [] }),
		).toThrow(
			expect.objectContaining({
				facts: { path: ['rules', 'awardPool', 'amount'] },
				issues: [expect.objectContaining({ code: 'rules.price.invalid' })],
			}) as Error,
		);
	});

	it('carries what it does not know into the accounting, and lets no field of an event pose as ours', () => {
		const odd = JSON.parse(
			'{"name":"x.eth","__proto__":{"polluted":1},"incrementalAward":"99","constructor":7}',
		) as object;
		const answer = answerCase({
			edition: race(),
			accurateAsOf: 1500,
			events: [{ ...event, ...odd, ['__proto__']: 1 }],
		}) as { accounting: object[] };
		expect(answer.accounting[0]).toMatchObject({
			name: 'x.eth',
			eventId: 'a',
			incrementalAward: '0',
			constructor: 7,
		});
	});

	it('runs with amounts far beyond 2^53', () => {
		const huge = `1${'0'.repeat(40)}`;
		const answer = answerCase({
			edition: race(
				{},
				{
					awardPool: usdc(huge),
					qualifiedRevenuePerYear: usdc(huge),
					minQualifiedRevenueContribution: usdc('0'),
					qualifiedRevenueShare: 1,
				},
			),
			accurateAsOf: 1500,
			events: [{ ...event, incrementalDuration: 31_556_952, incrementalRevenueContribution: huge }],
		}) as { referrers: object[]; aggregatedMetrics: object };
		expect(answer.referrers[0]).toMatchObject({ cappedAward: huge, totalRevenueContribution: huge });
		expect(answer.aggregatedMetrics).toMatchObject({ awardPoolRemaining: '0' });
	});
});
