import type { Config } from '#programs/levers.ts';
import type { StudyResult } from '#programs/program.ts';
import type { Workbench } from './workbench.svelte.ts';

/** What a study gave, and what of: it outlives the screen that asked for it. */
export interface KeptResult {
	/** the data, as `dataKeyOf` names it */
	readonly data: string;
	readonly draft: Config;
	readonly options: Config;
	readonly result: StudyResult;
}

const kept = new WeakMap<Workbench, Map<string, KeptResult>>();

/** Names the open data with its what-if changes. */
export function dataKeyOf({ scenarioKey, edits }: Workbench): string {
	return `${scenarioKey} ${JSON.stringify(edits)}`;
}

/** What a study gave last on the open data; null where it gave nothing yet. */
export function keptResult(workbench: Workbench, study: string): KeptResult | null {
	const last = kept.get(workbench)?.get(study);
	return last?.data === dataKeyOf(workbench) ? last : null;
}

/** Keeps what a study gave, until it gives something else or other data is open. */
export function keepResult(workbench: Workbench, study: string, result: KeptResult): void {
	const others = [...(kept.get(workbench) ?? [])].filter(([, { data }]) => data === result.data);
	kept.set(workbench, new Map([...others, [study, result]]));
}
