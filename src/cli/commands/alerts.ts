import {
	alerts,
	ringing,
	USUAL_LIMITS,
	type AlertLimits,
} from '#programs/drop/operations/alert-conditions.ts';
import { checkConditions } from '#programs/drop/operations/check-conditions.ts';
import { healthGauge } from '#programs/drop/operations/health-gauge.ts';
import { inputError } from '#programs/input-error.ts';
import { valueAt, type Config } from '#programs/levers.ts';
import { EXIT, type Command } from '../command.ts';
import { jsonText } from '../json-text.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';

/** `dropbench alerts`: the alert conditions of production as code, and which of them ring for a scenario. */
export const alertsCommand: Command = {
	name: 'alerts',
	usage: '[SCENARIO]',
	summary: 'print the alert conditions as code, or which of them ring for a scenario',
	details: `Without SCENARIO it prints New Relic NRQL conditions in JSON, checked against the limits of the service. With one it
prints the health gauge that the scenario would send and the alerts that ring for it, under the age of the recommender that
the configuration allows. Exits with 3 when any rings.`,
	options: CONFIG_OPTIONS,
	most: 1,
	async run(words, effects) {
		const [name] = words.positionals;
		if (name === undefined) {
			const conditions = alerts().map(({ condition }) => condition);
			const problems = checkConditions(conditions);
			if (problems.length > 0)
				throw new Error(`conditions beyond what the service takes: ${problems.join('; ')}`);
			await effects.write(jsonText(conditions));
			return EXIT.done;
		}
		const { scenario, open, config } = await prepareRun(name, words, effects);
		if (scenario.program.id !== 'drop')
			throw inputError(name, `invalid program: ${scenario.program.id}; alerts are of Drops`, 'cli.scenario');
		const gauge = healthGauge(scenario.content, open.run(config));
		const rung = ringing(gauge, limitsOf(config));
		await effects.write(jsonText({ gauge, ringing: rung }));
		return rung.length === 0 ? EXIT.done : EXIT.failed;
	},
};

function limitsOf(config: Config): AlertLimits {
	const maxAgeDays = valueAt(config, 'recommender.maxAgeDays');
	return typeof maxAgeDays === 'number' ? { ...USUAL_LIMITS, maxAgeDays } : USUAL_LIMITS;
}
