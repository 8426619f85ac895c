import { log, powInteger } from '#engine/math.ts';
import type { AsOf } from '../as-of.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { makeUserMarks, markHistory, unmarkHistory } from '../user-marks.ts';
import type { Pairs } from './eligibility.ts';
import { clampFactor } from './factors.ts';

/** Rejections factors: most users rejected nothing, and what they have nothing of is not read. */
export interface RejectionFactors {
	/** by user: whether she rejected a brand of one of her pairs; without, all of hers are 1 */
	readonly isAny: Uint8Array;
	/** by pair of such users */
	readonly factor: Float64Array;
}

/** Rejections factors: decay for each rejection of the brand up to the time. */
export function rejectionFactors(
	dataset: DropDataset,
	asOf: AsOf,
	pairs: Pairs,
	config: DropConfig['scoring'],
): RejectionFactors {
	const isLog = config.combine === 'geometric';
	const brand = dataset.contracts.brand;
	const isAny = new Uint8Array(pairs.start.length - 1);
	const factor = new Float64Array(pairs.contract.length);
	const marks = makeUserMarks(dataset);
	for (let u = 0; u < isAny.length; u++) {
		if (dataset.history.userStart[u] === dataset.history.userStart[u + 1]) continue;
		markHistory(dataset, asOf.time, u, marks);
		for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
			const count = marks.rejectionCount[brand[pairs.contract[p]]];
			if (count === 0) {
				if (!isLog) factor[p] = 1;
				continue;
			}
			isAny[u] = 1;
			const f = clampFactor(powInteger(1 - config.rejectionDecay, count), config.floor);
			factor[p] = isLog ? log(f) : f;
		}
		unmarkHistory(dataset, u, marks);
	}
	return { isAny, factor };
}
