import type { Config } from '#programs/levers.ts';
import type { Preset } from '#programs/program.ts';
import type { Variant } from './work-store.ts';
import type { Compared } from './workbench.svelte.ts';

/** Settings that Compare can hold against production. */
export interface Candidate {
	readonly id: string;
	readonly name: string;
	readonly config: Config;
	/** what a preset is for; empty for others */
	readonly help: string;
}

/** Presets and variants that stand beside the draft at one time. */
export const MOST_BESIDE = 4;

/** The id under which Compare knows a preset: a variant may have the preset's own. */
export function presetCandidateId(preset: Preset): string {
	return `preset ${preset.id}`;
}

/** All that may stand beside the draft, presets first: none of them has to be applied or saved for it. */
export function candidatesBeside(
	presets: readonly Preset[],
	variants: readonly Variant[],
	presetConfig: (preset: Preset) => Config,
): Candidate[] {
	return [
		...presets.map((preset) => ({
			id: presetCandidateId(preset),
			name: preset.title,
			config: presetConfig(preset),
			help: preset.help,
		})),
		...variants.map(({ id, name, config }) => ({ id, name, config, help: '' })),
	];
}

/**
 * `compared` with a candidate put beside the draft and looked at. Where the places are taken the one that came first
 * makes room; ids that `known` does not hold take none.
 */
export function withCandidate(compared: Compared, id: string, known: ReadonlySet<string>): Compared {
	const others = compared.shown.filter((each) => each !== id && known.has(each));
	return { shown: [...others.slice(-(MOST_BESIDE - 1)), id], picked: id };
}

/** `compared` without a candidate; the draft is looked at where it was that one. */
export function withoutCandidate(compared: Compared, id: string): Compared {
	return {
		shown: compared.shown.filter((each) => each !== id),
		picked: compared.picked === id ? 'draft' : compared.picked,
	};
}
