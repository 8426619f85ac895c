import { describe, expect, it } from 'vitest';
import { estimateOffPolicy } from '#engine/stats/off-policy.ts';
import { offPolicyDocument, offPolicyText } from '../../src/cli/off-policy-text.ts';

function resultOf(rows: [reward: number, propensity: number, target: number][], copies: number) {
	const all = Array.from({ length: copies }, () => rows).flat();
	const column = (i: number) => Float64Array.from(all, (row) => row[i]);
	return estimateOffPolicy(
		{ reward: column(0), propensity: column(1), targetPropensity: column(2), model: null },
		0.95,
	);
}

describe('offPolicyText', () => {
	it('shows overlap and estimates', () => {
		const lines = offPolicyText(resultOf([[1, 0.5, 0.5], [0, 0.5, 0.5]], 200), 0.95, []).split('\n'); // prettier-ignore
		expect(lines[0]).toBe('400 rows, 400 effective; mean weight 1, largest 1');
		expect(lines[2]).toMatch(/^mean reward a row +value +standard error +95 % interval$/);
		expect(lines[4]).toMatch(/^inverse propensity \(IPS\) +0\.5 +0\.0250313 +0\.45094 to 0\.54906$/);
		expect(lines[5]).toMatch(/^self-normalised \(SNIPS\) +0\.5 /);
		expect(lines[6]).toBe('');
	});

	it('puts the reasons in place of the estimates where it refuses', () => {
		const refused = resultOf([[1, 0.5, 0.5]], 10);
		const text = offPolicyText(refused, 0.95, [{ code: 'x', message: 'a column was left out' }]);
		expect(text).not.toContain('IPS');
		expect(text).toContain(
			'refused: too little overlap to say anything: 10 rows count as 10.0; 100 are needed',
		);
		expect(text).toContain('to know: a column was left out');
		expect(offPolicyDocument(refused, 0.95)).toMatchObject({
			verdict: 'refuse',
			ips: null,
			snips: null,
			count: 10,
		});
	});

	it('warns beside the estimates', () => {
		const text = offPolicyText(resultOf([[1, 0.5, 0.6], [0, 0.5, 0.6]], 100), 0.95, []); // prettier-ignore
		expect(text).toContain('IPS');
		expect(text).toContain('warning: the mean weight is 1.200');
	});
});
