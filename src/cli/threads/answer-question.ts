import type { OpenScenario } from '#programs/program.ts';
import { programById } from '#programs/registry.ts';
import { summaryOf } from '../run-summary.ts';
import type { ThreadQuestion } from './thread-protocol.ts';

/** An answer, and its buffers that may be handed over instead of copied. */
export interface Answer {
	readonly answer: unknown;
	readonly buffers: readonly ArrayBufferLike[];
}

/** A thread's side of the questions: keeps what was opened last, and answers from it. Throws as the question does. */
export function makeAnswerer(): (question: ThreadQuestion) => Answer {
	let askPart: ((question: unknown) => Answer) | null = null;
	let scenario: OpenScenario | null = null;
	const opened = <T>(thing: T | null): T => {
		if (thing === null) throw new Error('a thread was asked before anything was opened');
		return thing;
	};
	return (question) => {
		switch (question.kind) {
			case 'open-part':
				askPart = programById(question.program)?.openPart?.(question.input) ?? null;
				return nothing;
			case 'ask-part':
				return opened(askPart)(question.question);
			case 'open':
				scenario = programById(question.content.program)?.open(question.content) ?? null;
				return nothing;
			case 'summary':
				return { answer: summaryOf(opened(scenario).run(question.config)), buffers: [] };
			case 'study': {
				const { study, config, options } = question;
				return { answer: opened(scenario).study(study, config, options), buffers: [] };
			}
		}
	};
}

const nothing: Answer = { answer: null, buffers: [] };
