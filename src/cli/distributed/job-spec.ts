import { z } from 'zod';
import { found, inputError } from '#programs/input-error.ts';
import { canonicalJson, sha256Hex } from '#programs/hash.ts';

/** The part of a scenario that a job works on. */
const shardSchema = z.strictObject({
	/** SHA-256 over the content of its file: the file's name too */
	digest: z.string().regex(/^[0-9a-f]{64}$/),
	/** place of the shard among those of its scenario, from 1, and how many there are */
	number: z.int().min(1),
	count: z.int().min(1),
	/** for people: the cities it holds, or the scenario's name */
	label: z.string().max(200),
});

const taskSchema = z.discriminatedUnion('kind', [
	/** a whole run, and its report */
	z.strictObject({ kind: z.literal('run') }),
	/** a whole run, of which only numbers, checks and hash are wanted */
	z.strictObject({ kind: z.literal('summary') }),
	/** some cities of a Drop, as a part of the run of all */
	z.strictObject({
		kind: z.literal('part'),
		/** SHA-256 over the file of what the part must know of the others */
		facts: z.string().regex(/^[0-9a-f]{64}$/),
		cities: z.array(z.string()),
	}),
	z.strictObject({
		kind: z.literal('study'),
		study: z.string().max(100),
		options: z.record(z.string(), z.unknown()),
	}),
]);

const jobSchema = z.strictObject({
	/** digest of the program that asked: only the very same one may answer */
	engine: z.string().max(200),
	program: z.string().max(100),
	shard: shardSchema,
	config: z.record(z.string(), z.unknown()),
	task: taskSchema,
});

export type Shard = z.infer<typeof shardSchema>;
export type Task = z.infer<typeof taskSchema>;

/** One piece of work: everything that decides its result, and nothing else. */
export type JobSpec = z.infer<typeof jobSchema>;

/**
 * The name of a job: SHA-256 over engine, dataset, configuration (seed included), task and shard. Two jobs of one name
 * have one result, so a name that was answered is never computed again.
 */
export function jobId({ engine, program, shard, config, task }: JobSpec): string {
	const place = [shard.digest, shard.number, shard.count];
	return sha256Hex(canonicalJson({ engine, program, shard: place, config, task }));
}

/** Reads what a queue handed over, which is data from outside. Throws `InputError`. */
export function readJobSpec(id: string, data: unknown): JobSpec {
	const read = jobSchema.safeParse(data);
	if (!read.success) {
		const [issue] = read.error.issues;
		const path = issue.path.map(String).join('.');
		throw inputError(`job ${shortId(id)}${path === '' ? '' : `, ${path}`}`, `invalid job: ${issue.message}; clear it from the queue`, 'job.invalid'); // prettier-ignore
	}
	const name = jobId(read.data);
	if (name === id) return read.data;
	throw inputError(`job ${shortId(id)}`, `mismatched name: its content has ${found(shortId(name))}; clear it from the queue`, 'job.name'); // prettier-ignore
}

/** A job's name, short enough for a line. */
export function shortId(id: string): string {
	return id.slice(0, 12);
}

/** What a job is about, for people: `shard 2 of 3 (Dallas), seed 7`. */
export function jobTitle({ shard, config }: JobSpec): string {
	const place = shard.count === 1 ? shard.label : `shard ${shard.number} of ${shard.count} (${shard.label})`;
	return typeof config.seed === 'number' ? `${place}, seed ${config.seed}` : place;
}

/** The queue of an engine: workers of another version listen to another one and never see its jobs. */
export function queueName(engine: string): string {
	return `jobs-${engine.replaceAll(':', '-')}`;
}

/** Stands before every key that we or the queue write. */
export const KEY_PREFIX = 'dropbench';
