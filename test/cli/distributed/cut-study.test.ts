import { describe, expect, it } from 'vitest';
import { cutStudy } from '../../../src/cli/distributed/cut-study.ts';
import { pack, unpack } from '../../../src/cli/distributed/pack.ts';
import { readStudy } from '../../../src/cli/distributed/read-result.ts';
import type { Config } from '../../../src/programs/levers.ts';
import { drop } from '../../../src/programs/drop/program.ts';

const content = drop.generator!.generate(
	{ cities: 2, users: 120, brands: 8, contracts: 10, historyWeeks: 3 },
	5,
);
const open = drop.open(content);
const { config } = drop.readConfig({ seed: 11 });

/** A study from its pieces, each through the form in which it travels, against the study as a whole. */
function bothWays(id: string, options: Config) {
	const cut = cutStudy(id, config, options, content);
	const results = cut.pieces.map((piece) =>
		readStudy(unpack(pack(open.study(id, piece.config, piece.options)))),
	);
	return { pieces: cut.pieces.length, merged: cut.merge(results), whole: open.study(id, config, options) };
}

describe('a study that is cut', () => {
	it('gives the season of all seeds from those of single ones', () => {
		const { pieces, merged, whole } = bothWays('season', { weeks: 6, seeds: 4 });
		expect(pieces).toBe(4);
		expect(whole.series.length).toBeGreaterThan(6);
		expect(whole.series[0].marks?.length).toBeGreaterThan(0);
		expect(merged).toStrictEqual(whole);
	});

	it('gives two seasons on the same luck', () => {
		const against = drop.readConfig({ seed: 3, sponsorship: { ratio: 0.5 } }).config;
		const { pieces, merged, whole } = bothWays('season', { weeks: 2, seeds: 3, against });
		expect(pieces).toBe(6);
		expect(whole.series[0].lines.map(({ label }) => label)).toEqual(['Draft', 'Production']);
		expect(merged).toStrictEqual(whole);
	});

	it('gives the list of past Drops from single ones', () => {
		const { pieces, merged, whole } = bothWays('past-drops', {});
		expect(pieces).toBe(3);
		expect(merged).toStrictEqual(whole);
	});

	it('stays whole where its parts hang together, or where it will be refused', () => {
		expect(bothWays('methods', {})).toMatchObject({ pieces: 1 });
		expect(cutStudy('season', config, { weeks: 2, seeds: 100_000 }, content).pieces.length).toBe(1);
	});
});
