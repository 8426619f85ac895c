import type { Explanation } from '#programs/report.ts';
import { formatEffect } from '../format.ts';

/** What a waterfall shows, in a sentence: the step that does most, of equal ones the first. */
export function waterfallFinding(factors: Explanation['factors']): string {
	const total = factors.reduce((sum, { effect }) => sum + effect, 0);
	const [first, ...others] = factors;
	const most = others.reduce(
		(best, each) => (Math.abs(each.effect) > Math.abs(best.effect) ? each : best),
		first,
	);
	if (most === undefined || most.effect === 0) return 'Nothing speaks for or against it';
	const verb = most.effect < 0 ? 'takes away' : 'gives';
	return `${most.label} ${verb} the most: ${formatEffect(most.effect)} of ${formatEffect(total)}`;
}
