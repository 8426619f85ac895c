import { describe, expect, it } from 'vitest';
import { runLine } from './make-effects.ts';

/** Rows of a log, made by a rule: the first policy chooses evenly among two, the other takes the first three times of four. */
function log(count: number, header = 'reward,propensity,target_propensity'): string {
	const rows = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? '2,0.5,0.75' : '1,0.5,0.25'));
	return [header, ...rows].join('\n');
}

async function opeJson(text: string): Promise<Record<string, never>> {
	const { exit, out } = await runLine('ope log.csv --json', { files: { 'log.csv': text } });
	expect(exit).toBe(0);
	return JSON.parse(out) as Record<string, never>;
}

describe('dropbench ope', () => {
	it('estimates by hand-made weights: 1.5 and 0.5 on rewards 2 and 1', async () => {
		// mean of 1.5 · 2 and 0.5 · 1; effective size 400 · 1² / ((1.5² + 0.5²) / 2)
		const result = await opeJson(log(400));
		expect(result).toMatchObject({
			count: 400,
			verdict: 'fine',
			meanWeight: 1,
			largestWeight: 1.5,
			doublyRobust: null,
		});
		expect(result.ips).toMatchObject({ value: 1.75 });
		expect(result.snips).toMatchObject({ value: 1.75 });
		expect(result.logged).toMatchObject({ value: 1.5 });
		expect(result.effectiveSize).toBeCloseTo(320, 9);
	});

	it('gives exactly the logged mean and every row for a policy beside its own log', async () => {
		const rows = Array.from({ length: 500 }, (_, i) => `${i % 7},0.${(i % 3) + 1},0.${(i % 3) + 1}`);
		const result = await opeJson(['reward,propensity,target_propensity', ...rows].join('\n'));
		expect(result.effectiveSize).toBe(500);
		expect(result.ips).toEqual(result.logged);
	});

	it('takes columns in any order, passes over others, and adds the doubly robust estimate with a model', async () => {
		const rows = Array.from({ length: 300 }, (_, i) => `x,0.5,${i % 2},1.5,1.25,0.5`);
		const header = 'note,propensity,reward,model_target,model_logged,target_propensity';
		const result = await opeJson(`\ufeff${[header, ...rows].join('\r\n')}\r\n`);
		// weights are 1: mean of 1.5 + (r − 1.25)
		expect(result.doublyRobust).toMatchObject({ value: 0.75 });
	});

	it('refuses where there is too little overlap, with exit code 3 and no number', async () => {
		const files = { 'log.csv': log(60) };
		const text = await runLine('ope log.csv', { files });
		expect(text.exit).toBe(3);
		expect(text.out).toContain('too little overlap to say anything: 60 rows count as 48.0; 100 are needed');
		expect(text.out).not.toContain('IPS');
		const json = await runLine('ope log.csv --json', { files });
		expect(json.exit).toBe(3);
		expect(JSON.parse(json.out)).toMatchObject({
			verdict: 'refuse',
			ips: null,
			snips: null,
			doublyRobust: null,
		});
		expect((await runLine('ope log.csv', { files: { 'log.csv': log(0) } })).exit).toBe(3);
	});

	it('prints a table with intervals of the level asked for', async () => {
		const { exit, out } = await runLine('ope log.csv --level .9', { files: { 'log.csv': log(400) } });
		expect(exit).toBe(0);
		expect(out).toContain('400 rows, 320 effective');
		expect(out).toMatch(/90 % interval$/m);
		expect(out).toMatch(/IPS.* 1\.75 /);
	});

	it('refuses a wrong file, level or name', async () => {
		const ope = (text: string) => runLine('ope log.csv', { files: { 'log.csv': text } });
		const wrong = await ope('reward,propensity,target_propensity\n1,0,0.5\n2,0.5,x');
		expect([wrong.exit, wrong.out]).toEqual([2, '']);
		expect((await ope('')).exit).toBe(2);
		expect((await runLine('ope')).exit).toBe(2);
		expect((await runLine('ope none.csv')).warnings).toEqual(['none.csv: missing file']);
		expect((await runLine('ope log.csv --level 2', { files: { 'log.csv': log(400) } })).exit).toBe(2);
	});
});
