import { describe, expect, it } from 'vitest';
import { importFolder } from '#data/import-scenario.ts';
import { buildDataset } from '#programs/drop/dataset.ts';
import { openDrop } from '#programs/drop/open.ts';
import { cutScenario } from '#programs/drop/parts/cut-scenario.ts';
import { CityPreviews } from '#programs/drop/parts/preview-city.ts';
import { drop } from '#programs/drop/program.ts';
import { StageCache } from '#programs/drop/stage-cache.ts';
import { programById } from '#programs/registry.ts';
import { Crew } from '#workers/crew.ts';
import { makeHelperWorkers } from '#workers/runner.ts';
import { configOfRow, titleOfRow, type HashRow } from './hash-row.ts';
import table from './hashes.json?raw';

const rows = (JSON.parse(table) as readonly HashRow[]).filter(({ scenario }) => scenario.startsWith('drop/'));
const texts = import.meta.glob<string>(['/scenarios/drop/*/*', '!/scenarios/drop/national/*'], {
	query: '?raw',
	import: 'default',
	eager: true,
});

function readScenario(scenario: string) {
	const folder = `/scenarios/${scenario}/`;
	const files = Object.entries(texts).flatMap(([path, text]): [string, Uint8Array][] =>
		path.startsWith(folder) && !path.endsWith('/expected.json')
			? [[path.slice(folder.length), new TextEncoder().encode(text)]]
			: [],
	);
	return importFolder(new Map(files), programById, () => undefined);
}

describe('the table of outcome hashes', () => {
	const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];

	// these are too small for the workbench to share out: here they are cut all the same. One thread is the test beside
	it.each(scenarios.flatMap((scenario) => [2, 8].map((count) => [scenario, count] as const)))(
		'holds for %s on %i threads',
		{ timeout: 120_000 },
		async (scenario, count) => {
			const helpers = makeHelperWorkers(count);
			const ports = helpers.map((helper) => {
				const { port1, port2 } = new MessageChannel();
				helper.postMessage(port1, [port1]);
				return port2;
			});
			const { content, config } = readScenario(scenario);
			const production = drop.readConfig(config ?? {}).config;
			const dataset = buildDataset(content);
			const cut = cutScenario(dataset, new StageCache(), new CityPreviews(dataset), 0);
			const crew = new Crew(ports);
			const open = { ...openDrop(content), cut };
			const different: string[] = [];
			for (const row of rows.filter((each) => each.scenario === scenario)) {
				const { outcomeHash } = await crew.run(drop, open, configOfRow(production, row), () => undefined);
				if (outcomeHash !== row.outcomeHash) different.push(`${titleOfRow(row)}: ${outcomeHash}`);
			}
			for (const helper of helpers) helper.terminate();
			expect(different).toEqual([]);
			expect(helpers.length).toBe(count - 1);
		},
	);
});
