import type { Notice } from '#programs/report.ts';
import type { ScenarioContent } from '#programs/tables.ts';

/** A scenario that was read from a file, and what is worth knowing about the file. */
export interface ReadScenario {
	readonly content: ScenarioContent;
	readonly notices: readonly Notice[];
}
