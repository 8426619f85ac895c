import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import { answerCase } from '#programs/drop/answer-case.ts';
import { programById } from '#programs/registry.ts';

interface Vector {
	readonly name: string;
	readonly scenario: unknown;
	readonly config: unknown;
	readonly expected: Readonly<Record<string, unknown>>;
}

/** Fields of a result that are sums of doubles; everything else is exact. */
const TOLERANCE: Readonly<Record<string, number>> = { medianDistanceKm: 1e-9, propensity: 1e-12 };

const folder = join(import.meta.dirname, 'vectors');
const reader = (document: unknown) => contentFromDocument(document, programById).content;

/** Differences between what is expected and what is there; more fields than expected do no harm. */
function differences(want: unknown, got: unknown, path: string): string[] {
	if (typeof want === 'number' && typeof got === 'number') {
		const slack = TOLERANCE[path.slice(path.lastIndexOf('.') + 1)] ?? 0;
		return Math.abs(want - got) <= slack ? [] : [`${path}: ${want} became ${got}`];
	}
	if (Array.isArray(want) && Array.isArray(got)) {
		if (want.length !== got.length) return [`${path}: ${want.length} items became ${got.length}`];
		return want.flatMap((item, i) => differences(item, got[i], `${path}[${i}]`));
	}
	if (typeof want === 'object' && want !== null && typeof got === 'object' && got !== null) {
		return Object.entries(want).flatMap(([key, value]) =>
			differences(value, (got as Record<string, unknown>)[key], `${path}.${key}`),
		);
	}
	return want === got ? [] : [`${path}: ${JSON.stringify(want)} became ${JSON.stringify(got)}`];
}

describe('the vectors of the Drop', () => {
	const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

	it('are all here', () => {
		expect(files).toHaveLength(9);
	});

	for (const file of files) {
		it(`give the expected result: ${file}`, () => {
			const vector = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Vector;
			const result = answerCase({ scenario: vector.scenario, config: vector.config }, reader) as Record<
				string,
				unknown
			>;
			const { firstCity, firstCityTotalSponsoredPoints, ...expected } = vector.expected;
			expect(differences(expected, result, 'result').slice(0, 5)).toEqual([]);
			if (typeof firstCity !== 'string') return;
			const cities = result.cities as Record<string, { totalSponsoredPoints: number }>;
			expect(cities[firstCity].totalSponsoredPoints).toBe(firstCityTotalSponsoredPoints);
		});
	}
});
