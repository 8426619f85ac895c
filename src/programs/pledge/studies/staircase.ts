import { z } from 'zod';
import { inputError } from '../../input-error.ts';
import { lever, type Config } from '../../levers.ts';
import type { StudyResult } from '../../program.ts';
import { headroomsOf, overAfter } from '../headrooms.ts';
import { outcomeOf } from '../outcome.ts';
import type { PledgeRun } from '../run-state.ts';

/** What the staircase can be asked for. */
export const staircaseSchema = z.strictObject({
	newcomers: lever(z.int().min(1).max(10_000).default(100), {
		title: 'Newcomers',
		help: 'How many more patrons to look ahead.',
		unit: 'count',
		front: true,
	}),
});

/** Most points of a line. */
const MOST_STEPS = 200;

/**
 * How far each project can grow at the end of a run: how many of its patrons the next newcomers would put over,
 * were nobody dropped, and how many it can gain before the first loss.
 */
export function staircase(run: PledgeRun, names: readonly string[], options: Config): StudyResult {
	const parsed = staircaseSchema.safeParse(options);
	if (!parsed.success) {
		throw inputError(
			'options.newcomers',
			'invalid option: must be a whole number from 1 to 10000',
			'study.value',
		);
	}
	const { newcomers } = parsed.data;
	const outcome = outcomeOf(run);
	const headrooms = names.map((_, p) => headroomsOf(outcome, p));
	const first = Float64Array.from(headrooms, ([least]) =>
		least === undefined ? NaN : least < 0 ? 0 : least,
	);
	const every = Math.ceil(newcomers / MOST_STEPS);
	const x = Float64Array.from({ length: Math.floor(newcomers / every) + 1 }, (_, i) => i * every);
	const over = (ahead: number) => Float64Array.from(headrooms, (rooms) => overAfter(rooms, ahead));

	let tightest = -1;
	first.forEach((room, p) => {
		if (!Number.isNaN(room) && (tightest < 0 || room < first[tightest])) tightest = p;
	});
	return {
		metrics: [
			{
				id: 'tightest',
				title: tightest < 0 ? 'Growth before a loss' : `Growth before a loss, ${names[tightest]}`,
				unit: 'count',
				better: 'more',
				help: 'Newcomers that the project nearest to a loss can gain before the next one puts somebody over.',
				value: tightest < 0 ? null : first[tightest],
				isHeadline: true,
			},
		],
		tables: [
			{
				id: 'staircase',
				title: 'How far each project can grow',
				columns: [
					{ id: 'project', title: 'Project', unit: 'id', values: run.data.projectIds },
					{ id: 'patrons', title: 'Patrons now', unit: 'count', values: Float64Array.from(run.crowd) },
					{ id: 'room', title: 'Growth before a loss', unit: 'count', values: first },
					{
						id: 'reach',
						title: 'Crowd before a loss',
						unit: 'count',
						values: first.map((room, p) => run.crowd[p] + room),
					},
					{ id: 'over1', title: 'Over after 1', unit: 'count', values: over(1) },
					{ id: 'over10', title: 'Over after 10', unit: 'count', values: over(10) },
					{ id: 'overAll', title: `Over after ${newcomers}`, unit: 'count', values: over(newcomers) },
				],
			},
		],
		series: [
			{
				id: 'staircase',
				title: 'Patrons over after so many newcomers',
				unit: 'count',
				xTitle: 'newcomers',
				x,
				lines: names.map((label, p) => ({ label, y: x.map((ahead) => overAfter(headrooms[p], ahead)) })),
			},
		],
		notices: [],
	};
}
