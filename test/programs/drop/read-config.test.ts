import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import { readDropConfig } from '#programs/drop/read-config.ts';

function issuesOf(document: unknown): string[] {
	try {
		readDropConfig(document);
	} catch (error) {
		if (error instanceof InputError) return error.issues.map(({ at, message }) => `${at}: ${message}`);
		throw error;
	}
	return [];
}

describe('readDropConfig', () => {
	it('fills in the defaults of section 14', () => {
		const { config, notices } = readDropConfig({ cutoff: { bottomShare: 0.2 } });
		expect(config.cutoff).toEqual({ mode: 'cut-pairs', basis: 'catalog', bottomShare: 0.2, minAffinity: 0 });
		expect(config.scoring.weights).toEqual({
			affinity: 8,
			distance: 2,
			reward: 1,
			rejections: 1,
			recency: 1,
		});
		expect([config.slotsPerUser, config.sponsorship.ratio, config.supply.target]).toEqual([3, 0.7, 0.8]);
		expect(notices).toEqual([]);
	});

	it('refuses every wrong value with its path, all at once', () => {
		const issues = issuesOf({ sponsorship: { ratio: 0 }, seed: 2 ** 32, cutoff: { bottomShare: 0.96 } });
		expect(issues.map((issue) => issue.split(':')[0]).toSorted()).toEqual([
			'config.cutoff.bottomShare',
			'config.seed',
			'config.sponsorship.ratio',
		]);
		expect(issues.every((issue) => issue.includes('invalid value'))).toBe(true);
	});

	it('refuses weights that are all zero, and what is no object', () => {
		const zero = { affinity: 0, distance: 0, reward: 0, rejections: 0, recency: 0 };
		expect(issuesOf({ scoring: { weights: zero } })).toHaveLength(1);
		for (const document of [null, [], 'text', 3])
			expect(issuesOf(document)[0]).toContain('must be a JSON object');
	});

	it('does not run a version newer than the engine', () => {
		expect(issuesOf({ version: 2, cutoff: 'changed since' })).toEqual([
			'config.version: version 2 is newer than this engine, which runs version 1; it was kept unchanged',
		]);
	});

	it('keeps unknown keys and names them, those of older systems apart', () => {
		const { config, notices } = readDropConfig({ boosts: { ka: 2 }, cutof: { bottomShare: 1 } });
		expect(config).toMatchObject({ boosts: { ka: 2 }, cutof: { bottomShare: 1 } });
		expect(notices.map(({ code }) => code)).toEqual(['config-ignored', 'config-unknown']);
	});
});
