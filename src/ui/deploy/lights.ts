import type { ChecklistState } from '#programs/bundle/checklist.ts';
import type { Check, Report } from '#programs/report.ts';
import { countOf } from '../format.ts';

/** Why an export must wait; with a written reason it may go anyway. */
export interface Blocker {
	/** as `dropbench check` names it */
	readonly code: string;
	readonly message: string;
}

/** What the page itself can tell about a run, beside what the program checked. */
export interface Surroundings {
	/** outcome hash of the same run in another worker; null while that runs */
	readonly again: string | null;
	/** guardrails too slow for every run, proven with it; empty while that runs */
	readonly proofs: readonly Check[];
	/** count of what-if changes in force */
	readonly editCount: number;
	/** settings that production changed since the draft began and the draft would overwrite */
	readonly overwriteCount: number;
}

/** All lights of a run: its guardrails, those proven beside it, its warnings, then those of the page. A light is red where its state is `over`. */
export function allLights(
	report: Report,
	{ again, proofs, editCount, overwriteCount }: Surroundings,
): Check[] {
	const guardrails = report.checks.filter(({ isGuardrail }) => isGuardrail);
	const warnings = report.checks.filter(({ isGuardrail }) => !isGuardrail);
	return [
		...guardrails,
		...proofs,
		reproducible(report, again),
		realData(editCount),
		...warnings,
		base(overwriteCount),
	];
}

function reproducible({ outcomeHash }: Report, again: string | null): Check {
	const head = { id: 'reproducible', title: 'Reproducible', isGuardrail: true };
	if (again === null)
		return { ...head, state: 'close', proof: 'The second run, in another worker, is under way.' };
	if (again === outcomeHash)
		return { ...head, state: 'fine', proof: `A second run, in another worker, gave the same outcome ${outcomeHash.slice(0, 12)}…` }; // prettier-ignore
	return { ...head, state: 'over', proof: `A second run gave ${again}, not ${outcomeHash}.` };
}

function realData(editCount: number): Check {
	const head = { id: 'real-data', title: 'Data as it is', isGuardrail: true };
	return editCount === 0
		? { ...head, state: 'fine', proof: 'No what-if change is in force.' }
		: { ...head, state: 'over', proof: `${countOf(editCount, ['what-if change is', 'what-if changes are'])} in force: this result is of data that does not exist.` }; // prettier-ignore
}

function base(overwriteCount: number): Check {
	const head = { id: 'base', title: 'Production has not moved', isGuardrail: false };
	return overwriteCount === 0
		? { ...head, state: 'fine', proof: 'The draft overwrites nothing that changed in production since it began.' }
		: { ...head, state: 'close', proof: `${countOf(overwriteCount, ['setting', 'settings'])} that production changed would be overwritten.` }; // prettier-ignore
}

/** Red guardrails, then what nobody has agreed to; empty means ready. A light that is still being found out blocks too. */
export function blockers(lights: readonly Check[], items: readonly ChecklistState[]): Blocker[] {
	const red = lights.filter(
		({ id, state, isGuardrail }) =>
			isGuardrail && (state === 'over' || (id === 'reproducible' && state !== 'fine')),
	);
	return [
		...red.map(({ id, title, proof }) => ({ code: `guardrail.${id}`, message: `${title}: ${proof}` })),
		...items
			.filter(({ approval }) => approval === null)
			.map(({ role, title, voided }) => ({
				code: `approval.${role}`,
				message: `${title}: ${voided ? 'the tick was for something else' : 'not ticked'}`,
			})),
	];
}
