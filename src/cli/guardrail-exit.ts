import type { Report } from '#programs/report.ts';
import { EXIT, type Exit } from './command.ts';

/** Did a run keep every guardrail? */
export function areGuardrailsKept(report: Report): boolean {
	return !report.checks.some(({ isGuardrail, state }) => isGuardrail && state === 'over');
}

/** How a command ends that shows a report: a guardrail that is not kept is a check that failed. */
export function guardrailExit(report: Report): Exit {
	return areGuardrailsKept(report) ? EXIT.done : EXIT.failed;
}
