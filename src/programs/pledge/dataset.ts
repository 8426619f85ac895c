import { key32 } from '#engine/random.ts';

/**
 * A pledge scenario as the stages see it: ids turned into dense indexes. Index letters: u patron (by first
 * mention), p project (in list order), k pledge (a patron and a project that some event names together,
 * ordered by patron, then project), e event (by its number).
 */
export interface PledgeDataset {
	readonly projectIds: readonly string[];
	readonly patronIds: readonly string[];
	/** `key32` of each patron's id, for luck */
	readonly patronKey: Uint32Array;
	readonly events: PledgeEvents;
	readonly pledgePatron: Int32Array;
	readonly pledgeProject: Int32Array;
	/** pledges of patron u: `patronPledgeStart[u] … patronPledgeStart[u + 1]`, in project order */
	readonly patronPledgeStart: Int32Array;
	/** room for the crowd of project p: `projectRoomStart[p] … projectRoomStart[p + 1]` */
	readonly projectRoomStart: Int32Array;
	/** scripted choices (spec section 9), null for keyed luck */
	readonly draws: Float64Array | null;
}

/** Events as columns; `patron`, `project` and `pledge` are -1 where there is none, `limit` is NaN. */
export interface PledgeEvents {
	readonly type: Uint8Array;
	readonly day: Float64Array;
	readonly patron: Int32Array;
	readonly project: Int32Array;
	readonly pledge: Int32Array;
	readonly limit: Float64Array;
	readonly isKept: Uint8Array;
}

/** Events as read, ids not yet turned into indexes; null where there is none. */
export interface EventRows {
	readonly type: Uint8Array;
	readonly day: Float64Array;
	readonly patronId: readonly (string | null)[];
	readonly projectId: readonly (string | null)[];
	readonly limit: Float64Array;
	readonly isKept: Uint8Array;
}

/**
 * Indexes events that have been checked. A project that is not in the list is -1 and its events are refused
 * when they come. Cost: O(events + pledges · log pledges).
 */
export function indexScenario(
	projectIds: readonly string[],
	rows: EventRows,
	draws: Float64Array | null,
): PledgeDataset {
	const eventCount = rows.type.length;
	const projectIndex = new Map(projectIds.map((id, p) => [id, p]));
	const patronIndex = new Map<string, number>();
	const patron = new Int32Array(eventCount).fill(-1);
	const project = new Int32Array(eventCount).fill(-1);
	for (let e = 0; e < eventCount; e++) {
		const patronId = rows.patronId[e];
		const projectId = rows.projectId[e];
		if (patronId !== null) {
			let u = patronIndex.get(patronId);
			if (u === undefined) {
				u = patronIndex.size;
				patronIndex.set(patronId, u);
			}
			patron[e] = u;
		}
		if (projectId !== null) project[e] = projectIndex.get(projectId) ?? -1;
	}

	// a pair of patron and project is one number, so that sorting numbers sorts pairs
	const projectCount = projectIds.length;
	const pairs = new Float64Array(eventCount);
	let pairCount = 0;
	for (let e = 0; e < eventCount; e++) {
		if (patron[e] >= 0 && project[e] >= 0) pairs[pairCount++] = patron[e] * projectCount + project[e];
	}
	const pledgeOf = new Map<number, number>();
	for (const pair of pairs.subarray(0, pairCount).sort()) {
		if (!pledgeOf.has(pair)) pledgeOf.set(pair, pledgeOf.size);
	}

	const pledgeCount = pledgeOf.size;
	const patronIds = [...patronIndex.keys()];
	const pledgePatron = new Int32Array(pledgeCount);
	const pledgeProject = new Int32Array(pledgeCount);
	const patronPledgeStart = new Int32Array(patronIds.length + 1);
	const projectRoomStart = new Int32Array(projectCount + 1);
	for (const [pair, k] of pledgeOf) {
		const u = Math.floor(pair / projectCount);
		const p = pair - u * projectCount;
		pledgePatron[k] = u;
		pledgeProject[k] = p;
		patronPledgeStart[u + 1]++;
		projectRoomStart[p + 1]++;
	}
	for (let u = 0; u < patronIds.length; u++) patronPledgeStart[u + 1] += patronPledgeStart[u];
	for (let p = 0; p < projectCount; p++) projectRoomStart[p + 1] += projectRoomStart[p];

	const pledge = new Int32Array(eventCount).fill(-1);
	for (let e = 0; e < eventCount; e++) {
		if (patron[e] >= 0 && project[e] >= 0)
			pledge[e] = pledgeOf.get(patron[e] * projectCount + project[e]) ?? -1;
	}
	return {
		projectIds,
		patronIds,
		patronKey: Uint32Array.from(patronIds, key32),
		events: {
			type: rows.type,
			day: rows.day,
			patron,
			project,
			pledge,
			limit: rows.limit,
			isKept: rows.isKept,
		},
		pledgePatron,
		pledgeProject,
		patronPledgeStart,
		projectRoomStart,
		draws,
	};
}
