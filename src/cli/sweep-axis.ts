import { found, inputError } from '#programs/input-error.ts';
import type { LeverSpec } from '#programs/levers.ts';
import { axisOf, evenValues, type SweepAxis as SampledAxis } from '#programs/sweep/axis.ts';
import { leverOf, readValue } from './apply-settings.ts';

/** A lever and the values it is swept over, as text, in the order given. */
export interface SweepAxis {
	readonly path: string;
	readonly values: readonly string[];
}

/** Most points of one axis, and of a sweep. */
export const MOST_POINTS = 10_000;

/**
 * Reads an axis: `path=a,b,c` lists values, `path=low..high/steps` spreads `steps` values evenly with both ends
 * among them. Evenly spread values are rounded to 12 digits, so that 0.1 + 0.2 is 0.3. Throws `InputError`.
 */
export function readSweepAxis(text: string): SweepAxis {
	const cut = text.indexOf('=');
	const [path, list] = [text.slice(0, cut), text.slice(cut + 1)];
	if (cut <= 0 || list === '') throw wrong(text, 'must be path=value,value,… or path=low..high/steps');
	const range = /^(-?[\d.]+)\.\.(-?[\d.]+)\/(\d{1,5})$/.exec(list);
	if (!range) return { path, values: list.split(',') };

	const [low, high, steps] = range.slice(1).map(Number);
	if (!Number.isFinite(low) || !Number.isFinite(high)) throw wrong(text, 'the ends must be numbers');
	if (steps < 2 || steps > MOST_POINTS) throw wrong(text, `steps must be from 2 to ${MOST_POINTS}`);
	return { path, values: evenValues(low, high, steps, false).map(String) };
}

/**
 * Reads an axis of a sampled sweep: `path` alone takes the lever's usual range, or every choice; `path=low..high` a
 * range; `path=a,b,c` those values and no others. Throws `InputError`.
 */
export function readSampledAxis(text: string, levers: readonly LeverSpec[]): SampledAxis {
	const cut = text.indexOf('=');
	const path = cut < 0 ? text : text.slice(0, cut);
	const spec = leverOf(path, levers);
	if (!spec) throw wrong(text, 'must name a lever; see dropbench help sweep');
	if (cut < 0) {
		const axis = axisOf(spec, path);
		if (!axis)
			throw wrong(text, 'this lever cannot be sampled by itself; list its values: path=value,value,…');
		return axis;
	}
	const list = text.slice(cut + 1);
	const range = /^(-?[\d.]+)\.\.(-?[\d.]+)$/.exec(list);
	if (range) {
		const [low, high] = range.slice(1).map(Number);
		const axis = low < high ? axisOf(spec, path, [low, high]) : null;
		if (!axis?.isStretch) throw wrong(text, 'a range needs a number lever and a low end below its high one');
		return axis;
	}
	const levels = list.split(',').map((word) => readValue(word, spec));
	if (list === '' || levels.includes(undefined)) throw wrong(text, 'must be path, path=low..high or path=value,value,…'); // prettier-ignore
	return { path, levels, isStretch: false, isWhole: false };
}

/** All points of the axes, the last axis turning fastest; one point without axes. Each holds a value per axis. */
export function sweepPoints(axes: readonly SweepAxis[]): string[][] {
	const count = axes.reduce((product, { values }) => product * values.length, 1);
	if (count > MOST_POINTS) throw wrong(`${count} points`, `must be at most ${MOST_POINTS}`);
	return axes.reduce<string[][]>(
		(points, { values }) => points.flatMap((point) => values.map((value) => [...point, value])),
		[[]],
	);
}

function wrong(text: string, wanted: string) {
	return inputError('--over', `invalid sweep: ${found(text)}; ${wanted}`, 'cli.sweep');
}
