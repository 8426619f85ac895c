import type { TableSpec } from '../tables.ts';
import { EVENT_TYPES } from './events.ts';
import { MOST_MICROS } from './levers.ts';

/** The tables of a pledge scenario. Events name patrons and projects by id; unknown ones are refused as they come. */
export const pledgeTables: readonly TableSpec[] = [
	{
		name: 'project',
		title: 'Projects',
		key: ['id'],
		columns: [
			{ name: 'id', kind: 'id', help: 'unique id' },
			{ name: 'name', kind: 'text', nullable: true, help: 'name on screens; the id where empty' },
			{
				name: 'position',
				kind: 'integer',
				nullable: true,
				min: 0,
				help: 'place in the list; by id where empty',
			},
		],
	},
	{
		name: 'event',
		title: 'Events',
		key: ['seq'],
		columns: [
			{ name: 'seq', kind: 'integer', min: 0, help: 'order of events; the first is event 0 whatever it is' },
			{ name: 'day', kind: 'integer', min: 0, help: 'day from 0, never before the previous event’s' },
			{ name: 'type', kind: 'text', values: EVENT_TYPES, help: `one of ${EVENT_TYPES.join(', ')}` },
			{ name: 'patron', kind: 'id', nullable: true, help: 'who; empty for monthEnd and tick' },
			{ name: 'project', kind: 'id', nullable: true, help: 'to what; for pledge, unpledge, wish and unwish' },
			{
				name: 'limit_micros',
				kind: 'integer',
				nullable: true,
				min: 1,
				max: MOST_MICROS,
				help: 'monthly limit in micros ($1 = 1 000 000), for setLimit and, where not the default, join',
			},
			{
				name: 'keep',
				kind: 'boolean',
				fallback: false,
				help: 'unpledge: keep the project on the wish list?',
			},
		],
	},
	{
		name: 'draw',
		title: 'Scripted draws',
		key: ['position'],
		optional: true,
		columns: [
			{ name: 'position', kind: 'integer', min: 0, help: 'which choice between two or more, from 0' },
			{ name: 'value', kind: 'integer', min: 0, help: 'the candidate taken, modulo their number' },
		],
	},
];
