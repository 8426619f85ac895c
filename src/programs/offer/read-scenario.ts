import { found, inputError, type InputError } from '../input-error.ts';
import type { OfferDataset, OfferProbe } from './dataset.ts';
import type { OfferEvent, RefusalCode } from './events.ts';
import { offerRules, type OfferRules } from './rules.ts';
import { isId, readEvent } from './read-event.ts';
import { readInstant } from './time.ts';

export const MOST_EVENTS = 1_000_000;

/**
 * Reads a scenario of spec section 10. Throws `InputError` with the code and path of the first check that
 * fails; events that fail theirs are refusals of the dataset, and stop nothing.
 */
export function readScenario(input: unknown): { readonly dataset: OfferDataset; readonly rules: OfferRules } {
	if (!isObject(input)) throw bad('', 'BAD_SCENARIO', input, 'must be an object');
	const { events } = input;
	if (!Array.isArray(events)) throw bad('events', 'BAD_SCENARIO', events, 'must be a list');
	const rules = input.rules ?? {};
	if (!isObject(rules)) throw bad('rules', 'BAD_SCENARIO', rules, 'must be an object');
	const probes: unknown = input.probes ?? [];
	if (!Array.isArray(probes)) throw bad('probes', 'BAD_SCENARIO', probes, 'must be a list');
	if (events.length > MOST_EVENTS) {
		throw bad('events', 'TOO_MANY_EVENTS', events.length, 'must be at most 1000000');
	}
	const start = readInstant(input.start);
	if (start === null) throw bad('start', 'INVALID_TIME', input.start, 'must be an instant with an offset');
	const end = readInstant(input.end);
	if (end === null) throw bad('end', 'INVALID_TIME', input.end, 'must be an instant with an offset');
	if (end < start) throw bad('end', 'INVALID_RANGE', input.end, 'must not be before start');
	const readRulesResult = readRules(rules);
	return {
		dataset: {
			start,
			end,
			...readEvents(events, start, end),
			probes: probes.map((probe, i) => readProbe(probe, `probes[${i}]`, start, end)),
		},
		rules: readRulesResult,
	};
}

/** Reads the events of a file; those that fail a check become refusals, by their position in the file. */
export function readEvents(
	raw: readonly unknown[],
	start: number,
	end: number,
): Pick<OfferDataset, 'events' | 'eventIndex' | 'refusedIndex' | 'refusedCode'> {
	const events: OfferEvent[] = [];
	const eventIndex: number[] = [];
	const refusedIndex: number[] = [];
	const refusedCode: RefusalCode[] = [];
	for (let i = 0; i < raw.length; i++) {
		const event = readEvent(raw[i], start, end);
		if (typeof event === 'string') {
			refusedIndex.push(i);
			refusedCode.push(event);
		} else {
			events.push(event);
			eventIndex.push(i);
		}
	}
	return { events, eventIndex, refusedIndex, refusedCode };
}

function readRules(rules: Readonly<Record<string, unknown>>): OfferRules {
	const given: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(rules)) {
		if (!Object.hasOwn(offerRules.shape, name)) {
			throw bad(
				`rules.${name}`,
				'INVALID_RULE',
				value,
				`must be one of ${Object.keys(offerRules.shape).join(', ')}`,
			);
		}
		// null counts as absent
		if (value !== null) given[name] = value;
	}
	const result = offerRules.safeParse(given);
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	const name = String(issue.path[0]);
	throw bad(`rules.${name}`, 'INVALID_RULE', given[name], issue.message);
}

function readProbe(raw: unknown, path: string, start: number, end: number): OfferProbe {
	if (!isObject(raw)) throw bad(path, 'INVALID_PROBE', raw, 'must be an object');
	const at = readInstant(raw.at);
	if (at === null) throw bad(path, 'INVALID_PROBE', raw.at, 'must have an instant as at');
	if (at < start || at > end) throw bad(path, 'INVALID_PROBE', raw.at, 'must lie between start and end');
	const users: unknown = raw.users ?? [];
	if (!Array.isArray(users) || !users.every(isId)) {
		throw bad(path, 'INVALID_PROBE', users, 'must have a list of ids as users');
	}
	return { at, users };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(path: string, code: string, value: unknown, allowed: string): InputError {
	const at = path === '' ? 'scenario' : `scenario.${path}`;
	return inputError(at, `invalid value: ${found(value)}; ${allowed}`, code, { path });
}
