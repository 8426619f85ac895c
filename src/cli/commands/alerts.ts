import { writeJson } from '#data/write-json.ts';
import { alerts, ringing } from '#programs/drop/operations/alert-conditions.ts';
import { checkConditions } from '#programs/drop/operations/check-conditions.ts';
import { healthGauge } from '#programs/drop/operations/health-gauge.ts';
import { alertLimits, dropOperations } from '#programs/drop/operations/pack.ts';
import { drop } from '#programs/drop/program.ts';
import { inputError } from '#programs/input-error.ts';
import { EXIT, hasOption, textOption, type Command, type Exit } from '../command.ts';
import type { Effects } from '../effects.ts';
import { jsonText } from '../json-text.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';

/** `dropbench alerts`: the alert conditions of production as code, and which of them ring for a scenario. */
export const alertsCommand: Command = {
	name: 'alerts',
	usage: '[SCENARIO] | --rehearse [--out FOLDER]',
	summary: 'print the alert conditions as code, or which of them ring for a scenario',
	details: `Without SCENARIO it prints New Relic NRQL conditions in JSON, checked against the limits of the service. With one it
prints the health gauge that the scenario would send and the alerts that ring for it, under the age of the recommender that
the configuration allows. Exits with 3 when any rings. With --rehearse every alert is tried on data that must trip it and on
the nearest data that must not; exits with 3 when one is silent or false. --out writes that data, as scenarios in JSON.`,
	options: [
		...CONFIG_OPTIONS,
		{ name: 'rehearse', type: 'boolean', help: 'try every alert' },
		{ name: 'out', type: 'string', value: 'FOLDER', help: 'with --rehearse: where to write the data' },
	],
	most: 1,
	async run(words, effects) {
		const [name] = words.positionals;
		if (hasOption(words, 'rehearse')) return rehearse(textOption(words, 'out'), effects);
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
		const rung = ringing(gauge, alertLimits(config));
		await effects.write(jsonText({ gauge, ringing: rung }));
		return rung.length === 0 ? EXIT.done : EXIT.failed;
	},
};

async function rehearse(folder: string | undefined, effects: Effects): Promise<Exit> {
	if (folder !== undefined) {
		for (const { name, content } of dropOperations.rehearsalData({}))
			effects.writeFile(`${folder}/${name}.json`, writeJson(content, drop));
	}
	const results = dropOperations.rehearse({}, effects.progress);
	await effects.write(jsonText(results));
	return results.every(({ isPassed }) => isPassed) ? EXIT.done : EXIT.failed;
}
