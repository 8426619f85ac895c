import type { MetricColumn, MetricSpec } from '../report.ts';
import { SKIP_REASONS } from './outcome.ts';

/** The metrics of a Drop and how each is read off running totals (spec section 12). */

/** Running totals of a member: a city, a brand, a contract or the whole Drop. */
export interface Totals {
	considered: Float64Array;
	served: Float64Array;
	skipped: readonly Float64Array[];
	sponsored: Float64Array;
	growth: Float64Array;
	points: Float64Array;
	rankSum: Float64Array;
	firstChoices: Float64Array;
	waiting: Float64Array;
	selections: Float64Array;
	sponsoredSelections: Float64Array;
	conversions: Float64Array;
	revenueCents: Float64Array;
	valueCents: Float64Array;
	blocking: Float64Array;
}

/** Totals of `count` members, all 0. */
export function makeTotals(count: number): Totals {
	const column = () => new Float64Array(count);
	return {
		considered: column(),
		served: column(),
		skipped: SKIP_REASONS.map(column),
		sponsored: column(),
		growth: column(),
		points: column(),
		rankSum: column(),
		firstChoices: column(),
		waiting: column(),
		selections: column(),
		sponsoredSelections: column(),
		conversions: column(),
		revenueCents: column(),
		valueCents: column(),
		blocking: column(),
	};
}

/** A metric and how it is read off totals, for member i. */
export interface Definition {
	readonly spec: MetricSpec;
	readonly read: (totals: Totals, i: number) => number;
	/** only for members that have users: the Drop and its cities */
	readonly isOfUsers: boolean;
	/** stack its columns belong to */
	readonly stack?: string;
	readonly tone?: MetricColumn['tone'];
}

function define(
	id: string,
	title: string,
	unit: MetricSpec['unit'],
	better: MetricSpec['better'],
	help: string,
	read: Definition['read'],
	more: Partial<Omit<Definition, 'spec' | 'read'>> & { isHeadline?: boolean } = {},
): Definition {
	const { isHeadline = false, ...rest } = more;
	return { spec: { id, title, unit, better, help, isHeadline }, read, isOfUsers: false, ...rest };
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : NaN);

/** Every metric of a Drop, in the order shown. */
export const DEFINITIONS: readonly Definition[] = [
	define('users.served', 'Users served', 'count', 'more', 'Users with at least one assignment.', (t, i) => t.served[i], { isOfUsers: true, isHeadline: true }),
	define('users.withoutShare', 'Without assignments', 'ratio', 'less', 'Share of the users considered who get nothing.', (t, i) => share(t.considered[i] - t.served[i], t.considered[i]), { isOfUsers: true, isHeadline: true }),
	define('users.considered', 'Users considered', 'count', null, 'Active users of the city, registered by the time of the Drop.', (t, i) => t.considered[i], { isOfUsers: true }),
	define('ratio.assignments', 'Sponsorship ratio by assignments', 'ratio', null, 'Sponsored share of all assignments.', (t, i) => share(t.sponsored[i], t.sponsored[i] + t.growth[i]), { isHeadline: true }),
	define('ratio.selections', 'Sponsorship ratio by expected selections', 'ratio', null, 'Sponsored share of the selections expected: the ratio that counts once the Drop has completed.', (t, i) => share(t.sponsoredSelections[i], t.selections[i]), { isHeadline: true }),
	define('assignments.sponsored', 'Sponsored assignments', 'count', 'more', 'Assignments that a brand pays for when they convert.', (t, i) => t.sponsored[i], { tone: 'sponsored' }),
	define('assignments.growth', 'Growth assignments', 'count', 'more', 'Assignments nobody pays for.', (t, i) => t.growth[i], { tone: 'growth' }),
	define('assignments.all', 'Assignments', 'count', 'more', 'Sponsored and growth assignments.', (t, i) => t.sponsored[i] + t.growth[i]),
	define('forecast.selections', 'Expected selections', 'count', 'more', 'Sum of the chances that users pick an assignment.', (t, i) => t.selections[i], { isHeadline: true }),
	define('forecast.conversions', 'Expected conversions', 'count', 'more', 'Sum of the chances that picked rewards are used.', (t, i) => t.conversions[i], { isHeadline: true }),
	define('forecast.revenue', 'Expected revenue', 'cents', 'more', 'Prices of the conversions expected.', (t, i) => t.revenueCents[i], { isHeadline: true }),
	define('forecast.consumerValue', 'Expected consumer value', 'cents', 'more', 'Reward values of the conversions expected.', (t, i) => t.valueCents[i], { isHeadline: true }),
	define('forecast.margin', 'Expected margin', 'cents', 'more', 'Revenue less consumer value: what the marketplace keeps.', (t, i) => t.revenueCents[i] - t.valueCents[i]),
	define('points.mean', 'Mean points', 'points', 'more', 'Mean points of the assignments.', (t, i) => share(t.points[i], t.sponsored[i] + t.growth[i])),
	define('rank.mean', 'Mean rank', 'rank', 'less', 'Mean place of a sponsored assignment in its user’s own ranking.', (t, i) => share(t.rankSum[i], t.sponsored[i])),
	define('rank.first', 'First choices', 'ratio', 'more', 'Share of sponsored assignments that were their user’s first choice.', (t, i) => share(t.firstChoices[i], t.sponsored[i])),
	define('blocking', 'Blocking pairs', 'count', 'less', 'Pairs that would rather have each other than what they got.', (t, i) => t.blocking[i], { isOfUsers: true }),
	define('waiting', 'Waiting demand', 'count', 'less', 'Times that a user wanted a contract which was full.', (t, i) => t.waiting[i]),
	...SKIP_REASONS.map((reason, r) =>
		define(`skipped.${reason}`, `Skipped: ${reason.replaceAll('-', ' ')}`, 'count', 'less', 'Users without assignments for this reason.', (t, i) => t.skipped[r][i], { isOfUsers: true, stack: 'why users get nothing', tone: 'nobody' }),
	),
]; // prettier-ignore
