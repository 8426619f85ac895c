import { inputError } from '#programs/input-error.ts';
import { planBetween } from '#programs/plan.ts';
import { changedSettings } from '../changed-settings.ts';
import { hasOption, textOption, type Command } from '../command.ts';
import { guardrailExit } from '../guardrail-exit.ts';
import { jsonText } from '../json-text.ts';
import { loadScenario, type LoadedScenario } from '../load-scenario.ts';
import { planText } from '../plan-text.ts';
import { readDocument } from '../read-document.ts';
import type { Effects } from '../effects.ts';

/** Stands for the configuration that came with the scenario. */
const PRODUCTION = 'production';

/** `dropbench plan`: what would change, for whom, if one configuration replaced another. */
export const planCommand: Command = {
	name: 'plan',
	usage: 'OLD NEW --scenario SCENARIO [--json]',
	summary: 'compare two configurations: who loses, who gains, and what else changes',
	details: `OLD and NEW are configurations in JSON; the word "production" stands for the one that came with the scenario.
Both run with their own seed. Exits with 3 when NEW does not keep a guardrail.`,
	options: [
		{ name: 'scenario', type: 'string', value: 'SCENARIO', help: 'scenario to run both on' },
		{ name: 'json', type: 'boolean', help: 'print JSON' },
	],
	most: 2,
	async run(words, effects) {
		const [old, next] = words.positionals;
		if (next === undefined)
			throw inputError('dropbench plan', 'missing configuration; must be OLD NEW', 'cli.word');
		const name = textOption(words, 'scenario');
		if (name === undefined)
			throw inputError('--scenario', 'missing scenario; see dropbench help plan', 'cli.option');
		const scenario = await loadScenario(name, effects);
		const [before, after] = [old, next].map((file) => readConfigOf(file, scenario, effects));

		const open = scenario.program.open(scenario.content);
		const [was, is] = [open.run(before, effects.progress), open.run(after, effects.progress)];
		const plan = planBetween(was, is);
		const settings = changedSettings(was.config, is.config);
		if (hasOption(words, 'json')) {
			const metrics = is.metrics.map(({ id, value }, m) => ({
				id,
				old: was.metrics[m]?.value ?? null,
				new: value,
			}));
			await effects.write(
				jsonText({
					isUnchanged: plan?.isUnchanged ?? null,
					movedCount: plan?.movedCount ?? null,
					itemKinds: is.participants?.itemKinds ?? [],
					groups: plan?.groups ?? [],
					metrics,
					settings,
					checks: is.checks,
					outcomeHash: { old: was.outcomeHash, new: is.outcomeHash },
				}),
			);
		} else await effects.write(planText(was, is, plan, settings));
		return guardrailExit(is);
	},
};

function readConfigOf(file: string, { program, config }: LoadedScenario, effects: Effects) {
	return program.readConfig(file === PRODUCTION ? (config ?? {}) : readDocument(file, effects)).config;
}
