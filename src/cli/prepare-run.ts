import type { Config } from '#programs/levers.ts';
import type { OpenScenario } from '#programs/program.ts';
import type { Notice } from '#programs/report.ts';
import { applySeed, applySettings } from './apply-settings.ts';
import { textOption, textOptions, type OptionSpec, type Words } from './command.ts';
import type { Effects } from './effects.ts';
import { loadScenario, type LoadedScenario } from './load-scenario.ts';
import { readDocument } from './read-document.ts';

/** Options of every command that runs a scenario. */
export const CONFIG_OPTIONS: readonly OptionSpec[] = [
	{ name: 'config', type: 'string', value: 'FILE', help: 'configuration to run with, in JSON' },
	{ name: 'seed', type: 'string', value: 'N', help: 'luck to run with, in place of the configuration’s' },
	{
		name: 'set',
		type: 'string',
		multiple: true,
		value: 'PATH=VALUE',
		help: 'turn one lever; may be repeated',
	},
];

/** A scenario, open, and the configuration that a command line asked for. */
export interface PreparedRun {
	readonly scenario: LoadedScenario;
	readonly open: OpenScenario;
	/** defaults filled in */
	readonly config: Config;
	/** of reading file, scenario and configuration */
	readonly notices: readonly Notice[];
}

/**
 * Opens the scenario of a name and reads the configuration of `CONFIG_OPTIONS`: the file's, or else the
 * scenario's own, then seed and settings laid over it. Throws `InputError`.
 */
export async function prepareRun(name: string, words: Words, effects: Effects): Promise<PreparedRun> {
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
	return { scenario, open, config, notices: [...scenario.notices, ...open.notices, ...notices] };
}
