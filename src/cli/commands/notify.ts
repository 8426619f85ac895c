import { checkSlackMessage, dropCompleted } from '#programs/drop/operations/slack-messages.ts';
import { inputError } from '#programs/input-error.ts';
import { EXIT, hasOption, textOption, type Command } from '../command.ts';
import { jsonText } from '../json-text.ts';
import { postMessage } from '../post-message.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';

/** `dropbench notify`: tells a Slack channel of a Drop. */
export const notifyCommand: Command = {
	name: 'notify',
	usage: 'SCENARIO --webhook URL | --preview',
	summary: 'post the Slack message of a run',
	details: `Runs a Drop and posts "Drop completed" with assignments created, share of users without assignments, sponsorship
ratio and every check that is not fine. The address is a secret: it is never printed, and may stand in DROPBENCH_WEBHOOK
instead. Tries up to five times, ten seconds each, with growing pauses. Exits with 3 when it could not be delivered.`,
	options: [
		{ name: 'webhook', type: 'string', value: 'URL', help: 'address of the incoming webhook' },
		{ name: 'preview', type: 'boolean', help: 'print the message and post nothing' },
		...CONFIG_OPTIONS,
	],
	most: 1,
	async run(words, effects) {
		const [name] = words.positionals;
		if (name === undefined)
			throw inputError('dropbench notify', 'missing scenario; see dropbench help notify', 'cli.word');
		const address = readAddress(textOption(words, 'webhook') ?? effects.env.DROPBENCH_WEBHOOK);
		const isPreview = hasOption(words, 'preview');
		if (address === null && !isPreview) {
			// the value is not shown: a mistyped secret is a secret
			throw inputError(
				'--webhook',
				'missing or invalid address; must be an https address, or http on this machine',
				'cli.option',
			);
		}
		const { scenario, open, config } = await prepareRun(name, words, effects);
		if (scenario.program.id !== 'drop')
			throw inputError(
				name,
				`invalid program: ${scenario.program.id}; messages are of Drops`,
				'cli.scenario',
			);
		const message = dropCompleted(open.run(config), scenario.content.name || name, scenario.content.now);
		const problems = checkSlackMessage(message);
		if (problems.length > 0) throw new Error(`a message beyond what Slack takes: ${problems.join('; ')}`);
		if (isPreview || address === null) {
			await effects.write(jsonText(message));
			return EXIT.done;
		}
		const { isDone, status, tries } = await postMessage(address, JSON.stringify(message), effects);
		const attempts = tries === 1 ? '1 try' : `${tries} tries`;
		if (isDone) {
			effects.warn(`posted, ${attempts}`);
			return EXIT.done;
		}
		effects.warn(`not posted: ${status === 0 ? 'no answer' : `status ${status}`}, ${attempts}`);
		return EXIT.failed;
	},
};

/** An address that may be posted to: https anywhere, http only on this machine; null for any other. */
function readAddress(text: string | undefined): string | null {
	if (text === undefined || !URL.canParse(text)) return null;
	const { protocol, hostname } = new URL(text);
	const isHere = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
	return protocol === 'https:' || (protocol === 'http:' && isHere) ? text : null;
}
