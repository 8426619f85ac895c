import { parseArgs } from 'node:util';
import { InputError, inputError } from '#programs/input-error.ts';
import { EXIT, parseOptions, type Command, type Exit, type Words } from './command.ts';
import { alertsCommand } from './commands/alerts.ts';
import { caseCommand } from './commands/case.ts';
import { checkCommand } from './commands/check.ts';
import { healthCommand } from './commands/health.ts';
import { ledgerCommand } from './commands/ledger.ts';
import { notifyCommand } from './commands/notify.ts';
import { opeCommand } from './commands/ope.ts';
import { planCommand } from './commands/plan.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { replayCommand, seasonCommand, studyCommand } from './commands/study.ts';
import { sweepCommand } from './commands/sweep.ts';
import { scenarioCommand } from './commands/scenario.ts';
import { workerCommand } from './commands/worker.ts';
import type { Effects } from './effects.ts';
import { commandHelp, overview } from './help.ts';

/** All commands, in the order of the help. To add one: its file in commands/, and its place here. */
export const commands: readonly Command[] = [
	runCommand,
	planCommand,
	checkCommand,
	reportCommand,
	notifyCommand,
	alertsCommand,
	sweepCommand,
	studyCommand,
	seasonCommand,
	replayCommand,
	ledgerCommand,
	healthCommand,
	scenarioCommand,
	workerCommand,
	opeCommand,
	caseCommand,
];

/**
 * Runs one command line, `args` being what follows `dropbench`. Gives the exit code: 0 done, 1 a bug, 2 wrong
 * input, 3 a check or an expected result failed, 130 cancelled. Never throws; what went wrong stands on standard error.
 */
export async function main(args: readonly string[], effects: Effects): Promise<Exit> {
	try {
		return await dispatch(args, effects);
	} catch (error) {
		if (!(error instanceof InputError)) {
			effects.warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
			return EXIT.bug;
		}
		for (const { at, message } of error.issues) effects.warn(at === '' ? message : `${at}: ${message}`);
		if (error.more > 0) effects.warn(`and ${error.more} more`);
		return EXIT.input;
	}
}

async function dispatch(args: readonly string[], effects: Effects): Promise<Exit> {
	const [first = 'help', ...rest] = args;
	if (first === 'version' || first === '--version' || first === '-v') {
		await effects.write(`${effects.version}\n`);
		return EXIT.done;
	}
	if (first === 'help' || first === '--help' || first === '-h') {
		const [name] = rest;
		await effects.write(name === undefined ? overview(commands) : commandHelp(commandNamed(name)));
		return EXIT.done;
	}
	const command = commandNamed(first);
	if (rest.includes('--help') || rest.includes('-h')) {
		await effects.write(commandHelp(command));
		return EXIT.done;
	}
	return command.run(readWords(command, rest), effects);
}

function commandNamed(name: string): Command {
	const command = commands.find((candidate) => candidate.name === name);
	if (command) return command;
	const names = commands.map((candidate) => candidate.name).join(', ');
	throw inputError('', `unknown command: ${name}; must be one of ${names}, help, version`, 'cli.command');
}

function readWords(command: Command, args: readonly string[]): Words {
	let words: Words;
	try {
		const options = parseOptions(command.options);
		words = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
	} catch (error) {
		if (!isParseError(error)) throw error;
		const [sentence] = error.message.split('. ');
		throw inputError(`dropbench ${command.name}`, `invalid options: ${sentence}`, 'cli.option');
	}
	if (words.positionals.length > command.most) {
		const extra = words.positionals[command.most];
		throw inputError(
			`dropbench ${command.name}`,
			`unknown word: ${extra}; usage: ${command.usage}`,
			'cli.word',
		);
	}
	return words;
}

function isParseError(error: unknown): error is Error {
	return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
