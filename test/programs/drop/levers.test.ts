import { describe, expect, it } from 'vitest';
import { drop } from '#programs/drop/program.ts';
import { withValue, type Config } from '#programs/levers.ts';
import { contentFromDocument } from '#data/read-json.ts';
import { programById } from '#programs/registry.ts';
import { daysBefore, randomMarketplace } from './marketplace.ts';

/** Another value for each lever, and the settings that bring it to bear. */
const TRIALS: Readonly<Record<string, readonly [value: unknown, beside?: Config]>> = {
	seed: [77],
	slotsPerUser: [1],
	'scoring.combine': ['arithmetic'],
	'scoring.floor': [0.3],
	'scoring.weights.affinity': [0],
	'scoring.weights.distance': [50],
	'scoring.weights.reward': [50],
	'scoring.weights.rejections': [50],
	'scoring.weights.recency': [50],
	'scoring.rewardScaleCents': [100],
	'scoring.rejectionDecay': [0.9],
	'scoring.recencyDecay': [0.9],
	'scoring.distanceBaseline': ['user'],
	'cutoff.mode': ['skip-user'],
	'cutoff.basis': ['eligible'],
	'cutoff.bottomShare': [0.8],
	'cutoff.minAffinity': [0.6],
	'supply.mode': ['none'],
	'supply.target': [0.3],
	'supply.risk': [0.4, { supply: { mode: 'risk' } }],
	'supply.pacing': ['even'],
	'supply.split': ['proportional'],
	'supply.estimate': ['fixed'],
	'supply.pseudoObservations': [0],
	'supply.selectionRate': [0.9, { supply: { estimate: 'fixed' } }],
	'supply.conversionRate': [0.9, { supply: { estimate: 'fixed' } }],
	'matching.method': ['optimal'],
	'matching.brandScore': ['best-customer'],
	'matching.objective': ['revenue', { matching: { method: 'optimal' } }],
	'sponsorship.ratio': [0.2],
	'growth.reservedSlots': [2],
	'growth.requiresSponsored': [false],
	'growth.jitterDays': [1000],
	'growth.topK': [1],
	'growth.power': [20],
	'pricing.takeRate': [0.8],
	'cities.*.sponsorshipRatio': [0.2],
	'cities.*.bottomShare': [0.8],
	'cities.*.takeRate': [0.8],
};

describe('the levers of the Drop', () => {
	// a seed alone decides ties, and users at one place differ by little: enough marketplaces show each effect
	const scenarios = Array.from({ length: 40 }, (_, seed) =>
		drop.open(contentFromDocument(randomMarketplace(seed), programById).content),
	);
	const outcome = (open: (typeof scenarios)[number], config: Config) => {
		const people = open.run(config).participants;
		return JSON.stringify([people?.item, people?.itemStart, people?.value]);
	};

	for (const lever of drop.levers) {
		if (lever.path === 'recommender.maxAgeDays') continue;
		it(`change some outcome: ${lever.path}`, () => {
			const [value, beside = {}] = TRIALS[lever.path];
			const changed = withValue(beside, lever.path.replace('*', 'y0'), value);
			expect(scenarios.some((open) => outcome(open, changed) !== outcome(open, beside))).toBe(true);
		});
	}

	it('warn of a stale recommender beyond the age that is set', () => {
		const marketplace = randomMarketplace(1);
		marketplace.tables.recommender_run = marketplace.tables.recommender_run.map((run) => ({ ...run, trained_at: daysBefore(9) }));
		const open = drop.open(contentFromDocument(marketplace, programById).content);
		const codes = (days: number) => open.run({ recommender: { maxAgeDays: days } }).notices.map((notice) => notice.code);
		expect(codes(7)).toContain('recommender-stale');
		expect(codes(10)).not.toContain('recommender-stale');
	});

	it('keep unknown settings, and guess what a slip meant', () => {
		const { config, notices } = drop.readConfig({ cutoff: { bottomShar: 0.1 }, boosts: [1] });
		expect(config).toMatchObject({ cutoff: { bottomShar: 0.1, bottomShare: 0.3 }, boosts: [1] });
		expect(notices.map((notice) => notice.message)).toEqual([
			'unknown setting cutoff.bottomShar is kept and changes nothing; did you mean cutoff.bottomShare?',
			'boosts is ignored: Drops know no boosts, exclusions or location Drops',
		]);
	});

	it('refuse wrong values with their path, all at once', () => {
		const read = () => drop.readConfig({ seed: -1, sponsorship: { ratio: 0 }, scoring: { weights: { affinity: 0, distance: 0, reward: 0, rejections: 0, recency: 0 } } });
		expect(read).toThrow(/config\.seed.*\n?.*config\.sponsorship\.ratio|config\.scoring\.weights/s);
	});

	it('refuse a version that is newer than the engine', () => {
		expect(() => drop.readConfig({ version: 2 })).toThrow('version 2 is newer than this engine');
	});
}); // prettier-ignore
