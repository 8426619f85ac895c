import type { Issue } from '#programs/input-error.ts';
import type { Config } from '#programs/levers.ts';
import type { ScenarioContent } from '#programs/tables.ts';

/** What a thread is asked. It holds one part of a scenario, or a whole one; an `open…` comes first. Plain data. */
export type ThreadQuestion =
	| { readonly kind: 'open-part'; readonly program: string; readonly input: unknown }
	| { readonly kind: 'ask-part'; readonly question: unknown }
	| { readonly kind: 'open'; readonly content: ScenarioContent }
	| { readonly kind: 'summary'; readonly config: Config }
	| { readonly kind: 'study'; readonly study: string; readonly config: Config; readonly options: Config };

/** A question on its way to a thread, and its answer on the way back, by number. */
export interface ThreadRequest {
	readonly number: number;
	readonly question: ThreadQuestion;
}

export type ThreadReply = { readonly number: number } & (
	| { readonly kind: 'answer'; readonly answer: unknown }
	| { readonly kind: 'refusal'; readonly issues: readonly Issue[] }
	/** of a bug: it keeps its stack */
	| { readonly kind: 'bug'; readonly error: unknown }
);

/** A thread that computes, as the command line sees it. */
export interface ComputingThread {
	/**
	 * Answers questions in the order asked. Throws what the question throws, and `InputError` where the thread has ended: an
	 * answer, or an error, always comes.
	 */
	ask(question: ThreadQuestion): Promise<unknown>;
	/** Ends the thread, in the middle of its work too. */
	close(): void;
}
