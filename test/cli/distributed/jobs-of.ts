import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { KEY_PREFIX } from '../../../src/cli/distributed/job-spec.ts';

/** The queues that command lines made in a database: one for each release. */
export async function queuesIn(redis: Redis): Promise<Queue[]> {
	const keys = await redis.keys(`${KEY_PREFIX}:*:meta`);
	return keys.map((key) => {
		const name = key.slice(KEY_PREFIX.length + 1, -':meta'.length);
		const queue = new Queue(name, { connection: redis, prefix: KEY_PREFIX });
		// a server that is gone for a moment is what some tests are about
		queue.on('error', () => undefined);
		return queue;
	});
}

/** Jobs of all queues of a database, by what became of them. */
export async function countsIn(
	redis: Redis,
): Promise<Record<'active' | 'waiting' | 'completed' | 'failed', number>> {
	const counts = { active: 0, waiting: 0, completed: 0, failed: 0 };
	for (const queue of await queuesIn(redis)) {
		const own = await queue.getJobCounts('active', 'waiting', 'delayed', 'completed', 'failed');
		counts.active += own.active;
		counts.waiting += own.waiting + own.delayed;
		counts.completed += own.completed;
		counts.failed += own.failed;
	}
	return counts;
}

/** How often each job was reported done: once, if nothing was counted twice. */
export async function completionsIn(redis: Redis): Promise<number[]> {
	const times = new Map<string, number>();
	for (const queue of await queuesIn(redis)) {
		for (const [, fields] of await redis.xrange(queue.toKey('events'), '-', '+')) {
			const at = (name: string) => fields[fields.indexOf(name) + 1];
			if (at('event') === 'completed') times.set(at('jobId'), (times.get(at('jobId')) ?? 0) + 1);
		}
	}
	return [...times.values()];
}
