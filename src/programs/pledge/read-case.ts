import { found, inputError, type InputError } from '../input-error.ts';
import { indexScenario, type PledgeDataset } from './dataset.ts';
import { EVENT_TYPES, JOIN, MONTH_END, PLEDGE, SET_LIMIT, TICK, UNPLEDGE, UNWISH, WISH } from './events.ts';
import { MOST_MICROS, type PledgeLevers } from './levers.ts';
import { isDocument, readCaseConfig, type Document } from './read-case-config.ts';

/** A scenario of the specification's own format, ready to run. */
export interface PledgeCase {
	readonly data: PledgeDataset;
	readonly levers: PledgeLevers;
}

/**
 * Reads `{config, projects, events, draws?}` (spec section 11). Throws the first problem in the order of spec
 * section 13, with the number of the event where there is one. Further fields are ignored; `draws` null is none.
 */
export function readCase(scenario: unknown): PledgeCase {
	if (!isDocument(scenario)) {
		throw problem('scenario', `invalid scenario: ${found(scenario)}; must be an object`, 'E_SCENARIO');
	}
	const config = scenario.config === undefined ? {} : scenario.config;
	if (!isDocument(config)) {
		throw problem('config', `invalid configuration: ${found(config)}; must be an object`, 'E_SCENARIO');
	}
	const levers = readCaseConfig(config);
	const projectIds = readProjects(scenario.projects);
	if (!Array.isArray(scenario.events)) {
		throw problem('events', `invalid events: ${found(scenario.events)}; must be a list`, 'E_EVENTS');
	}
	const rows = readEvents(scenario.events);
	const draws = readDraws(scenario.draws);
	return { data: indexScenario(projectIds, rows, draws), levers };
}

function readProjects(projects: unknown): string[] {
	if (!Array.isArray(projects) || projects.length === 0) {
		throw problem(
			'projects',
			`missing: ${found(projects)}; must be a list of at least one project id`,
			'E_PROJECT',
		);
	}
	const ids = projects.map((id: unknown, p) => {
		if (isId(id)) return id;
		throw problem(`projects[${p}]`, `invalid project: ${found(id)}; must be text, not empty`, 'E_PROJECT');
	});
	const seen = new Set<string>();
	ids.forEach((id, p) => {
		if (seen.has(id)) {
			throw problem(
				`projects[${p}]`,
				`duplicate project: ${found(id)}; list each once`,
				'E_PROJECT_DUPLICATE',
			);
		}
		seen.add(id);
	});
	return ids;
}

function readEvents(events: readonly unknown[]) {
	const count = events.length;
	const rows = {
		type: new Uint8Array(count),
		day: new Float64Array(count),
		patronId: new Array<string | null>(count).fill(null),
		projectId: new Array<string | null>(count).fill(null),
		limit: new Float64Array(count).fill(NaN),
		isKept: new Uint8Array(count),
	};
	let previousDay = 0;
	for (let e = 0; e < count; e++) {
		const event = events[e];
		const type = readType(event, e);
		const fields = event as Document;
		const day = fields.day;
		if (typeof day !== 'number' || !Number.isSafeInteger(day) || day < 0) {
			throw eventProblem(
				e,
				'day',
				`invalid day: ${found(day)}; must be a whole number from 0`,
				'E_EVENT_DAY',
			);
		}
		if (day < previousDay) {
			throw eventProblem(e, 'day', `day ${day} is before the previous event’s ${previousDay}; put events in order`, 'E_EVENT_ORDER'); // prettier-ignore
		}
		previousDay = day;
		rows.type[e] = type;
		rows.day[e] = day;
		if (type === MONTH_END || type === TICK) continue;
		rows.patronId[e] = readId(fields, 'patron', e);
		if (type === PLEDGE || type === UNPLEDGE || type === WISH || type === UNWISH) {
			rows.projectId[e] = readId(fields, 'project', e);
		}
		if (type === UNPLEDGE) rows.isKept[e] = readKeep(fields, e);
		if (type === JOIN || type === SET_LIMIT) rows.limit[e] = readLimit(fields, type, e);
	}
	return rows;
}

function readType(event: unknown, e: number): number {
	const word = isDocument(event) ? event.type : event;
	const type = isDocument(event) ? EVENT_TYPES.findIndex((candidate) => candidate === word) : -1;
	if (type >= 0) return type;
	throw eventProblem(e, 'type', `unknown event type: ${found(word)}; must be one of ${EVENT_TYPES.join(', ')}`, 'E_EVENT_TYPE'); // prettier-ignore
}

function readId(fields: Document, key: string, e: number): string {
	const id = fields[key];
	if (isId(id)) return id;
	throw eventProblem(e, key, `missing ${key}: ${found(id)}; must be text, not empty`, 'E_EVENT_FIELD');
}

function readKeep(fields: Document, e: number): number {
	const keep = fields.keep;
	if (keep === undefined) return 0;
	if (typeof keep === 'boolean') return keep ? 1 : 0;
	throw eventProblem(e, 'keep', `invalid keep: ${found(keep)}; must be true or false`, 'E_EVENT_FIELD');
}

function readLimit(fields: Document, type: number, e: number): number {
	const limit = fields.limit;
	if (limit === undefined || limit === null) {
		if (type === JOIN) return NaN;
		throw eventProblem(
			e,
			'limit',
			`missing limit: ${found(limit)}; must be an amount in micros`,
			'E_EVENT_FIELD',
		);
	}
	if (typeof limit === 'number' && Number.isSafeInteger(limit) && limit >= 1 && limit <= MOST_MICROS)
		return limit;
	throw eventProblem(e, 'limit', `invalid limit: ${found(limit)}; must be whole micros from 1 to ${MOST_MICROS}`, 'E_AMOUNT'); // prettier-ignore
}

function readDraws(draws: unknown): Float64Array | null {
	if (draws === undefined || draws === null) return null;
	if (!Array.isArray(draws)) {
		throw problem('draws', `invalid draws: ${found(draws)}; must be a list of whole numbers`, 'E_DRAWS');
	}
	return Float64Array.from(draws, (draw: unknown, i) => {
		if (typeof draw === 'number' && Number.isSafeInteger(draw) && draw >= 0) return draw;
		throw problem(`draws[${i}]`, `invalid draw: ${found(draw)}; must be a whole number from 0`, 'E_DRAWS');
	});
}

function isId(value: unknown): value is string {
	return typeof value === 'string' && value.length > 0;
}

function problem(path: string, message: string, code: string): InputError {
	return inputError(path, message, code, { path });
}

function eventProblem(e: number, key: string, message: string, code: string): InputError {
	return inputError(`event ${e}, ${key}`, message, code, { path: ['events', e, key], event: e });
}
