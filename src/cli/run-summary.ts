import type { Metric, Report } from '#programs/report.ts';
import { areGuardrailsKept } from './guardrail-exit.ts';

/** What a sweep wants of a run: its numbers, whether every guardrail was kept, and the hash that proves them. */
export interface RunSummary {
	readonly metrics: readonly Metric[];
	readonly isKept: boolean;
	readonly outcomeHash: string;
}

/** The summary of a report. */
export function summaryOf(report: Report): RunSummary {
	return { metrics: report.metrics, isKept: areGuardrailsKept(report), outcomeHash: report.outcomeHash };
}
