import { describe, expect, it } from 'vitest';
import { runLine } from './make-effects.ts';
import { smallDrop } from './small-drop.ts';

const files = {
	'small.json': JSON.stringify(smallDrop),
	'half.json': '{"cutoff": {"bottomShare": 0.5}}',
	'typo.json': '{"cutof": {"bottomShare": 0.5}}',
	'wrong.json': '{"cutoff": {"bottomShare": 1.5}, "slotsPerUser": "three"}',
	'own/scenarios/drop/tiny/scenario.json': JSON.stringify({ ...smallDrop, config: { seed: 5 } }),
};

interface JsonReport {
	readonly program: string;
	readonly seed: number;
	readonly outcomeHash: string;
	readonly config: { readonly cutoff: { readonly bottomShare: number } };
	readonly groups: readonly {
		readonly columns: readonly { readonly values: readonly (number | null)[] }[];
	}[];
}

async function runJson(line: string): Promise<JsonReport> {
	const { exit, out, warnings } = await runLine(`run ${line} --json`, { files });
	expect([exit, warnings]).toEqual([0, []]);
	return JSON.parse(out) as JsonReport;
}

describe('dropbench run', () => {
	it('prints numbers, a row per city, the checks, the seed and the outcome hash', async () => {
		const { exit, out } = await runLine('run small.json', { files });
		expect(exit).toBe(0);
		expect(out).toMatch(/^metric +value$/m);
		expect(out).toMatch(/^Dallas +/m);
		expect(out).toMatch(/^✓ /m);
		expect(out).toMatch(/^seed \d+, outcome [0-9a-f]{64}$/m);
	});

	it('prints the whole report as JSON, the same each time, with lists for columns', async () => {
		const report = await runJson('small.json');
		expect(report.program).toBe('drop');
		expect(Array.isArray(report.groups[0].columns[0].values)).toBe(true);
		expect(await runJson('small.json')).toEqual(report);
	});

	it('turns levers by file, by setting and by seed, the later over the former', async () => {
		const plain = await runJson('small.json');
		const half = await runJson('small.json --config half.json --seed 9');
		expect([half.config.cutoff.bottomShare, half.seed]).toEqual([0.5, 9]);
		expect(half.outcomeHash).not.toBe(plain.outcomeHash);
		const turned = await runJson('small.json --config half.json --set cutoff.bottomShare=0.25 --set seed=9');
		expect([turned.config.cutoff.bottomShare, turned.seed]).toEqual([0.25, 9]);
	});

	it('finds a shipped scenario by name and runs it with its own configuration', async () => {
		expect((await runJson('drop/tiny')).seed).toBe(5);
		expect((await runJson('drop/tiny --config half.json')).seed).not.toBe(5);
	});

	it('names a scenario that is not there, and those that are', async () => {
		expect(await runLine('run nowhere', { files })).toMatchObject({
			exit: 2,
			out: '',
			warnings: [
				'nowhere: missing scenario; must be the path of a file or folder, or the name of one that is shipped: drop/tiny',
			],
		});
		expect((await runLine('run', { files })).exit).toBe(2);
	});

	it('refuses wrong configurations, every problem at once, and says what a typo changed: nothing', async () => {
		const wrong = await runLine('run small.json --config wrong.json', { files });
		expect([wrong.exit, wrong.out, wrong.warnings.length]).toEqual([2, '', 2]);
		expect(wrong.warnings.join()).toMatch(
			/cutoff\.bottomShare.*slotsPerUser|slotsPerUser.*cutoff\.bottomShare/,
		);
		const typo = await runLine('run small.json --config typo.json', { files });
		expect([typo.exit, typo.out]).toEqual([0, expect.stringContaining('cutof')]);
		expect((await runLine('run small.json --config none.json', { files })).warnings).toEqual([
			'none.json: missing file',
		]);
		expect((await runLine('run small.json --set cutof=1', { files })).exit).toBe(2);
		expect((await runLine('run small.json --seed x', { files })).exit).toBe(2);
	});

	it('refuses files that are no scenario with one clear message each', async () => {
		const bad = {
			'empty.json': '',
			'text.txt': 'hello',
			'cut.json': JSON.stringify(smallDrop).slice(0, 300),
			'new.json': JSON.stringify({ ...smallDrop, version: 99 }),
			'other.json': JSON.stringify({ ...smallDrop, program: 'lottery' }),
			'fake.sqlite': 'SQLite format 3\0 and then nothing',
			'less.json': JSON.stringify({ ...smallDrop, tables: { ...smallDrop.tables, location: undefined } }),
		};
		for (const file of Object.keys(bad)) {
			const { exit, out, warnings } = await runLine(`run ${file}`, { files: bad });
			expect([file, exit, out, warnings.length]).toEqual([file, 2, '', 1]);
			expect(warnings[0]).toContain(file);
			expect(warnings[0]).not.toContain('    at ');
		}
	});
});
