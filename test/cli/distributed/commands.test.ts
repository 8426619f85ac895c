import { describe, expect, it } from 'vitest';
import { makeEffects, runLine } from '../make-effects.ts';
import { smallDrop } from '../small-drop.ts';
import { readFacts, readShard, writeFacts, writeShard } from '../../../src/cli/distributed/data-folder.ts';
import { contentFromDocument } from '../../../src/data/read-json.ts';
import { drop } from '../../../src/programs/drop/program.ts';
import { programById } from '../../../src/programs/registry.ts';

const files = { 'small.json': JSON.stringify(smallDrop) };

describe('commands that spread their work', () => {
	it('say what to install where the packages of a queue are missing', async () => {
		const lines = [
			'worker --redis redis://127.0.0.1:1',
			'run small.json --redis redis://127.0.0.1:1 --data d',
			'sweep small.json --over seed=1,2 --redis redis://127.0.0.1:1 --data d',
			'season small.json --weeks 1 --seeds 1 --redis redis://127.0.0.1:1 --data d',
			'replay small.json --redis redis://127.0.0.1:1 --data d',
		];
		for (const line of lines) {
			const { exit, out, warnings } = await runLine(line, { files });
			expect({ line, exit, out }).toEqual({ line, exit: 2, out: '' });
			expect(warnings.at(-1)).toBe(
				'--redis: missing packages: bullmq and ioredis; install them with npm ci --include=optional',
			);
		}
	});

	it('compute here without --redis, and want it for what goes with it only', async () => {
		expect((await runLine('run small.json', { files })).exit).toBe(0);
		for (const option of ['--resume', '--data d']) {
			const { exit, warnings } = await runLine(`run small.json ${option}`, { files });
			expect(exit).toBe(2);
			expect(warnings[0]).toContain('missing --redis');
		}
	});

	it('refuse an address that is open to the network before anything else', async () => {
		for (const line of ['worker --redis redis://10.0.0.1', 'run small.json --redis redis://10.0.0.1']) {
			const { exit, warnings } = await runLine(line, { files });
			expect(exit).toBe(2);
			expect(warnings).toEqual([expect.stringContaining('missing password')]);
		}
	});

	it('say that a sampled design is computed here', async () => {
		const line = 'sweep small.json --sample 2 --over sponsorship.ratio --redis redis://127.0.0.1:1';
		const { exit, warnings } = await runLine(line, { files });
		expect(exit).toBe(2);
		expect(warnings).toEqual([expect.stringContaining('--redis: does not go with --sample')]);
	});

	it('refuse limits that are none', async () => {
		for (const option of ['--concurrency 0', '--memory lots', '--time -1', '--memory 1']) {
			const { exit, warnings } = await runLine(`worker --redis redis://localhost ${option}`);
			expect(exit).toBe(2);
			expect(warnings[0]).toMatch(/^--\w+: invalid number|invalid options/);
		}
		expect((await runLine('worker')).warnings[0]).toContain('--redis: missing address');
	});

	it('play a season as the study does', async () => {
		const season = await runLine('season small.json --weeks 2 --seeds 2 --json', { files });
		const study = await runLine('study small.json season --option weeks=2 --option seeds=2 --json', {
			files,
		});
		expect(season.exit).toBe(0);
		expect(season.out).toBe(study.out);
	});

	it('split a scenario into files by digest, and write none twice', async () => {
		const { exit, out, files: written } = await runLine('scenario split small.json --out d', { files });
		expect(exit).toBe(0);
		const names = [...written.keys()].filter((name) => name.startsWith('d/')).sort();
		expect(names.map((name) => name.replace(/[0-9a-f]{64}/, ''))).toEqual(
			expect.arrayContaining(['d/.facts.json', 'd/.split.json', 'd/.sqlite']),
		);
		expect(out).toContain('Dallas');
		expect((await runLine('scenario split small.json', { files })).exit).toBe(2);
	});
});

describe('the folder of shards', () => {
	const { content } = contentFromDocument(smallDrop, programById);

	it('gives back what was put in, and refuses what is missing or changed by its name', async () => {
		const { effects, files: stored } = makeEffects();
		const { digest, bytes } = await writeShard('d', content, drop, effects);
		expect(bytes).toBeGreaterThan(0);
		expect(await writeShard('d', content, drop, effects)).toEqual({ digest, bytes: 0 });
		const shard = { digest, number: 1, count: 1, label: 'small' };
		expect((await readShard('d', shard, effects)).content.name).toBe('small');

		const other = { ...shard, digest: 'a'.repeat(64) };
		await expect(readShard('d', other, effects)).rejects.toThrow(`d/${'a'.repeat(64)}.sqlite: missing file`);
		stored.set(`d/${'a'.repeat(64)}.sqlite`, stored.get(`d/${digest}.sqlite`)!);
		await expect(readShard('d', other, effects)).rejects.toThrow('mismatched digest');
	});

	it('keeps what parts must know of each other by digest too', () => {
		const { effects, files: stored } = makeEffects();
		const column = (...values: number[]) => Float64Array.from(values);
		const counts = {
			conversions: column(1, 2),
			outstanding: column(0, 1),
			matureAssignments: column(3, 4),
			matureSelections: column(1, 1),
			settledSelections: column(1, 0),
			settledConversions: column(1, 0),
		};
		const digest = writeFacts('d', counts, effects);
		expect(readFacts('d', digest, effects)).toStrictEqual(counts);
		stored.set(`d/${digest}.facts.json`, new TextEncoder().encode('{}'));
		expect(() => readFacts('d', digest, effects)).toThrow(`d/${digest}.facts.json: mismatched digest`);
		expect(() => readFacts('d', 'b'.repeat(64), effects)).toThrow('missing file');
	});
});
