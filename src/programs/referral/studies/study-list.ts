import { z } from 'zod';
import { found, inputError } from '../../input-error.ts';
import { lever, listLevers, type Config } from '../../levers.ts';
import type { StudyResult, StudySpec } from '../../program.ts';
import { accountingTable } from '../report-tables.ts';
import { runChoice, runnableOrThrow, type Session } from '../session.ts';
import { bothModels } from './both-models.ts';
import { editionSet } from './edition-set.ts';
import { poolSweep } from './pool-sweep.ts';
import { splitGains } from './split-gains.ts';
import { timeTravel } from './time-travel.ts';

const sweepOptions = z.strictObject({
	from: lever(z.int().min(0).default(0), { title: 'From', help: 'Smallest pool.', unit: 'microUsdc' }),
	to: lever(z.int().min(0).nullable().default(null), { title: 'To', help: 'Largest pool; empty is twice the pool now.', unit: 'microUsdc' }), // prettier-ignore
	points: lever(z.int().min(1).max(10_000).default(100), { title: 'Pools', help: 'How many, both ends included.', unit: 'count' }), // prettier-ignore
});

const splitOptions = z.strictObject({
	top: lever(z.int().min(1).max(100).default(10), { title: 'Referrers', help: 'How many of the best to look at.', unit: 'count' }), // prettier-ignore
});

const travelOptions = z.strictObject({
	points: lever(z.int().min(1).max(1000).default(25), { title: 'Times', help: 'How many, from the start to now.', unit: 'count' }), // prettier-ignore
});

const slugOption = z.string().nullable().default(null);

const setOptions = z.strictObject({
	remove: lever(slugOption, { title: 'Take out', help: 'Slug of an edition to leave out.', unit: 'none' }),
	duplicate: lever(slugOption, {
		title: 'Repeat',
		help: 'Slug of an edition to repeat, of whatever type.',
		unit: 'none',
	}),
	slug: lever(slugOption, { title: 'As', help: 'Slug of the copy.', unit: 'none' }),
});

const noOptions = z.strictObject({});

function spec(id: string, title: string, help: string, options: z.ZodType): StudySpec {
	return { id, title, help, options: listLevers(options) };
}

/** The studies of a referral edition, beside its run. */
export const referralStudies: readonly StudySpec[] = [
	spec(
		'poolSweep',
		'Pools',
		'What every size of the pool would pay, and when it would run out.',
		sweepOptions,
	),
	spec(
		'bothModels',
		'Both models',
		'The same events under a pie split and under a revenue share, side by side.',
		noOptions,
	),
	spec('splitGain', 'Split gain', 'What the best would gain by splitting over two addresses.', splitOptions),
	spec('asOf', 'Time travel', 'The leaderboard as it stood over time.', travelOptions),
	spec('accounting', 'Accounting', 'Every counted event with what it was paid, for the books.', noOptions),
	spec(
		'editionSet',
		'Edition set',
		'The set as it would be exported, with editions taken out or repeated.',
		setOptions,
	),
];

/** Runs a study. Throws `InputError` for an unknown one, a bad option, or an edition that cannot run. */
export function runStudy(session: Session, id: string, config: Config, options: Config): StudyResult {
	const { dataset } = session;
	switch (id) {
		case 'poolSweep': {
			const { from, to, points } = readOptions(sweepOptions, options);
			const outcome = runChoice(session, runnableOrThrow(session, config));
			const end = to === null ? outcome.rules.awardPool * 2n : BigInt(to);
			if (end < BigInt(from))
				throw inputError('options.to', `inverted range: ${to}; must be at least ${from}`, 'study.option');
			return poolSweep(dataset, outcome, BigInt(from), end, points);
		}
		case 'bothModels':
			readOptions(noOptions, options);
			return bothModels(dataset, runnableOrThrow(session, config));
		case 'splitGain':
			return splitGains(
				dataset,
				runChoice(session, runnableOrThrow(session, config)),
				readOptions(splitOptions, options).top,
			);
		case 'asOf': {
			const { rules, asOf } = runnableOrThrow(session, config);
			return timeTravel(
				dataset,
				rules,
				Math.min(asOf, rules.endTime),
				readOptions(travelOptions, options).points,
			);
		}
		case 'accounting':
			readOptions(noOptions, options);
			return accounting(session, config);
		case 'editionSet':
			return editionSet(session, config, readOptions(setOptions, options));
		default:
			throw inputError('study', `unknown study: ${id}; must be one of ${referralStudies.map((one) => one.id).join(', ')}`, 'study.unknown'); // prettier-ignore
	}
}

/** Why an edition has no accounting by event; the same words in a run and in the study. */
export const NO_ACCOUNTING = {
	code: 'accounting.none',
	message: 'no accounting by event: a pie split, and pools settled at the end, pay once',
} as const;

function accounting(session: Session, config: Config): StudyResult {
	const outcome = runChoice(session, runnableOrThrow(session, config));
	const table = outcome.dataModelType === 'rev-share-limit' ? accountingTable(session.dataset, outcome, (row) => session.extra[row]) : null; // prettier-ignore
	return { metrics: [], series: [], tables: table ? [table] : [], notices: table ? [] : [NO_ACCOUNTING] };
}

function readOptions<T extends z.ZodType>(schema: T, options: Config): z.output<T> {
	const result = schema.safeParse(options);
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	throw inputError(['options', ...issue.path.map(String)].join('.'), `invalid option: ${found(options)}; ${issue.message}`, 'study.option'); // prettier-ignore
}
