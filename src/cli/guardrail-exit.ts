import type { Report } from '#programs/report.ts';
import { EXIT, type Exit } from './command.ts';

/** How a command ends that shows a report: a guardrail that is not kept is a check that failed. */
export function guardrailExit(report: Report): Exit {
	return report.checks.some(({ isGuardrail, state }) => isGuardrail && state === 'over')
		? EXIT.failed
		: EXIT.done;
}
