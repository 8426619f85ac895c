import { describe, expect, it } from 'vitest';
import { readSweepAxis, sweepPoints } from '../../src/cli/sweep-axis.ts';

describe('readSweepAxis', () => {
	it('takes a list as it stands', () => {
		expect(readSweepAxis('mode=a,b')).toEqual({ path: 'mode', values: ['a', 'b'] });
		expect(readSweepAxis('seed=7')).toEqual({ path: 'seed', values: ['7'] });
	});

	it('spreads steps evenly, ends included, in decimals as people write them', () => {
		expect(readSweepAxis('x=0.1..0.5/5').values).toEqual(['0.1', '0.2', '0.3', '0.4', '0.5']);
		expect(readSweepAxis('x=2..-1/4').values).toEqual(['2', '1', '0', '-1']);
	});

	it('refuses what is neither', () => {
		for (const text of ['x', '=1', 'x=', 'x=1..2/1', 'x=1..2/99999', 'x=1.2.3..4/3']) {
			expect(() => readSweepAxis(text)).toThrow('--over: invalid sweep');
		}
	});
});

describe('sweepPoints', () => {
	it('takes every combination, the last axis turning fastest', () => {
		const axes = [readSweepAxis('a=1,2'), readSweepAxis('b=x,y')];
		expect(sweepPoints(axes)).toEqual([
			['1', 'x'],
			['1', 'y'],
			['2', 'x'],
			['2', 'y'],
		]);
		expect(sweepPoints([])).toEqual([[]]);
	});

	it('refuses more points than can be looked at', () => {
		expect(() => sweepPoints([readSweepAxis('a=1..2/200'), readSweepAxis('b=1..2/200')])).toThrow(
			'"40000 points"',
		);
	});
});
