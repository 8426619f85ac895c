import { inputError } from '#programs/input-error.ts';
import { EXIT, hasOption, type Command } from '../command.ts';
import { jsonText } from '../json-text.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';
import { studyText } from '../study-text.ts';

/** `dropbench health`: does the recommender work, from training to Drop? */
export const healthCommand: Command = {
	name: 'health',
	usage: 'SCENARIO [--json]',
	summary: 'confirm the recommender end to end: fresh, whole, calibrated, steady, and used',
	details: `Looks at the newest completed training: its age, the users and brands it covers, whether greater affinity was selected
more often, how well it agrees with the run before, and whether the newest Drop's points came from it. Exits with 3
unless all of it holds.`,
	options: [...CONFIG_OPTIONS, { name: 'json', type: 'boolean', help: 'print JSON' }],
	most: 1,
	async run(words, effects) {
		const [name] = words.positionals;
		if (name === undefined)
			throw inputError('dropbench health', 'missing scenario; see dropbench help health', 'cli.word');
		const { scenario, open, config } = await prepareRun(name, words, effects);
		const { ledger, id } = scenario.program;
		if (!ledger) throw inputError(name, `invalid program: ${id}; it has no recommender`, 'cli.scenario');
		const result = open.study(ledger.health, config, {}, effects.progress);
		await effects.write(hasOption(words, 'json') ? jsonText(result) : studyText(result, result.notices));
		return result.checks?.every(({ state }) => state === 'fine') ? EXIT.done : EXIT.failed;
	},
};
