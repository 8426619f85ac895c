import { log, tanh } from '#engine/math.ts';
import { decimalFraction } from '#engine/share.ts';
import type { DropDataset } from '../dataset.ts';
import { cityTakeRate, type DropConfig } from '../levers.ts';
import { clampFactor } from './factors.ts';

/** Reward value of contract c in city y, in cents: its own, or what the take rate leaves of a sponsored price. */
export function rewardCents(dataset: DropDataset, config: DropConfig, y: number, c: number): number {
	const { contracts } = dataset;
	const rate = contracts.isSponsored[c] ? cityTakeRate(config, dataset.cityIds[y]) : null;
	if (rate === null) return contracts.rewardCents[c];
	const { num, den } = decimalFraction(rate);
	// round half up of price · (1 − rate), exactly
	return Number((2n * BigInt(contracts.priceCents[c]) * (den - num) + den) / (2n * den));
}

/** Reward value in cents by city and contract: that of (y, c) at `y · contracts + c`. */
export function rewardCentsColumn({
	dataset,
	config,
}: {
	readonly dataset: DropDataset;
	readonly config: DropConfig;
}): Float64Array {
	const contractCount = dataset.contracts.ids.length;
	const cents = new Float64Array(dataset.cityIds.length * contractCount);
	for (let i = 0; i < cents.length; i++)
		cents[i] = rewardCents(dataset, config, Math.floor(i / contractCount), i % contractCount);
	return cents;
}

/** Reward factor by city and contract. */
export function rewardFactors(dataset: DropDataset, config: DropConfig): Float64Array {
	const isLog = config.scoring.combine === 'geometric';
	const contractCount = dataset.contracts.ids.length;
	const factor = new Float64Array(dataset.cityIds.length * contractCount);
	for (let y = 0; y < dataset.cityIds.length; y++) {
		for (let c = 0; c < contractCount; c++) {
			const value = tanh(rewardCents(dataset, config, y, c) / config.scoring.rewardScaleCents);
			const f = clampFactor(value, config.scoring.floor);
			factor[y * contractCount + c] = isLog ? log(f) : f;
		}
	}
	return factor;
}
