import type { Redis } from 'ioredis';
import { KEY_PREFIX } from './job-spec.ts';

/**
 * Who waits for which job: a set of submissions by job. A job that no submission wants is not computed, so that cancelling takes
 * away just what nobody else asked for, and a worker that comes back from the dead starts nothing.
 */

const KEEP_SECONDS = 14 * 24 * 3600;

function wantedKey(engine: string, id: string): string {
	return `${KEY_PREFIX}-wanted:${engine}:${id}`;
}

/** Notes that a submission waits for these jobs. */
export async function want(redis: Redis, engine: string, ids: readonly string[], by: string): Promise<void> {
	const pipeline = redis.pipeline();
	for (const id of ids) pipeline.sadd(wantedKey(engine, id), by).expire(wantedKey(engine, id), KEEP_SECONDS);
	await settle(pipeline);
}

/** Notes that a submission waits for these jobs no more; gives those that nobody waits for now. */
export async function unwant(
	redis: Redis,
	engine: string,
	ids: readonly string[],
	by: string,
): Promise<string[]> {
	const pipeline = redis.pipeline();
	for (const id of ids) pipeline.srem(wantedKey(engine, id), by);
	for (const id of ids) pipeline.scard(wantedKey(engine, id));
	const counts = (await settle(pipeline)).slice(ids.length);
	return ids.filter((_, i) => counts[i] === 0);
}

/** Does any submission wait for a job? */
export async function isWanted(redis: Redis, engine: string, id: string): Promise<boolean> {
	return (await redis.scard(wantedKey(engine, id))) > 0;
}

async function settle(pipeline: ReturnType<Redis['pipeline']>): Promise<unknown[]> {
	const results = (await pipeline.exec()) ?? [];
	return results.map(([error, value]) => {
		if (error) throw error;
		return value;
	});
}
