import { parseInstant } from '../../instant.ts';
import type { Report } from '../../report.ts';
import { numbers, tableOf, texts, type ScenarioContent } from '../../tables.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Stands for "never" where alerting needs a number: longer than any limit. */
const NEVER_HOURS = 100_000;

/**
 * What the live system sends every few minutes as one `DropbenchHealth` event. Alerting looks back 48 hours at most
 * and the Drop is weekly, so that absence cannot be seen; an age can.
 */
export interface HealthGauge {
	/** hours since a Drop last completed, 100 000 for never */
	readonly hoursSinceDrop: number;
	/** hours since the recommender last completed a training, 100 000 for never */
	readonly hoursSinceRetraining: number;
	/** minutes that the longest unfinished Drop has been running; 0 for none */
	readonly runningMinutes: number;
	/** Drops that were broken off and not completed since */
	readonly interruptedCount: number;
	/** assignments of the Drop */
	readonly assignmentCount: number;
	/** cities that have users and got no assignment */
	readonly emptyCityCount: number;
}

/** The gauge as it would stand at the scenario's time, with the Drop of `report` just made. Cost: one pass over Drops and runs. */
export function healthGauge(content: ScenarioContent, report: Report): HealthGauge {
	const now = parseInstant(content.now);
	if (now === null) throw new Error(`scenario ${content.name} has no time`);
	const drops = tableOf(content, 'drop');
	const [status, startedAt, completedAt, scheduledAt] = [
		texts(drops, 'status'),
		numbers(drops, 'started_at'),
		numbers(drops, 'completed_at'),
		numbers(drops, 'scheduled_at'),
	];
	let newestDrop = -Infinity;
	for (let d = 0; d < drops.rowCount; d++)
		if (status[d] === 'completed' && completedAt[d] <= now) newestDrop = Math.max(newestDrop, completedAt[d]);
	let [runningMinutes, interruptedCount] = [0, 0];
	for (let d = 0; d < drops.rowCount; d++) {
		if (status[d] === 'running' && startedAt[d] <= now)
			runningMinutes = Math.max(runningMinutes, (now - startedAt[d]) / MINUTE_MS);
		if (status[d] === 'interrupted' && scheduledAt[d] <= now && scheduledAt[d] > newestDrop)
			interruptedCount++;
	}

	const runs = tableOf(content, 'recommender_run');
	const [runStatus, trainedAt] = [texts(runs, 'status'), numbers(runs, 'trained_at')];
	let newestRun = -Infinity;
	for (let r = 0; r < runs.rowCount; r++)
		if (runStatus[r] === 'completed' && trainedAt[r] <= now) newestRun = Math.max(newestRun, trainedAt[r]);

	const cities = report.groups.find(({ id }) => id === 'city');
	const column = (id: string) => cities?.columns.find((each) => each.id === id)?.values ?? new Float64Array();
	const [considered, assigned] = [column('users.considered'), column('assignments.all')];
	return {
		hoursSinceDrop: hoursSince(newestDrop, now),
		hoursSinceRetraining: hoursSince(newestRun, now),
		runningMinutes,
		interruptedCount,
		assignmentCount: report.metrics.find(({ id }) => id === 'assignments.all')?.value ?? 0,
		emptyCityCount: considered.filter((users, y) => users > 0 && assigned[y] === 0).length,
	};
}

function hoursSince(at: number, now: number): number {
	return Number.isFinite(at) ? (now - at) / HOUR_MS : NEVER_HOURS;
}
