import { inputError } from '#programs/input-error.ts';
import type { Config } from '#programs/levers.ts';
import type { StudySpec } from '#programs/program.ts';
import { applySettings } from '../apply-settings.ts';
import {
	EXIT,
	hasOption,
	textOption,
	textOptions,
	type Command,
	type Exit,
	type OptionSpec,
	type Words,
} from '../command.ts';
import { distinctNotices } from '../distinct-notices.ts';
import { DISTRIBUTED_OPTIONS, readDistribution } from '../distributed/distributed-options.ts';
import { studyElsewhere } from '../distributed/study-elsewhere.ts';
import type { Effects } from '../effects.ts';
import { jsonText } from '../json-text.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';
import { readDocument } from '../read-document.ts';
import { studyText } from '../study-text.ts';
import { textTable } from '../text-table.ts';
import { studyHere } from '../threads/compute-here.ts';
import { readWorkers, WORKERS_OPTION } from '../threads/workers-option.ts';

const OPTIONS: readonly OptionSpec[] = [
	...CONFIG_OPTIONS,
	{ name: 'against', type: 'string', value: 'FILE', help: 'configuration to compare with, on the same luck' },
	{ name: 'json', type: 'boolean', help: 'print JSON' },
	WORKERS_OPTION,
	...DISTRIBUTED_OPTIONS,
];

/** `dropbench study`: a further computation over a scenario, whichever its program has. */
export const studyCommand: Command = {
	name: 'study',
	usage:
		'SCENARIO [STUDY] [--option name=value]… [--against FILE] [--json] [--file] [--workers N] [--redis URL [--data DIR] [--resume]]',
	summary: 'forecast, season, comparison of methods: whatever studies a program has',
	details: `Without STUDY it lists those of the scenario's program, with their options. Seasons and lists of past Drops fall into pieces
that --workers computes side by side; another study is one piece, and takes one thread.`,
	options: [
		...OPTIONS,
		{
			name: 'file',
			type: 'boolean',
			help: 'print the document the study makes, such as an event feed as JSON Lines',
		},
		{
			name: 'option',
			type: 'string',
			multiple: true,
			value: 'NAME=VALUE',
			help: 'an option of the study; may be repeated',
		},
	],
	most: 2,
	run(words, effects) {
		const [name, study] = words.positionals;
		return runStudy('study', name, study, textOptions(words, 'option'), words, effects);
	},
};

/** `dropbench replay`: past Drops, all of them or one. */
export const replayCommand: Command = {
	name: 'replay',
	usage: 'SCENARIO [--drop ID] [--config FILE] [--json] [--workers N] [--redis URL [--data DIR] [--resume]]',
	summary: 'replay past Drops: reproduced, what else would have happened, and can that be believed',
	details: `Without --drop it lists the past Drops of a scenario with the share that a re-run from their own time, configuration
and seed reproduces. With it, one Drop: reproduced, then what the configuration given would have changed, the forecast held
against what happened, and off-policy estimates where they can be trusted.`,
	options: [...OPTIONS, { name: 'drop', type: 'string', value: 'ID', help: 'the Drop to replay' }],
	most: 1,
	run(words, effects) {
		const [name] = words.positionals;
		const drop = textOption(words, 'drop');
		const settings = drop === undefined ? [] : [`drop=${drop}`];
		return runStudy('replay', name, drop === undefined ? 'past-drops' : 'replay', settings, words, effects);
	},
};

/** `dropbench season`: weekly Drops one after the other. */
export const seasonCommand: Command = {
	name: 'season',
	usage:
		'SCENARIO [--weeks N] [--seeds N] [--against FILE] [--json] [--workers N] [--redis URL [--data DIR] [--resume]]',
	summary: 'play weekly Drops one after the other, with other luck each time',
	details: `What dropbench study SCENARIO season prints: medians over the seeds for each week, the month rolled over where it ends.
With --workers seasons are played side by side in threads; with --redis every season is a job of its own. Either way there is
one for each configuration and seed, and no number changes by it.`,
	options: [
		...OPTIONS,
		{ name: 'weeks', type: 'string', value: 'N', help: 'weekly Drops to play' },
		{ name: 'seeds', type: 'string', value: 'N', help: 'how often the season is played with other luck' },
	],
	most: 1,
	run(words, effects) {
		const [name] = words.positionals;
		const settings = ['weeks', 'seeds'].flatMap((option) => {
			const value = textOption(words, option);
			return value === undefined ? [] : [`${option}=${value}`];
		});
		return runStudy('season', name, 'season', settings, words, effects);
	},
};

async function runStudy(
	command: string,
	name: string | undefined,
	id: string | undefined,
	settings: readonly string[],
	words: Words,
	effects: Effects,
): Promise<Exit> {
	if (name === undefined) {
		throw inputError(`dropbench ${command}`, `missing scenario; see dropbench help ${command}`, 'cli.word');
	}
	const workers = readWorkers(words);
	const distribution = readDistribution(words, effects);
	const prepared = await prepareRun(name, words, effects);
	const { scenario, config, notices } = prepared;
	const { studies } = scenario.program;
	if (id === undefined) {
		await effects.write(listText(studies));
		return EXIT.done;
	}
	const study = studies.find((candidate) => candidate.id === id);
	if (!study) {
		const known = studies.length === 0 ? 'this program has none' : `must be one of ${studies.map((one) => one.id).join(', ')}`; // prettier-ignore
		throw inputError(`dropbench ${command}`, `unknown study: ${id}; ${known}`, 'cli.study');
	}

	const defaults: Config = Object.fromEntries(study.options.map((option) => [option.path, option.default]));
	const against = textOption(words, 'against');
	const other = against === undefined ? {} : { against: readDocument(against, effects) };
	const options = { ...applySettings(defaults, settings, study.options, '--option'), ...other };
	const result =
		distribution === null
			? await studyHere(prepared, id, options, workers, effects)
			: await studyElsewhere(prepared, id, options, distribution, effects);
	if (result === null) return EXIT.cancelled;
	const { file, ...rest } = result;
	if (hasOption(words, 'file')) {
		if (!file) throw inputError('--file', `unknown document: study ${id} makes none`, 'cli.study');
		await effects.write(file.text);
		return EXIT.done;
	}
	const known = distinctNotices(notices, result.notices);
	await effects.write(
		hasOption(words, 'json') ? jsonText({ study: id, config, options, ...rest }) : studyText(result, known),
	);
	return EXIT.done;
}

function listText(studies: readonly StudySpec[]): string {
	if (studies.length === 0) return 'This program has no studies.\n';
	const options = studies.map((study) =>
		study.options.map((option) => `${option.path}=${JSON.stringify(option.default)}`),
	);
	return textTable([
		{ title: 'study', cells: studies.map(({ id }) => id), isNumber: false },
		{ title: 'what it does', cells: studies.map(({ help }) => help), isNumber: false },
		{ title: 'options', cells: options.map((list) => list.join(' ')), isNumber: false },
	]);
}
