import type { DropDataset } from './dataset.ts';

/**
 * What one user's history says at a time, as masks over brands and contracts. Made once, marked for a user,
 * read, and unmarked: so that looking a pair up costs nothing and users share the room.
 */
export interface UserMarks {
	readonly hasConvertedBrand: Uint8Array;
	readonly hasConvertedContract: Uint8Array;
	readonly holdsToken: Uint8Array;
	/** rejections of each brand */
	readonly rejectionCount: Uint32Array;
}

/** Empty marks for a dataset. */
export function makeUserMarks(dataset: DropDataset): UserMarks {
	return {
		hasConvertedBrand: new Uint8Array(dataset.brandIds.length),
		hasConvertedContract: new Uint8Array(dataset.contracts.ids.length),
		holdsToken: new Uint8Array(dataset.brandIds.length),
		rejectionCount: new Uint32Array(dataset.brandIds.length),
	};
}

/** Marks what happened to user u at or before `time`. */
export function markHistory(dataset: DropDataset, time: number, u: number, marks: UserMarks): void {
	const { history, contracts } = dataset;
	for (let a = history.userStart[u]; a < history.userStart[u + 1]; a++) {
		if (!(history.assignedAt[a] <= time)) continue;
		const c = history.contract[a];
		const b = contracts.brand[c];
		const isConverted = history.convertedAt[a] <= time;
		if (isConverted) {
			marks.hasConvertedBrand[b] = 1;
			marks.hasConvertedContract[c] = 1;
		}
		if (history.selectedAt[a] <= time && !isConverted && !(history.expiredAt[a] <= time))
			marks.holdsToken[b] = 1;
		if (history.rejectedAt[a] <= time) marks.rejectionCount[b]++;
	}
}

/** Clears what `markHistory` set for user u, at whatever time. */
export function unmarkHistory(dataset: DropDataset, u: number, marks: UserMarks): void {
	const { history, contracts } = dataset;
	for (let a = history.userStart[u]; a < history.userStart[u + 1]; a++) {
		const c = history.contract[a];
		const b = contracts.brand[c];
		marks.hasConvertedBrand[b] = 0;
		marks.hasConvertedContract[c] = 0;
		marks.holdsToken[b] = 0;
		marks.rejectionCount[b] = 0;
	}
}
