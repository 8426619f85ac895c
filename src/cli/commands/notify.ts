import { newestTraining } from '#programs/drop/operations/newest-training.ts';
import { pingsOf } from '#programs/drop/operations/pings.ts';
import {
	checkSlackMessage,
	dropCompleted,
	recommenderRetrained,
} from '#programs/drop/operations/slack-messages.ts';
import { inputError } from '#programs/input-error.ts';
import { parseInstant } from '#programs/instant.ts';
import type { SlackMessage } from '#programs/operations.ts';
import type { ScenarioContent } from '#programs/tables.ts';
import { EXIT, hasOption, textOption, type Command } from '../command.ts';
import { jsonText } from '../json-text.ts';
import { postMessage } from '../post-message.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';

/** `dropbench notify`: tells a Slack channel of a Drop. */
export const notifyCommand: Command = {
	name: 'notify',
	usage: 'SCENARIO [--retrained | --ping start|success|failure] --webhook URL | --preview',
	summary: 'post the Slack message of a run, of a retraining, or a ping',
	details: `Runs a Drop and posts "Drop completed" with assignments created, share of users without assignments, sponsorship
ratio and every check that is not fine. With --retrained it runs nothing and posts "Recommender retrained" of the newest
completed training. With --ping it posts that a Drop starts, has ended well or has broken off, and by when an end must follow
a start. The address is a secret: it is never printed, and may stand in DROPBENCH_WEBHOOK
instead. Tries up to five times, ten seconds each, with growing pauses. Exits with 3 when it could not be delivered.`,
	options: [
		{ name: 'webhook', type: 'string', value: 'URL', help: 'address of the incoming webhook' },
		{ name: 'retrained', type: 'boolean', help: 'tell of the newest training instead' },
		{ name: 'ping', type: 'string', value: 'KIND', help: 'start, success or failure: a signal, no message' },
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
		const { content } = scenario;
		const ping = textOption(words, 'ping');
		const message =
			ping !== undefined
				? readPing(ping, content, name)
				: checked(
						hasOption(words, 'retrained')
							? recommenderRetrained(newestTraining(content))
							: dropCompleted(open.run(config, effects.progress), content.name || name, content.now),
					);
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

function checked(message: SlackMessage): SlackMessage {
	const problems = checkSlackMessage(message);
	if (problems.length > 0) throw new Error(`a message beyond what Slack takes: ${problems.join('; ')}`);
	return message;
}

/** The body of a ping of the Drop at the scenario's time. */
function readPing(kind: string, content: ScenarioContent, name: string): object {
	const ping = pingsOf(content.name || name, parseInstant(content.now) ?? 0).find(({ id }) => id === kind);
	if (ping) return ping.body;
	throw inputError(
		'--ping',
		`unknown ping: ${JSON.stringify(kind)}; must be start, success or failure`,
		'cli.option',
	);
}

/** An address that may be posted to: https anywhere, http only on this machine; null for any other. */
function readAddress(text: string | undefined): string | null {
	if (text === undefined || !URL.canParse(text)) return null;
	const { protocol, hostname } = new URL(text);
	const isHere = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
	return protocol === 'https:' || (protocol === 'http:' && isHere) ? text : null;
}
