import type { StudyResult } from '../../program.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { forecastRows, LEDGER_LEVEL } from '../ledger/forecast-rows.ts';
import { simulate } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';

/**
 * What an export of this configuration foretells, to be stored in it: the rows of `ForecastRow` as a table. The same
 * for the same data, configuration and seed.
 */
export function exportForecastStudy(dataset: DropDataset, config: DropConfig, cache: StageCache): StudyResult {
	const rows = forecastRows(simulate(dataset, dataset.now, config, cache));
	const numbersOf = (read: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, read);
	return {
		metrics: [{ id: 'forecast.level', title: 'Level', unit: 'ratio', better: null, help: 'Share of the intervals that should hold.', value: LEDGER_LEVEL }],
		tables: [
			{
				id: 'forecast',
				title: `${rows.length} intervals foretold`,
				columns: [
					{ id: 'metric', title: 'Metric', unit: 'id', values: rows.map((row) => row.metric) },
					{ id: 'group', title: 'Of', unit: 'text', values: rows.map((row) => row.group) },
					{ id: 'member', title: 'Id', unit: 'id', values: rows.map((row) => row.member) },
					{ id: 'title', title: 'Name', unit: 'text', values: rows.map((row) => row.title) },
					{ id: 'unit', title: 'Unit', unit: 'text', values: rows.map((row) => row.unit) },
					{ id: 'mean', title: 'Mean', unit: 'number', values: numbersOf((row) => row.mean) },
					{ id: 'low', title: 'Low', unit: 'number', values: numbersOf((row) => row.low) },
					{ id: 'high', title: 'High', unit: 'number', values: numbersOf((row) => row.high) },
				],
			},
		],
		series: [],
		notices: [],
	};
} // prettier-ignore
