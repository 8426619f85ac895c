import { contentDigest } from '#data/digest.ts';
import { writeReportHtml } from '#data/write-report-html.ts';
import { inputError } from '#programs/input-error.ts';
import { textOption, type Command } from '../command.ts';
import { formatValue } from '../format-value.ts';
import { guardrailExit } from '../guardrail-exit.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';

/** `dropbench report`: a run as one HTML file for people. */
export const reportCommand: Command = {
	name: 'report',
	usage: 'SCENARIO [--config FILE] [--out FILE.html]',
	summary: 'write a run as one HTML file that needs nothing else',
	details: `Charts, tables, checks, settings and hashes in one file without scripts or addresses, to mail, print or keep. Beside
each number stands that of the scenario's own configuration, where another one runs. Without --out it is printed.
Exits with 3 when a guardrail is not kept.`,
	options: [...CONFIG_OPTIONS, { name: 'out', type: 'string', value: 'FILE', help: 'where to write' }],
	most: 1,
	async run(words, effects) {
		const [name] = words.positionals;
		if (name === undefined)
			throw inputError('dropbench report', 'missing scenario; see dropbench help report', 'cli.word');
		const { scenario, open, config } = await prepareRun(name, words, effects);
		const { program, content } = scenario;
		const run = open.run(config, effects.progress);
		const report = { ...run, checks: [...run.checks, ...(open.prove?.(config, effects.progress) ?? [])] };
		const production = open.run(program.readConfig(scenario.config ?? {}).config);
		const html = writeReportHtml({
			title: `${program.title}: ${content.name || name}`,
			about: content.now === '' ? [] : [`As of ${content.now}`],
			report,
			before: production.outcomeHash === report.outcomeHash ? null : production,
			facts: [
				['dataset', contentDigest(content, program.tables)],
				['engine', effects.version],
			],
			link: null,
			format: formatValue,
		});
		const out = textOption(words, 'out');
		if (out === undefined) await effects.write(html);
		else {
			effects.writeFile(out, html);
			effects.warn(`wrote ${out}, ${html.length} characters`);
		}
		return guardrailExit(report);
	},
};
