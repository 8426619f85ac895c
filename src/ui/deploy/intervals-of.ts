import type { ForecastIntervals } from '#programs/forecast-ledger.ts';
import type { StudyResult } from '#programs/program.ts';
import { metricOf, numbersOf, tableOf, wordsOf } from '../replay/read-table.ts';

/** What an export stores of a study that foretells: its table `forecast`, a row each, made on data as of `at`. */
export function intervalsOf(study: StudyResult, at: string): ForecastIntervals {
	const table = tableOf(study, 'forecast');
	const [metric, group, member, title, unit] = ['metric', 'group', 'member', 'title', 'unit'].map((id) => wordsOf(table, id)); // prettier-ignore
	const [mean, low, high] = ['mean', 'low', 'high'].map((id) => numbersOf(table, id));
	const rows = metric.map((name, i) => ({
		metric: name,
		group: group[i],
		member: member[i],
		title: title[i],
		unit: unit[i],
		mean: mean[i],
		low: low[i],
		high: high[i],
	}));
	return { at, level: metricOf(study, 'forecast.level') ?? 0.9, rows };
}
