import type { Command } from './command.ts';

/** The list of commands, for `dropbench help`. */
export function overview(commands: readonly Command[]): string {
	const rows = commands.map(({ name, summary }) => [name, summary] as const);
	const all = [...rows, ['help', 'this list, or the help of a command'], ['version', 'the version']] as const;
	return `usage: dropbench COMMAND …

commands
${columns(all)}

exit codes: 0 done, 1 a bug, 2 wrong input, 3 a check or an expected result failed, 130 cancelled
`;
}

/** What `dropbench help NAME` prints. */
export function commandHelp(command: Command): string {
	const options = command.options.map(
		({ name, value, help }) => [value === undefined ? `--${name}` : `--${name} ${value}`, help] as const,
	);
	const parts = [`usage: dropbench ${command.name} ${command.usage}\n`, `${command.details}\n`];
	if (options.length > 0) parts.push(`options\n${columns(options)}\n`);
	return parts.join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): string {
	const width = Math.max(...rows.map(([left]) => left.length)) + 3;
	return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
}
