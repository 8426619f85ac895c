import { withValue, type Config } from '#programs/levers.ts';
import type { Metric } from '#programs/report.ts';
import type { LeverAt } from '../lever-list.ts';

/** One configuration of a sweep and what its run gave. */
export interface SweepPoint {
	readonly x: number;
	/** value of the second lever; 0 in a sweep of one */
	readonly y: number;
	readonly config: Config;
	readonly metrics: readonly Metric[];
	/** did a guardrail or a check fail? */
	readonly isOver: boolean;
}

/** Evenly spaced values of a number lever, ends included, rounded to its step where it is whole. */
export function valuesBetween(lever: LeverAt, from: number, to: number, count: number): number[] {
	const isWhole = lever.spec.kind === 'integer';
	const values = Array.from({ length: count }, (_, i) => {
		const value = count === 1 ? from : from + ((to - from) * i) / (count - 1);
		return isWhole ? Math.round(value) : Math.round(value * 1e6) / 1e6;
	});
	return [...new Set(values)];
}

/** Where a sweep of a lever starts and ends unless told otherwise: its usual range, else its bounds. */
export function usualRange({ spec }: LeverAt): readonly [number, number] {
	if (spec.usual) return spec.usual;
	const low = spec.min ?? 0;
	const high = spec.max ?? low + 10;
	const step = (high - low) / 100;
	return [spec.isMinOpen ? low + step : low, Math.min(spec.isMaxOpen ? high - step : high, low + 1000)];
}

/** All configurations of a sweep of one lever, or of two when `second` is given. */
export function sweepConfigs(
	draft: Config,
	first: { readonly lever: LeverAt; readonly values: readonly number[] },
	second: { readonly lever: LeverAt; readonly values: readonly number[] } | null,
): { x: number; y: number; config: Config }[] {
	return first.values.flatMap((x) => {
		const config = withValue(draft, first.lever.path, x);
		if (!second) return [{ x, y: 0, config }];
		return second.values.map((y) => ({ x, y, config: withValue(config, second.lever.path, y) }));
	});
}

/** The value of a metric at a point; NaN where it is not defined. */
export function metricAt(point: SweepPoint, id: string): number {
	return point.metrics.find((metric) => metric.id === id)?.value ?? NaN;
}
