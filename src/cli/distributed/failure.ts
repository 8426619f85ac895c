import { z } from 'zod';
import { InputError, type Issue } from '#programs/input-error.ts';

/** Why a job has no result, as it travels through the queue. */
export interface Failure {
	readonly issues: readonly Issue[];
	/** may another worker do better? one that has the file, say */
	readonly isRetryable: boolean;
}

/** Codes of what only this worker lacks. */
const RETRYABLE = new Set(['data.missing', 'data.digest']);

/** An error as a failure: all issues of wrong input, and the first line of a bug, with `at` in front. */
export function failureOf(error: unknown, at: string): Failure {
	if (error instanceof InputError) {
		const issues = error.issues.map((issue) => ({
			...issue,
			at: issue.at === '' ? at : `${at}: ${issue.at}`,
		}));
		return { issues, isRetryable: issues.every(({ code }) => RETRYABLE.has(code)) };
	}
	const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	return oneIssue(at, `failed by a bug: ${message.split('\n')[0]}`, 'job.bug');
}

/** A failure of one issue, that no other worker would be spared. */
export function oneIssue(at: string, message: string, code: string): Failure {
	return { issues: [{ at, message, code }], isRetryable: false };
}

/** The text that stands in the queue for a failure. */
export function failureText(failure: Failure): string {
	return JSON.stringify(failure);
}

/** Reads such a text; the queue's own words for a job whose workers vanished become an issue at `at`. */
export function readFailure(text: string, at: string): Failure {
	const failure = failureSchema.safeParse(jsonOf(text));
	if (failure.success) return failure.data;
	if (/stalled/.test(text)) {
		return oneIssue(at, 'failed: every worker that took it vanished; look for memory or power there, then submit again', 'job.stalled'); // prettier-ignore
	}
	return oneIssue(at, `failed: ${text.slice(0, 200)}`, 'job.failed');
}

const failureSchema = z.object({
	issues: z.array(z.object({ at: z.string(), message: z.string(), code: z.string() })).min(1),
	isRetryable: z.boolean(),
});

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
