import type { Config } from './levers.ts';
import type { OnStage } from './program.ts';
import type { GroupPreview, Report } from './report.ts';

/** Asks part `part` something, wherever it is open. Questions to a part are answered in the order asked. */
export type AskPart = (part: number, question: unknown) => Promise<unknown>;

/**
 * A scenario that can be run in parts, in several threads: what the parts are made from, what they are asked and what
 * they answer is plain data, which only the program reads. How many parts there are changes no bit of a report.
 */
export interface CutScenario {
	/** What to hand over so that each part can be opened with `Program.openPart`; at most `most`, at least one. */
	parts(most: number): readonly unknown[];
	/** Runs a configuration on the parts handed out last, `partCount` of them. Throws as `OpenScenario.run` does. */
	run(config: Config, partCount: number, ask: AskPart, onStage?: OnStage): Promise<Report>;
	/** As `OpenScenario.preview`, by the part that holds the member; not during a run. */
	preview?(config: Config, path: string, ask: AskPart): Promise<GroupPreview | null>;
}
