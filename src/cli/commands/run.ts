import { inputError } from '#programs/input-error.ts';
import { EXIT, hasOption, type Command } from '../command.ts';
import { distinctNotices } from '../distinct-notices.ts';
import { DISTRIBUTED_OPTIONS, readDistribution } from '../distributed/distributed-options.ts';
import { runElsewhere } from '../distributed/run-elsewhere.ts';
import { guardrailExit } from '../guardrail-exit.ts';
import { jsonText } from '../json-text.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';
import { reportText } from '../report-text.ts';
import { runHere } from '../threads/compute-here.ts';
import { readWorkers, WORKERS_OPTION } from '../threads/workers-option.ts';

/** `dropbench run`: one run of a scenario, as the app does it. */
export const runCommand: Command = {
	name: 'run',
	usage:
		'SCENARIO [--config FILE] [--seed N] [--set path=value]… [--json] [--workers N] [--redis URL [--data DIR] [--resume]]',
	summary: 'run a scenario and print its headline numbers',
	details: `SCENARIO is a file (.sqlite, .json, .zip or a recipe), a folder of CSV files, or the name of one that is
shipped, such as drop/two-cities. Without --config it runs with the configuration that came with the scenario. With --workers
the cities of a large scenario (a million users × brands and more) run side by side in threads; no number changes by it.
Exits with 3 when a guardrail is not kept.`,
	options: [
		...CONFIG_OPTIONS,
		{ name: 'json', type: 'boolean', help: 'print the whole report as JSON' },
		WORKERS_OPTION,
		...DISTRIBUTED_OPTIONS,
	],
	most: 1,
	async run(words, effects) {
		const [name] = words.positionals;
		if (name === undefined)
			throw inputError('dropbench run', 'missing scenario; see dropbench help run', 'cli.word');
		const workers = readWorkers(words);
		const distribution = readDistribution(words, effects);
		const prepared = await prepareRun(name, words, effects);
		const { notices } = prepared;
		const report =
			distribution === null
				? await runHere(prepared, workers, effects)
				: await runElsewhere(prepared, distribution, effects);
		if (report === null) return EXIT.cancelled;
		const known = distinctNotices(notices, report.notices);
		await effects.write(hasOption(words, 'json') ? jsonText(report) : reportText(report, known));
		return guardrailExit(report);
	},
};
