import { found, inputError } from '#programs/input-error.ts';
import type { Metric } from '#programs/report.ts';

/** The metrics asked for by id, else the headline ones, else all. Throws `InputError` for an unknown id. */
export function shownMetrics(
	report: { readonly metrics: readonly Metric[] },
	wanted: readonly string[],
): readonly Metric[] {
	if (wanted.length === 0) {
		const headline = report.metrics.filter(({ isHeadline }) => isHeadline);
		return headline.length > 0 ? headline : report.metrics;
	}
	return wanted.map((id) => {
		const metric = report.metrics.find((candidate) => candidate.id === id);
		if (metric) return metric;
		const known = report.metrics.map((candidate) => candidate.id).join(', ');
		throw inputError('--metric', `unknown metric: ${found(id)}; must be one of ${known}`, 'cli.option');
	});
}
