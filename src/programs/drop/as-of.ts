import { DAY_MS } from '../instant.ts';
import type { DropDataset } from './dataset.ts';

/**
 * What is known at time t: rows dated later change nothing (spec section 1). Counts are per contract; a user
 * who registers after t is not there yet.
 */
export interface AsOf {
	readonly time: number;
	/** users who take part: active, registered at or before t */
	readonly isConsidered: Uint8Array;
	/** considered users of each city */
	readonly cityUserCount: Uint32Array;
	/** whole weeks since the last app open at or before t, or since registration */
	readonly weeksAway: Float64Array;
	/** conversions of each contract at or before t */
	readonly conversions: Float64Array;
	/** tokens selected, and by t neither converted nor expired */
	readonly outstanding: Float64Array;
	/** assignments at least 7 days old, and how many of them were selected */
	readonly matureAssignments: Float64Array;
	readonly matureSelections: Float64Array;
	/** selections that converted, expired or are at least 30 days old, and how many of them converted */
	readonly settledSelections: Float64Array;
	readonly settledConversions: Float64Array;
	/** index of the newest completed recommender run trained at or before t; -1 for none */
	readonly run: number;
}

const WEEK_MS = 7 * DAY_MS;
const MATURE_MS = 7 * DAY_MS;
const SETTLED_MS = 30 * DAY_MS;

/** Rebuilds what was known at `time`. */
export function readAsOf(dataset: DropDataset, time: number): AsOf {
	const { users, contracts, history } = dataset;
	const isConsidered = new Uint8Array(users.ids.length);
	const weeksAway = new Float64Array(users.ids.length);
	const cityUserCount = new Uint32Array(dataset.cityIds.length);
	for (let u = 0; u < users.ids.length; u++) {
		if (users.createdAt[u] > time) continue;
		let last = users.createdAt[u];
		for (let i = users.openStart[u]; i < users.openStart[u + 1]; i++) {
			if (users.openedAt[i] <= time) last = users.openedAt[i];
		}
		weeksAway[u] = Math.floor((time - last) / WEEK_MS);
		if (!users.isActive[u]) continue;
		isConsidered[u] = 1;
		cityUserCount[users.city[u]]++;
	}

	const count = () => new Float64Array(contracts.ids.length);
	const [conversions, outstanding] = [count(), count()];
	const [matureAssignments, matureSelections] = [count(), count()];
	const [settledSelections, settledConversions] = [count(), count()];
	for (let a = 0; a < history.contract.length; a++) {
		if (!(history.assignedAt[a] <= time)) continue;
		const c = history.contract[a];
		const isSelected = history.selectedAt[a] <= time;
		const isConverted = history.convertedAt[a] <= time;
		const isExpired = history.expiredAt[a] <= time;
		if (isConverted) conversions[c]++;
		if (isSelected && !isConverted && !isExpired) outstanding[c]++;
		if (time - history.assignedAt[a] >= MATURE_MS) {
			matureAssignments[c]++;
			if (isSelected) matureSelections[c]++;
		}
		if (isSelected && (isConverted || isExpired || time - history.selectedAt[a] >= SETTLED_MS)) {
			settledSelections[c]++;
			if (isConverted) settledConversions[c]++;
		}
	}
	return {
		time,
		isConsidered,
		cityUserCount,
		weeksAway,
		conversions,
		outstanding,
		matureAssignments,
		matureSelections,
		settledSelections,
		settledConversions,
		run: newestRun(dataset, time),
	};
}

/** Newest completed run trained at or before `time`; of equally new ones the last by id; -1 for none. */
function newestRun(dataset: DropDataset, time: number): number {
	let best = -1;
	for (let r = 0; r < dataset.runs.length; r++) {
		const run = dataset.runs[r];
		if (!run.isCompleted || run.trainedAt > time) continue;
		if (best < 0 || run.trainedAt >= dataset.runs[best].trainedAt) best = r;
	}
	return best;
}
