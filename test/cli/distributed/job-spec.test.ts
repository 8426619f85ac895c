import { describe, expect, it } from 'vitest';
import { jobId, jobTitle, readJobSpec, type JobSpec } from '../../../src/cli/distributed/job-spec.ts';
import { InputError } from '../../../src/programs/input-error.ts';

const job: JobSpec = {
	engine: '1.0.0+abc',
	program: 'drop',
	shard: { digest: 'a'.repeat(64), number: 2, count: 3, label: 'Dallas' },
	config: { seed: 7, slotsPerUser: 3 },
	task: { kind: 'run' },
};

describe('the name of a job', () => {
	it('changes with all that decides the result, and with nothing else', () => {
		const others: JobSpec[] = [
			{ ...job, engine: '1.0.1+abc' },
			{ ...job, program: 'pledge' },
			{ ...job, shard: { ...job.shard, digest: 'b'.repeat(64) } },
			{ ...job, shard: { ...job.shard, number: 1 } },
			{ ...job, config: { ...job.config, seed: 8 } },
			{ ...job, config: { ...job.config, slotsPerUser: 2 } },
			{ ...job, task: { kind: 'summary' } },
			{ ...job, task: { kind: 'study', study: 'season', options: {} } },
		];
		expect(new Set([job, ...others].map(jobId)).size).toBe(others.length + 1);
		expect(jobId({ ...job, config: { slotsPerUser: 3, seed: 7 } })).toBe(jobId(job));
		expect(jobId({ ...job, shard: { ...job.shard, label: 'Big D' } })).toBe(jobId(job));
	});

	it('is proved by the content that a queue hands over', () => {
		expect(readJobSpec(jobId(job), JSON.parse(JSON.stringify(job)))).toEqual(job);
		expect(() => readJobSpec(jobId(job), { ...job, config: { seed: 8 } })).toThrow('mismatched name');
	});

	it('stands in the error where the content is no job', () => {
		const wrong: unknown[] = [
			null,
			'job',
			{},
			{ ...job, extra: 1 },
			{ ...job, shard: { ...job.shard, digest: '../../etc/passwd' } },
			{ ...job, task: { kind: 'shell' } },
		];
		for (const data of wrong) {
			expect(() => readJobSpec('f'.repeat(64), data)).toThrow(InputError);
			expect(() => readJobSpec('f'.repeat(64), data)).toThrow(/^job ffffffffffff.*: invalid job: /);
		}
	});

	it('has words for people', () => {
		expect(jobTitle(job)).toBe('shard 2 of 3 (Dallas), seed 7');
		expect(jobTitle({ ...job, config: {}, shard: { ...job.shard, number: 1, count: 1 } })).toBe('Dallas');
	});
});
