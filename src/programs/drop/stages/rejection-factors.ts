import { log, powInteger } from '#engine/math.ts';
import type { AsOf } from '../as-of.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { makeUserMarks, markHistory, unmarkHistory } from '../user-marks.ts';
import type { Pairs } from './eligibility.ts';
import { clampFactor } from './factors.ts';

/** Rejections factors of the pairs whose brand was rejected, user by user; those of all others are 1. */
export interface RejectionFactors {
	/** those of user u: `start[u] … start[u + 1]` */
	readonly start: Uint32Array;
	/** ascending */
	readonly pair: Uint32Array;
	readonly factor: Float64Array;
}

/** Rejections factors: decay for each rejection of the brand up to the time. */
export function rejectionFactors(
	dataset: DropDataset,
	asOf: AsOf,
	pairs: Pairs,
	config: DropConfig['scoring'],
): RejectionFactors {
	const brand = dataset.contracts.brand;
	const start = new Uint32Array(pairs.start.length);
	const pair: number[] = [];
	const factor: number[] = [];
	const marks = makeUserMarks(dataset);
	for (let u = 0; u + 1 < start.length; u++) {
		if (dataset.history.userStart[u] < dataset.history.userStart[u + 1]) {
			markHistory(dataset, asOf.time, u, marks);
			for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
				const count = marks.rejectionCount[brand[pairs.contract[p]]];
				if (count === 0) continue;
				const f = clampFactor(powInteger(1 - config.rejectionDecay, count), config.floor);
				pair.push(p);
				factor.push(config.combine === 'geometric' ? log(f) : f);
			}
			unmarkHistory(dataset, u, marks);
		}
		start[u + 1] = pair.length;
	}
	return { start, pair: Uint32Array.from(pair), factor: Float64Array.from(factor) };
}
