import type { HealthGauge } from './health-gauge.ts';

/** Type of the event that carries the gauge. */
export const HEALTH_EVENT = 'DropbenchHealth';

/** A New Relic static NRQL condition, as its GraphQL interface takes it. */
export interface AlertCondition {
	readonly name: string;
	readonly description: string;
	readonly enabled: true;
	readonly nrql: { readonly query: string };
	readonly signal: {
		readonly aggregationWindow: number;
		readonly aggregationMethod: 'EVENT_FLOW';
		readonly aggregationDelay: number;
	};
	readonly terms: readonly AlertTerm[];
	readonly expiration: {
		readonly expirationDuration: number;
		readonly openViolationOnExpiration: boolean;
		readonly closeViolationsOnExpiration: boolean;
	};
	readonly violationTimeLimitSeconds: number;
}

export interface AlertTerm {
	readonly priority: 'CRITICAL';
	readonly operator: 'ABOVE';
	readonly threshold: number;
	readonly thresholdDuration: number;
	readonly thresholdOccurrences: 'ALL';
}

/** An alert: which number of the gauge it watches, from where on it rings, and its condition. */
export interface Alert {
	readonly id:
		'interrupted' | 'running-long' | 'drop-missed' | 'not-retrained' | 'zero-assignments' | 'gauge-lost';
	readonly title: string;
	/** null where it rings for the gauge's own absence */
	readonly gauge: keyof HealthGauge | null;
	readonly threshold: number;
	readonly condition: AlertCondition;
}

/** What alerts are made for. */
export interface AlertLimits {
	/** age from which a recommender run is stale, as in the configuration */
	readonly maxAgeDays: number;
	/** hours past the weekly Drop after which it is missed */
	readonly graceHours: number;
	/** minutes that a Drop may take */
	readonly longestMinutes: number;
}

/** A Drop takes at most two hours (spec section 12) and may be six hours late. */
export const USUAL_LIMITS: AlertLimits = { maxAgeDays: 7, graceHours: 6, longestMinutes: 120 };

const WINDOW_SECONDS = 300;
const LOST_SECONDS = 1800;

/** All alerts of the Drop. The last one watches the gauge itself: without it silence would look like health. */
export function alerts({ maxAgeDays, graceHours, longestMinutes }: AlertLimits = USUAL_LIMITS): Alert[] {
	return [
		alert('interrupted', 'Drop interrupted', 'interruptedCount', 0, 'A Drop was broken off, and none has completed since.'), // prettier-ignore
		alert('running-long', 'Drop started and did not finish', 'runningMinutes', longestMinutes, `A Drop has been running for more than ${longestMinutes} minutes.`), // prettier-ignore
		alert('drop-missed', 'Drop missed', 'hoursSinceDrop', 7 * 24 + graceHours, `No Drop has completed for a week and ${graceHours} hours.`), // prettier-ignore
		alert('not-retrained', 'Recommender did not retrain', 'hoursSinceRetraining', maxAgeDays * 24, `No training has completed for ${maxAgeDays} days.`), // prettier-ignore
		alert('zero-assignments', 'Zero assignments', 'emptyCityCount', 0, 'A city that has users got no assignment from the last Drop.'), // prettier-ignore
		gaugeLost(),
	];
}

function alert(
	id: Alert['id'],
	title: string,
	gauge: keyof HealthGauge,
	threshold: number,
	description: string,
): Alert {
	const condition: AlertCondition = {
		...frame(title, description, `SELECT latest(${gauge}) FROM ${HEALTH_EVENT}`),
		terms: [
			{
				priority: 'CRITICAL',
				operator: 'ABOVE',
				threshold,
				thresholdDuration: WINDOW_SECONDS,
				thresholdOccurrences: 'ALL',
			},
		],
	};
	return { id, title, gauge, threshold, condition };
}

function gaugeLost(): Alert {
	const title = 'Health gauge lost';
	const condition = frame(title, 'Nothing has told the ages for half an hour: no other alert can ring.', `SELECT count(*) FROM ${HEALTH_EVENT}`); // prettier-ignore
	const expiration = {
		...condition.expiration,
		openViolationOnExpiration: true,
		closeViolationsOnExpiration: false,
	};
	// the term can never hold: this condition rings by loss of signal alone
	const never: AlertTerm = { priority: 'CRITICAL', operator: 'ABOVE', threshold: 1_000_000, thresholdDuration: WINDOW_SECONDS, thresholdOccurrences: 'ALL' }; // prettier-ignore
	return { id: 'gauge-lost', title, gauge: null, threshold: LOST_SECONDS, condition: { ...condition, expiration, terms: [never] } }; // prettier-ignore
}

function frame(name: string, description: string, query: string): AlertCondition {
	return {
		name: `Dropbench: ${name}`,
		description,
		enabled: true,
		nrql: { query },
		signal: { aggregationWindow: WINDOW_SECONDS, aggregationMethod: 'EVENT_FLOW', aggregationDelay: 120 },
		terms: [],
		expiration: { expirationDuration: LOST_SECONDS, openViolationOnExpiration: false, closeViolationsOnExpiration: false }, // prettier-ignore
		violationTimeLimitSeconds: 259_200,
	};
}

/** Titles of the alerts that ring for a gauge, or for its absence (null), in the order of `alerts`. */
export function ringing(gauge: HealthGauge | null, limits: AlertLimits = USUAL_LIMITS): Alert['id'][] {
	return alerts(limits)
		.filter((each) =>
			each.gauge === null ? gauge === null : gauge !== null && gauge[each.gauge] > each.threshold,
		)
		.map(({ id }) => id);
}
