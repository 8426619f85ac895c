import { InputError } from '../../input-error.ts';
import type { Config } from '../../levers.ts';
import type { OnStage } from '../../program.ts';
import type { Column, ScenarioContent, TableData } from '../../tables.ts';
import { wantedInWords } from '../../wanted-words.ts';
import { simulateAnswers } from '../answers.ts';
import { indexScenario, type EventRows } from '../dataset.ts';
import { EVENT_TYPES } from '../events.ts';
import { defaultLevers } from '../levers.ts';
import { makeEvents } from './make-events.ts';
import { generatorSchema, type GeneratorOptions } from './options.ts';

/**
 * Makes a history (spec section 18). Without answers the events are the same for every policy; with answers they
 * are those that people give under the policy and base rate of the options. Same options and seed: same content.
 */
export function generateHistory(options: Config, seed: number, onStage?: OnStage): ScenarioContent {
	const read = readOptions(options);
	onStage?.('events', 0);
	const projectIds = Array.from({ length: read.projects }, (_, p) => projectName(p));
	const rows = makeEvents(read, seed, projectIds);
	onStage?.('answers', 0.6);
	return contentOf(projectIds, read.answers ? answered(projectIds, rows, read, seed) : rows);
}

function readOptions(options: Config): GeneratorOptions {
	const result = generatorSchema.safeParse(options);
	if (result.success) return result.data;
	throw new InputError(
		result.error.issues.map((issue) => ({
			at: ['options', ...issue.path.map(String)].join('.'),
			message: `invalid option: ${wantedInWords(issue)}`,
			code: 'import.value',
		})),
	);
}

/** The events with what people answered, as rows again. */
function answered(
	projectIds: readonly string[],
	rows: EventRows,
	options: GeneratorOptions,
	seed: number,
): EventRows {
	const levers = { ...defaultLevers(), policy: options.policy, baseRate: options.baseRate, seed };
	const { data } = simulateAnswers(indexScenario(projectIds, rows, null), levers, { ...options, seed });
	const { events } = data;
	return {
		type: events.type,
		day: events.day,
		limit: events.limit,
		isKept: events.isKept,
		patronId: Array.from(events.patron, (u) => (u < 0 ? null : data.patronIds[u])),
		projectId: Array.from(events.project, (p) => (p < 0 ? null : projectIds[p])),
	};
}

function contentOf(projectIds: readonly string[], rows: EventRows): ScenarioContent {
	const table = (columns: Record<string, Column>, rowCount: number): TableData => ({
		rowCount,
		columns: new Map(Object.entries(columns)),
	});
	const projectCount = projectIds.length;
	const eventCount = rows.type.length;
	const upTo = (count: number) => Float64Array.from({ length: count }, (_, i) => i);
	return {
		program: 'pledge',
		name: 'Generated history',
		now: '',
		tables: new Map([
			[
				'project',
				table(
					{ id: projectIds, name: projectIds.map(() => null), position: upTo(projectCount) },
					projectCount,
				),
			],
			[
				'event',
				table(
					{
						seq: upTo(eventCount),
						day: rows.day,
						type: Array.from(rows.type, (type) => EVENT_TYPES[type]),
						patron: rows.patronId,
						project: rows.projectId,
						limit_micros: rows.limit,
						keep: Float64Array.from(rows.isKept),
					},
					eventCount,
				),
			],
			['draw', table({ position: new Float64Array(0), value: new Float64Array(0) }, 0)],
		]),
	};
}

function projectName(p: number): string {
	return `project-${String(p + 1).padStart(2, '0')}`;
}
