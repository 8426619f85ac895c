import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import type { AskPart } from '#programs/cut.ts';
import { buildDataset } from '#programs/drop/dataset.ts';
import { cutScenario, openDropPart } from '#programs/drop/parts/cut-scenario.ts';
import { CityPreviews } from '#programs/drop/parts/preview-city.ts';
import { drop } from '#programs/drop/program.ts';
import { StageCache } from '#programs/drop/stage-cache.ts';
import { withValue, type Config } from '#programs/levers.ts';
import { programById } from '#programs/registry.ts';
import { randomMarketplace } from '../marketplace.ts';

function openRandom(seed: number) {
	return drop.open(
		contentFromDocument(randomMarketplace(seed, { cities: 3, users: 30 }), programById).content,
	);
}

/** The same scenario in parts, with whoever asks them; what is asked and answered crosses as it does between threads. */
function openCut(seed: number, most: number) {
	const document = randomMarketplace(seed, { cities: 3, users: 30 });
	const dataset = buildDataset(contentFromDocument(document, programById).content);
	const cut = cutScenario(dataset, new StageCache(), new CityPreviews(dataset), 0);
	if (!cut) throw new Error('any scenario is cut at 0 cells');
	const parts = cut.parts(most).map((input) => openDropPart(structuredClone(input)));
	const ask: AskPart = (part, question) =>
		Promise.resolve(structuredClone(parts[part](structuredClone(question)).answer));
	return { cut, ask };
}

/** Forecasts lean on the whole Drop: they are not previewed. */
const isForecast = (id: string) => id.startsWith('forecast.') || id === 'ratio.selections';

describe('the preview of a city', () => {
	it('has the assignments that the whole run then gives the city', () => {
		let count = 0;
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 ** 31 }),
				fc.integer({ min: 0, max: 2 }),
				fc.constantFrom('sponsorshipRatio', 'bottomShare', 'takeRate'),
				fc.constantFrom(0.2, 0.5, 0.8),
				fc.constantFrom<Config>({}, { supply: { split: 'proportional' } }, { cutoff: { mode: 'skip-user' } }),
				(seed, y, key, value, base) => {
					const open = openRandom(seed);
					open.run(base);
					const path = `cities.y${y}.${key}`;
					const config = withValue(base, path, value);
					const preview = open.preview?.(config, path);
					if (!preview) throw new Error('a lever of a city can be previewed');
					const group = openRandom(seed)
						.run(config)
						.groups.find(({ id }) => id === preview.group);
					if (!group) throw new Error('cities are reported');
					const row = group.ids.indexOf(preview.id);
					for (const { id, values } of group.columns) {
						const expected = isForecast(id) ? undefined : values[row];
						expect([id, preview.values.get(id)]).toEqual([id, expected]);
						count++;
					}
				},
			),
			{ seed: 5, numRuns: 200 },
		);
		expect(count).toBeGreaterThan(2000);
	});

	it('is the same from the part that holds the city, in any number of parts', async () => {
		let count = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 2 ** 31 }),
				fc.integer({ min: 0, max: 2 }),
				fc.constantFrom('sponsorshipRatio', 'bottomShare', 'takeRate'),
				fc.integer({ min: 1, max: 3 }),
				async (seed, y, key, most) => {
					const path = `cities.y${y}.${key}`;
					const config = withValue({}, path, 0.4);
					const whole = openRandom(seed);
					whole.run({});
					const { cut, ask } = openCut(seed, most);
					expect(await cut.preview?.(config, path, ask)).toBeNull();
					const before = await cut.run({}, most, ask);
					const preview = await cut.preview?.(config, path, ask);
					expect(preview).toEqual(whole.preview?.(config, path));
					count += preview?.values.size ?? 0;
					// what the part worked out ahead changes no run
					expect(await cut.run({}, most, ask)).toEqual(before);
					expect(await cut.run(config, most, ask)).toEqual(openRandom(seed).run(config));
				},
			),
			{ seed: 5, numRuns: 25 },
		);
		expect(count).toBeGreaterThan(200);
	});

	it('is not given for a lever of all cities, before any run, or when more has changed than the city’s own levers', () => {
		const open = openRandom(1);
		const config = withValue({}, 'cities.y1.sponsorshipRatio', 0.5);
		expect(open.preview?.(config, 'cities.y1.sponsorshipRatio')).toBeNull();
		open.run({});
		expect(open.preview?.({ sponsorship: { ratio: 0.5 } }, 'sponsorship.ratio')).toBeNull();
		expect(open.preview?.(withValue(config, 'slotsPerUser', 2), 'cities.y1.sponsorshipRatio')).toBeNull();
		expect(open.preview?.(config, 'cities.y1.sponsorshipRatio')).not.toBeNull();
	});
});
