import type { LeverSpec } from '../levers.ts';

/** What a sweep may set one lever to. */
export interface SweepAxis {
	/** path in the configuration */
	readonly path: string;
	/** both ends of a stretch of numbers, or every value there is */
	readonly levels: readonly unknown[];
	/** may it take the numbers between its ends too? then `levels` are two */
	readonly isStretch: boolean;
	/** only whole numbers */
	readonly isWhole: boolean;
}

/** Digits that even steps are rounded to, so that 0.1 + 0.2 is 0.3. */
const EVEN_DIGITS = 12;
/** Digits of a sampled number: enough to tell samples apart, few enough to read. */
const SAMPLED_DIGITS = 4;

/** `count` evenly spread numbers from `low` to `high`, both among them; whole ones without doubles. */
export function evenValues(low: number, high: number, count: number, isWhole: boolean): number[] {
	const values = Array.from({ length: count }, (_, i) => {
		const value = count === 1 ? low : low + ((high - low) * i) / (count - 1);
		return isWhole ? Math.round(value) : Number(value.toPrecision(EVEN_DIGITS));
	});
	return [...new Set(values)];
}

/**
 * Where a sweep of a number starts and ends unless told otherwise: its usual range, else from its lower bound to three
 * times its default or its upper bound, whichever comes first.
 */
export function usualRange(spec: LeverSpec): readonly [number, number] {
	if (spec.usual) return spec.usual;
	const low = spec.min ?? 0;
	const far = typeof spec.default === 'number' && spec.default > low ? 3 * spec.default : low + 10;
	const high = Math.min(spec.max ?? far, Math.max(far, low + (spec.kind === 'integer' ? 1 : 0)));
	const step = spec.kind === 'integer' ? 1 : (high - low) / 100;
	return [spec.isMinOpen ? low + step : low, spec.isMaxOpen && high === spec.max ? high - step : high];
}

/**
 * The axis of a lever at `path`: a stretch over `range` (its usual one when left out) for a number, every value for
 * a choice or a switch; null for text, lists and seeds, which a sweep does not turn.
 */
export function axisOf(spec: LeverSpec, path: string, range = usualRange(spec)): SweepAxis | null {
	if (spec.unit === 'seed') return null;
	switch (spec.kind) {
		case 'number':
		case 'integer':
			return { path, levels: range, isStretch: true, isWhole: spec.kind === 'integer' };
		case 'switch':
			return { path, levels: [false, true], isStretch: false, isWhole: false };
		case 'choice':
			return { path, levels: spec.choices, isStretch: false, isWhole: false };
		default:
			return null;
	}
}

/** The value at `place` in [0, 1) of an axis: that far along a stretch, or one of its levels, each as likely. */
export function valueAlong({ levels, isStretch, isWhole }: SweepAxis, place: number): unknown {
	if (!isStretch) return levels[Math.floor(place * levels.length)];
	const [low, high] = levels.map(Number);
	if (isWhole) return low + Math.floor(place * (high - low + 1));
	return Number((low + place * (high - low)).toPrecision(SAMPLED_DIGITS));
}
