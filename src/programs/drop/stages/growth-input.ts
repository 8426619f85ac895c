import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import type { Assigned } from './assign.ts';
import type { Pairs } from './eligibility.ts';

/** What the growth fill of a city works on. */
export interface GrowthInput {
	readonly dataset: DropDataset;
	readonly y: number;
	readonly pairs: Pairs;
	/** sponsored assignments already made */
	readonly assigned: Pick<Assigned, 'contract' | 'heldCount'>;
	/** users of the city, by place, who take no further part: not considered, or put out by the cutoff */
	readonly isOut: Uint8Array;
	/** seats by contract that the city finds */
	readonly seats: Float64Array;
	readonly config: DropConfig;
	/** 256 · week, added to the purpose in a stream word */
	readonly weekStream: number;
}
