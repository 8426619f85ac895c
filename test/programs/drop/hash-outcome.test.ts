import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#programs/hash.ts';
import { hashOutcome } from '#programs/drop/hash-outcome.ts';
import type { DropOutcome } from '#programs/drop/outcome.ts';
import type { DropRun } from '#programs/drop/simulate.ts';
import { affinityRows, handMarket } from './hand-market.ts';
import { randomMarketplace, runOf } from './marketplace.ts';

/** The definition, written out. */
function slowHash({ dataset }: DropRun, outcome: DropOutcome, config: object): string {
	const lines = Array.from(outcome.user, (u, a) => {
		const chance = outcome.propensity[a];
		return `\n${JSON.stringify([
			dataset.users.ids[u],
			dataset.contracts.ids[outcome.contract[a]],
			outcome.slot[a],
			outcome.points[a],
			Number.isNaN(chance) ? null : String(chance),
		])}`;
	});
	return createHash('sha256')
		.update(canonicalJson(config) + lines.join(''))
		.digest('hex');
}

describe('hashOutcome', () => {
	it('is SHA-256 over the configuration and a line for each assignment', () => {
		const { run, outcome } = runOf(handMarket({ affinity: affinityRows({ u1: { a: 0.4 } }) }));
		const line = `["u1","ka",1,${outcome.points[0]},null]`;
		const text = `${canonicalJson({ seed: 1 })}\n${line}`;
		expect(hashOutcome(run, outcome, { seed: 1 })).toBe(createHash('sha256').update(text).digest('hex'));
		expect(hashOutcome(run, outcome, { seed: 2 })).not.toBe(hashOutcome(run, outcome, { seed: 1 }));
	});

	it('is that of the rows it is given, whatever outcome of the dataset was hashed before', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 ** 31 }),
				fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
				fc.nat(),
				fc.constantFrom('contract', 'slot', 'points', 'propensity', 'user'),
				(seed, ratios, place, column) => {
					const tables = randomMarketplace(seed);
					let first: DropRun | undefined;
					for (const ratio of ratios) {
						const { run, outcome } = runOf(tables, {
							sponsorship: { ratio },
							growth: { requiresSponsored: false },
						});
						first ??= run;
						expect(hashOutcome(first, outcome, { ratio })).toBe(slowHash(first, outcome, { ratio }));
						if (outcome.user.length === 0) continue;
						// written to in place, as nobody should
						outcome[column][place % outcome.user.length] = 0;
						expect(hashOutcome(first, outcome, { ratio })).toBe(slowHash(first, outcome, { ratio }));
					}
				},
			),
			{ seed: 4, numRuns: 300 },
		);
	});
});
