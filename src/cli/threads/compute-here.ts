import type { Config } from '#programs/levers.ts';
import type { OnStage, StudyResult } from '#programs/program.ts';
import type { Report } from '#programs/report.ts';
import { cutStudy } from '../distributed/cut-study.ts';
import type { Effects } from '../effects.ts';
import type { PreparedRun } from '../prepare-run.ts';
import { summaryOf, type RunSummary } from '../run-summary.ts';
import { dealOut } from './deal-out.ts';
import type { ComputingThread, ThreadQuestion } from './thread-protocol.ts';

/**
 * Work on this machine, on `workers` threads, or on this one alone where they are one or would not pay. How many there are
 * changes no bit of a result. Throws what the work throws, and `InputError` where a thread ends before its work is done.
 */

/** A run: its cities in parts, where the scenario is large enough to be cut. */
export async function runHere(
	{ scenario, open, config }: PreparedRun,
	workers: number,
	effects: Effects,
): Promise<Report> {
	if (workers === 1 || !open.cut) return open.run(config, effects.progress);
	return inParts({ scenario, open }, workers, effects, (run) => run(config, effects.progress));
}

/** The points of a sweep; `take` gets them in order. Large scenarios are run in parts one by one, others side by side. */
export async function sweepHere(
	prepared: PreparedRun,
	configs: readonly Config[],
	take: (index: number, summary: RunSummary) => Promise<void>,
	workers: number,
	effects: Effects,
): Promise<void> {
	const { open } = prepared;
	const oneByOne = async (run: (config: Config) => Report | Promise<Report>) => {
		for (let i = 0; i < configs.length; i++) {
			effects.progress('sweep', i / configs.length);
			await take(i, summaryOf(await run(configs[i])));
		}
	};
	if (workers === 1) return oneByOne((config) => open.run(config));
	if (open.cut) return inParts(prepared, workers, effects, oneByOne);
	const questions = configs.map((config): ThreadQuestion => ({ kind: 'summary', config }));
	await sideBySide(prepared, questions, workers, effects, async (i, summary) => {
		effects.progress('sweep', i / configs.length);
		// what a thread of this very build was asked for
		await take(i, summary as RunSummary);
	});
}

/** A study, in as many pieces as it falls into. */
export async function studyHere(
	prepared: PreparedRun,
	id: string,
	options: Config,
	workers: number,
	effects: Effects,
): Promise<StudyResult> {
	const { scenario, open, config } = prepared;
	if (workers === 1) return open.study(id, config, options, effects.progress);
	const other = options.against === undefined ? {} : { against: scenario.program.readConfig(options.against).config }; // prettier-ignore
	const cut = cutStudy(id, config, { ...options, ...other }, scenario.content);
	if (cut.pieces.length === 1) return open.study(id, config, options, effects.progress);
	const questions = cut.pieces.map((piece): ThreadQuestion => ({ kind: 'study', study: id, ...piece }));
	const results: StudyResult[] = [];
	await sideBySide(prepared, questions, workers, effects, (i, result) => {
		effects.progress(id, i / questions.length);
		// what a thread of this very build was asked for
		results.push(result as StudyResult);
	});
	return cut.merge(results);
}

/** Deals a scenario's parts out to threads, for any number of runs. */
async function inParts<T>(
	{ scenario, open }: Pick<PreparedRun, 'scenario' | 'open'>,
	workers: number,
	effects: Effects,
	act: (run: (config: Config, onStage?: OnStage) => Promise<Report>) => Promise<T>,
): Promise<T> {
	const { cut } = open;
	if (!cut) throw new Error('a scenario without parts was dealt out');
	effects.progress('sharing the work out', 0);
	const inputs = cut.parts(workers);
	return onThreads(inputs.length, effects, async (threads) => {
		const program = scenario.program.id;
		await Promise.all(inputs.map((input, i) => threads[i].ask({ kind: 'open-part', program, input })));
		const askPart = (part: number, question: unknown) => threads[part].ask({ kind: 'ask-part', question });
		return act((config, onStage) => cut.run(config, inputs.length, askPart, onStage));
	});
}

/** Lets threads that hold the whole scenario answer questions side by side. */
async function sideBySide(
	{ scenario }: PreparedRun,
	questions: readonly ThreadQuestion[],
	workers: number,
	effects: Effects,
	take: (index: number, answer: unknown) => void | Promise<void>,
): Promise<void> {
	await onThreads(Math.min(workers, questions.length), effects, async (threads) => {
		const { content } = scenario;
		await Promise.all(threads.map((thread) => thread.ask({ kind: 'open', content })));
		await dealOut(threads, questions, take);
	});
}

async function onThreads<T>(
	count: number,
	effects: Effects,
	act: (threads: readonly ComputingThread[]) => Promise<T>,
): Promise<T> {
	const threads = Array.from({ length: count }, () => effects.startThread());
	try {
		return await act(threads);
	} finally {
		for (const thread of threads) thread.close();
	}
}
