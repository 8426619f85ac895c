import { inputError } from '#programs/input-error.ts';
import { applySeed, applySettings } from '../apply-settings.ts';
import { hasOption, textOption, textOptions, type Command } from '../command.ts';
import { distinctNotices } from '../distinct-notices.ts';
import { guardrailExit } from '../guardrail-exit.ts';
import { jsonText } from '../json-text.ts';
import { loadScenario } from '../load-scenario.ts';
import { readDocument } from '../read-document.ts';
import { reportText } from '../report-text.ts';

/** `dropbench run`: one run of a scenario, as the app does it. */
export const runCommand: Command = {
	name: 'run',
	usage: 'SCENARIO [--config FILE] [--seed N] [--set path=value]… [--json]',
	summary: 'run a scenario and print its headline numbers',
	details: `SCENARIO is a file (.sqlite, .json, .zip or a recipe), a folder of CSV files, or the name of one that is
shipped, such as drop/two-cities. Without --config it runs with the configuration that came with the scenario.
Exits with 3 when a guardrail is not kept.`,
	options: [
		{ name: 'config', type: 'string', value: 'FILE', help: 'configuration to run with, in JSON' },
		{ name: 'seed', type: 'string', value: 'N', help: 'luck to run with, in place of the configuration’s' },
		{
			name: 'set',
			type: 'string',
			multiple: true,
			value: 'PATH=VALUE',
			help: 'turn one lever; may be repeated',
		},
		{ name: 'json', type: 'boolean', help: 'print the whole report as JSON' },
	],
	most: 1,
	async run(words, effects) {
		const [name] = words.positionals;
		if (name === undefined)
			throw inputError('dropbench run', 'missing scenario; see dropbench help run', 'cli.word');
		const scenario = await loadScenario(name, effects);
		const { program } = scenario;
		const file = textOption(words, 'config');
		const document = file === undefined ? (scenario.config ?? {}) : readDocument(file, effects);

		const read = program.readConfig(document);
		const turned = applySettings(read.config, textOptions(words, 'set'), program.levers);
		const { config, notices } = program.readConfig(
			applySeed(turned, textOption(words, 'seed'), program.levers),
		);
		const open = program.open(scenario.content);
		const report = open.run(config);

		const known = distinctNotices(scenario.notices, open.notices, notices, report.notices);
		await effects.write(hasOption(words, 'json') ? jsonText(report) : reportText(report, known));
		return guardrailExit(report);
	},
};
