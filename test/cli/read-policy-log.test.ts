import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import { readPolicyLog } from '../../src/cli/read-policy-log.ts';

const read = (text: string) => readPolicyLog(new TextEncoder().encode(text), 'log.csv');

function issuesOf(text: string): string[] {
	try {
		read(text);
		return [];
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return error.issues.map(({ at, message }) => `${at}: ${message}`);
	}
}

describe('readPolicyLog', () => {
	it('reads the columns in any order and leaves others out with a notice', () => {
		const { log, notices } = read(
			'target_propensity,arm,reward,propensity\r\n0.5,a,1,0.25\n1e-05,b,-2.5,1\n',
		);
		expect([...log.reward]).toEqual([1, -2.5]);
		expect([...log.propensity]).toEqual([0.25, 1]);
		expect([...log.targetPropensity]).toEqual([0.5, 1e-5]);
		expect(log.model).toBeNull();
		expect(notices.map(({ code }) => code)).toEqual(['import.unknown-column']);
	});

	it('reads a model when its two columns are there', () => {
		const { log } = read(
			'reward,propensity,target_propensity,model_logged,model_target\n1,0.5,0.5,0.2,0.3\n',
		);
		expect([...(log.model?.logged ?? []), ...(log.model?.target ?? [])]).toEqual([0.2, 0.3]);
		expect(issuesOf('reward,propensity,target_propensity,model_logged\n1,0.5,0.5,0.2\n')).toEqual([
			expect.stringMatching(/^log\.csv:1: missing column: model_target/),
		]);
	});

	it('names every bad cell by its line', () => {
		const issues = issuesOf('reward,propensity,target_propensity\n1,0.5,0.5\nx,0.5,2\n1,,0.5\n1,0.5\n');
		expect(issues.map((issue) => issue.split(';')[0])).toEqual([
			'log.csv:3, reward: invalid number: "x"',
			'log.csv:3, target_propensity: invalid number: "2"',
			'log.csv:4, propensity: missing number',
			'log.csv:5: invalid row: 2 cells',
		]);
	});

	it('refuses a choice that had no chance', () => {
		expect(issuesOf('reward,propensity,target_propensity\n1,0,0.5\n')).toEqual([
			'log.csv:2, propensity: invalid number: 0; must be above 0 and at most 1',
		]);
	});

	it('refuses a file without header, with a column twice or without one', () => {
		expect(issuesOf('')[0]).toMatch(/^log\.csv:1: missing header/);
		expect(issuesOf('reward,reward,propensity,target_propensity\n')[0]).toMatch(/duplicate column: "reward"/);
		expect(issuesOf('reward,propensity\n')[0]).toMatch(/missing column: target_propensity/);
	});
});
