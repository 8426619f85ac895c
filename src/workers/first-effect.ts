import type { LeverSpec } from '#programs/levers.ts';
import type { EffectRange } from './protocol.ts';

/** Least step of a lever that names none. */
const SMALLEST_STEP = 0.01;

/**
 * The nearest values of a numeric lever, below and above the present one and on its step grid, at which
 * `hasEffect` first says yes; null where it never does up to the lever's bound (or 64 steps, where it has none).
 * It steps out by 1, 2, 4, … and then halves the gap, so it takes an effect that has come to stay: about
 * 2·log2(steps) runs a side. Other kinds of lever give null on both sides.
 */
export function searchEffect(
	spec: LeverSpec,
	current: number,
	hasEffect: (value: number) => boolean,
): EffectRange {
	if ((spec.kind !== 'number' && spec.kind !== 'integer') || !Number.isFinite(current)) {
		return { below: null, above: null, runCount: 0 };
	}
	const step = spec.step ?? (spec.kind === 'integer' ? 1 : SMALLEST_STEP);
	let runCount = 0;
	const search = (sign: 1 | -1, stepCount: number): number | null => {
		// twelve digits take the noise of repeated steps away
		const valueAtStep = (k: number) => Number((current + sign * k * step).toPrecision(12));
		const test = (k: number) => {
			runCount++;
			return hasEffect(valueAtStep(k));
		};
		let [without, reach] = [0, 1];
		while (reach < stepCount && !test(reach)) {
			without = reach;
			reach *= 2;
		}
		if (reach >= stepCount) {
			reach = stepCount;
			if (reach <= without || !test(reach)) return null;
		}
		while (reach - without > 1) {
			const middle = (reach + without) >> 1;
			if (test(middle)) reach = middle;
			else without = middle;
		}
		return valueAtStep(reach);
	};
	const stepsTo = (bound: number | null, isOpen: boolean) => {
		if (bound === null) return 64;
		const steps = Math.floor(Math.abs(bound - current) / step + 1e-9);
		return isOpen && Math.abs(current + Math.sign(bound - current) * steps * step - bound) < 1e-9
			? steps - 1
			: steps;
	};
	const below = search(-1, stepsTo(spec.min, spec.isMinOpen));
	const above = search(1, stepsTo(spec.max, spec.isMaxOpen));
	return { below, above, runCount };
}
