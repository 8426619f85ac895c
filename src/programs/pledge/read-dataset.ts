import { InputError, type Issue } from '../input-error.ts';
import { ids, numbers, tableOf, texts, type ScenarioContent } from '../tables.ts';
import { indexScenario, type PledgeDataset } from './dataset.ts';
import { EVENT_TYPES, JOIN, LEAVE, PLEDGE, SET_LIMIT, UNPLEDGE, UNWISH, WISH } from './events.ts';

/** A scenario’s dataset with the words of its screens. */
export interface ReadDataset {
	readonly data: PledgeDataset;
	readonly projectNames: readonly string[];
}

/**
 * Builds the dataset of a scenario: projects by position, then id; events by `seq`, numbered from 0. Throws
 * `InputError` with every problem, each at its event number.
 */
export function readDataset(content: ScenarioContent): ReadDataset {
	const projects = readProjects(content);
	const table = tableOf(content, 'event');
	const seq = numbers(table, 'seq');
	const order = Array.from(seq.keys()).sort((a, b) => seq[a] - seq[b]);
	const inOrder = (column: string) => {
		const values = numbers(table, column);
		return Float64Array.from(order, (row) => values[row]);
	};
	const wordsInOrder = (column: string) => {
		const words = texts(table, column);
		return order.map((row) => words[row]);
	};
	const words = wordsInOrder('type');
	const type = Uint8Array.from(words, (word) => EVENT_TYPES.findIndex((candidate) => candidate === word));
	const rows = {
		type,
		day: inOrder('day'),
		patronId: wordsInOrder('patron').map((id, e) => (needsPatron(type[e]) ? id : null)),
		projectId: wordsInOrder('project').map((id, e) => (needsProject(type[e]) ? id : null)),
		limit: inOrder('limit_micros').map((limit, e) =>
			type[e] === JOIN || type[e] === SET_LIMIT ? limit : NaN,
		),
		isKept: Uint8Array.from(inOrder('keep'), (isKept) => (isKept === 1 ? 1 : 0)),
	};

	const issues: Issue[] = [];
	if (projects.ids.length === 0) {
		issues.push({
			at: 'project',
			message: 'missing projects: a scenario has at least one',
			code: 'E_PROJECT',
		});
	}
	let firstEvent: number | null = null;
	const report = (e: number, message: string, code: string) => {
		firstEvent ??= e;
		issues.push({ at: `event ${e}`, message, code });
	};
	for (let e = 0; e < type.length; e++) {
		const name = EVENT_TYPES[type[e]];
		if (e > 0 && rows.day[e] < rows.day[e - 1]) {
			report(e, `day ${rows.day[e]} is before the previous event’s ${rows.day[e - 1]}; put events in order`, 'E_EVENT_ORDER'); // prettier-ignore
		}
		if (needsPatron(type[e]) && rows.patronId[e] === null) {
			report(e, `missing patron: ${name} must say whose`, 'E_EVENT_FIELD');
		}
		if (needsProject(type[e]) && rows.projectId[e] === null) {
			report(e, `missing project: ${name} must name one`, 'E_EVENT_FIELD');
		}
		if (type[e] === SET_LIMIT && Number.isNaN(rows.limit[e])) {
			report(e, 'missing limit: setLimit must give one in micros', 'E_EVENT_FIELD');
		}
	}
	if (issues.length > 0) throw new InputError(issues, { event: firstEvent });
	return { data: indexScenario(projects.ids, rows, readDraws(content)), projectNames: projects.names };
}

function readProjects(content: ScenarioContent): { ids: string[]; names: string[] } {
	const table = tableOf(content, 'project');
	const id = ids(table, 'id');
	const name = texts(table, 'name');
	const position = numbers(table, 'position');
	const place = (row: number) => (Number.isNaN(position[row]) ? Infinity : position[row]);
	const order = Array.from(id.keys()).sort((a, b) => {
		if (place(a) !== place(b)) return place(a) - place(b);
		return id[a] < id[b] ? -1 : 1;
	});
	return { ids: order.map((row) => id[row]), names: order.map((row) => name[row] ?? id[row]) };
}

/** Scripted draws in order of position; null without any. */
function readDraws(content: ScenarioContent): Float64Array | null {
	const table = tableOf(content, 'draw');
	if (table.rowCount === 0) return null;
	const position = numbers(table, 'position');
	const value = numbers(table, 'value');
	const order = Array.from(position.keys()).sort((a, b) => position[a] - position[b]);
	return Float64Array.from(order, (row) => value[row]);
}

function needsPatron(type: number): boolean {
	return type === JOIN || type === SET_LIMIT || type === LEAVE || needsProject(type);
}

function needsProject(type: number): boolean {
	return type === PLEDGE || type === UNPLEDGE || type === WISH || type === UNWISH;
}
