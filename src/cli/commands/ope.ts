import { estimateOffPolicy } from '#engine/stats/off-policy.ts';
import { found, inputError } from '#programs/input-error.ts';
import { EXIT, hasOption, textOption, type Command } from '../command.ts';
import { jsonText } from '../json-text.ts';
import { offPolicyDocument, offPolicyText } from '../off-policy-text.ts';
import { readPolicyLog } from '../read-policy-log.ts';

/** `dropbench ope`: what another policy would have earned, from a log of one that chose at random. */
export const opeCommand: Command = {
	name: 'ope',
	usage: 'FILE.csv [--level 0.95] [--json]',
	summary: 'estimate a policy from the log of another: IPS, SNIPS, doubly robust',
	details: `FILE has a row per logged choice, with columns reward, propensity and target_propensity: what it earned, the chance
it had, and the chance the other policy gives it. With model_logged and model_target, the rewards that a model expects of
the choice and of the other policy there, a doubly robust estimate is added. Where the two policies overlap too little to
say anything, it says so in place of the numbers and exits with 3.`,
	options: [
		{ name: 'level', type: 'string', value: 'SHARE', help: 'level of the intervals, 0.95 unless given' },
		{ name: 'json', type: 'boolean', help: 'print JSON' },
	],
	most: 1,
	async run(words, effects) {
		const [file] = words.positionals;
		if (file === undefined)
			throw inputError('dropbench ope', 'missing file; must be a log in CSV', 'cli.word');
		const text = textOption(words, 'level') ?? '0.95';
		const level = /^0?\.\d{1,6}$/.test(text) ? Number(text) : 0;
		if (level <= 0) {
			throw inputError(
				'--level',
				`invalid level: ${found(text)}; must be between 0 and 1, such as 0.95`,
				'cli.option',
			);
		}
		const bytes = effects.readFile(file);
		if (bytes === null) throw inputError(file, 'missing file', 'cli.file');

		const { log, notices } = readPolicyLog(bytes, file);
		const result = estimateOffPolicy(log, level);
		const isJson = hasOption(words, 'json');
		await effects.write(
			isJson ? jsonText(offPolicyDocument(result, level)) : offPolicyText(result, level, notices),
		);
		return result.verdict === 'refuse' ? EXIT.failed : EXIT.done;
	},
};
