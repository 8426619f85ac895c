import type { StoredForecast } from '#programs/forecast-ledger.ts';
import { isBundle, readBundle, storedForecastOf } from '#programs/bundle/read-bundle.ts';
import { inputError } from '#programs/input-error.ts';
import { EXIT, hasOption, textOption, type Command } from '../command.ts';
import type { Effects } from '../effects.ts';
import { jsonText } from '../json-text.ts';
import { CONFIG_OPTIONS, prepareRun } from '../prepare-run.ts';
import { readDocument } from '../read-document.ts';
import { studyText } from '../study-text.ts';

/** Exports that one ledger takes. */
const MOST_BUNDLES = 200;

/** `dropbench ledger`: forecasts that exports stored, held against what happened. */
export const ledgerCommand: Command = {
	name: 'ledger',
	usage: '[BUNDLE…] --scenario SCENARIO [--json]',
	summary: 'score forecasts of past Drops: how many of the 90 % intervals held',
	details: `Each BUNDLE is an export with the forecast it stored; it is scored by the first Drop of the scenario that followed it
within a week and ran its configuration. A Drop that none of them foretold is scored by the forecast rebuilt as of its own
time. Residuals of every interval are in the tables.`,
	options: [
		{ name: 'scenario', type: 'string', value: 'SCENARIO', help: 'scenario that holds the finished Drops' },
		...CONFIG_OPTIONS,
		{ name: 'json', type: 'boolean', help: 'print JSON' },
	],
	most: MOST_BUNDLES,
	async run(words, effects) {
		const name = textOption(words, 'scenario');
		if (name === undefined)
			throw inputError('--scenario', 'missing scenario; see dropbench help ledger', 'cli.option');
		const forecasts = words.positionals.map((file) => readForecast(file, effects));
		const { scenario, open, config } = await prepareRun(name, words, effects);
		const { ledger, id } = scenario.program;
		if (!ledger) throw inputError(name, `invalid program: ${id}; it foretells nothing`, 'cli.scenario');
		const result = open.study(ledger.score, config, { forecasts }, effects.progress);
		await effects.write(hasOption(words, 'json') ? jsonText(result) : studyText(result, result.notices));
		return EXIT.done;
	},
};

function readForecast(file: string, effects: Effects): StoredForecast {
	const document = readDocument(file, effects);
	if (!isBundle(document)) throw inputError(file, 'invalid file: must be an export of the Deploy screen', 'bundle.schema'); // prettier-ignore
	const read = readBundle(document);
	const stored = read.kind === 'bundle' ? storedForecastOf(read.bundle) : null;
	if (stored === null)
		throw inputError(file, 'missing forecast: this export stores no intervals', 'bundle.intervals');
	return stored;
}
