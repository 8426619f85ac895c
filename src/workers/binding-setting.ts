import { pathPart, valueAt, type Config, type LeverSpec } from '#programs/levers.ts';
import { bindingTrials, type PlacedLever } from '#programs/sweep/binding-trials.ts';

/** Most settings tried, two runs each. */
const MOST_TRIES = 40;

/**
 * The first other setting that keeps a change of the lever at `path` without effect, as a sentence: with that setting
 * at the value named, `matters` says yes. Tries what `bindingTrials` guesses, in its order, fractions and amounts left
 * out; at most 40 in all. Null where none is found.
 */
export function bindingSetting(
	levers: readonly LeverSpec[],
	before: Config,
	after: Config,
	path: string,
	matters: (before: Config, after: Config) => boolean,
): string | null {
	const levels = [before, after].map((config) => valueAt(config, path));
	const axis = { path, levels, isStretch: false, isWhole: false };
	let tries = 0;
	for (const { path: at, value, configs: [was, is] } of bindingTrials(placed(levers, after), after, axis)) {
		const lever = levers.find((each) => each.path === at);
		if (!lever) throw new Error(`a trial of ${at}, which is no lever`);
		const isOfOwn = value === undefined;
		if (lever.kind === 'number' && !isOfOwn) continue;
		if (++tries > MOST_TRIES) return null;
		if (!matters(was, is)) continue;
		if (isOfOwn) return `every ${singular(at)} that it could touch has its own ${lever.title.toLowerCase()}`;
		return `${lever.title} is ${inWords(valueAt(after, at))}; with ${inWords(value)} the same change would matter`;
	}
	return null;
} // prettier-ignore

/** Every lever at its own path; one for single entities at each that has a value of its own. */
function placed(levers: readonly LeverSpec[], config: Config): PlacedLever[] {
	return levers.flatMap((spec) => {
		const [list, entity, ...rest] = spec.path.split('.');
		if (entity !== '*') return [{ spec, path: spec.path }];
		const owners = Object.keys(valueAt(config, list) ?? {});
		return owners.map((id) => ({ spec, path: [list, pathPart(id), ...rest].join('.') }));
	});
}

function inWords(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return typeof value === 'string' ? `“${value}”` : String(value);
}

function singular(path: string): string {
	const [list] = path.split('.');
	return list.endsWith('ies') ? `${list.slice(0, -3)}y` : list.replace(/s$/, '');
}
