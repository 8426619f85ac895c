import { inputError } from '#programs/input-error.ts';
import { hasOption, type Command } from '../command.ts';
import { distinctNotices } from '../distinct-notices.ts';
import { guardrailExit } from '../guardrail-exit.ts';
import { jsonText } from '../json-text.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';
import { reportText } from '../report-text.ts';

/** `dropbench run`: one run of a scenario, as the app does it. */
export const runCommand: Command = {
	name: 'run',
	usage: 'SCENARIO [--config FILE] [--seed N] [--set path=value]… [--json]',
	summary: 'run a scenario and print its headline numbers',
	details: `SCENARIO is a file (.sqlite, .json, .zip or a recipe), a folder of CSV files, or the name of one that is
shipped, such as drop/two-cities. Without --config it runs with the configuration that came with the scenario.
Exits with 3 when a guardrail is not kept.`,
	options: [...CONFIG_OPTIONS, { name: 'json', type: 'boolean', help: 'print the whole report as JSON' }],
	most: 1,
	async run(words, effects) {
		const [name] = words.positionals;
		if (name === undefined)
			throw inputError('dropbench run', 'missing scenario; see dropbench help run', 'cli.word');
		const { open, config, notices } = await prepareRun(name, words, effects);
		const report = open.run(config, effects.progress);
		const known = distinctNotices(notices, report.notices);
		await effects.write(hasOption(words, 'json') ? jsonText(report) : reportText(report, known));
		return guardrailExit(report);
	},
};
