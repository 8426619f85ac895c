import type { StudyResult } from '#programs/program.ts';
import { asSentence, formatChange, formatValue } from '../format.ts';
import { numbersOf, tableOf, wordsOf } from '../replay/read-table.ts';

/** A rung of the trust ladder: what has been shown, and what stands on it. */
export interface TrustStep {
	readonly title: string;
	readonly state: 'fine' | 'doubt' | 'open';
	readonly proof: string;
}

/**
 * The ladder above a replay: data checked, as-of rebuilt, reproduced, calibrated, overlap. A rung is in doubt
 * where its numbers say so, and open where they say nothing.
 */
export function trustLadder(replay: StudyResult): TrustStep[] {
	const value = (id: string) => replay.metrics.find((metric) => metric.id === id)?.value ?? null;
	const reproduced = value('replay.reproduced');
	const auc = value('backtest.auc');
	const calibration = replay.tables.find(({ id }) => id === 'calibration');
	const outside = calibration ? tenthsOutside(calibration.columns) : null;
	const doubts = replay.notices.filter(({ code }) => code.startsWith('policy.'));
	return [
		{ title: 'Data checked', state: 'fine', proof: 'The scenario opened without a problem.' },
		{ title: 'As-of rebuilt', state: 'fine', proof: 'Only rows dated at or before the Drop were read.' },
		{
			title: 'Reproduced',
			state: reproduced === null ? 'open' : reproduced === 1 ? 'fine' : 'doubt',
			proof: `${formatValue(reproduced, 'ratio')} of ${formatValue(value('replay.assignments'), 'count')} logged assignments came out again.`,
		},
		{
			title: 'Calibrated',
			state: outside === null ? 'open' : outside <= 2 ? 'fine' : 'doubt',
			proof: `${outside ?? 'no'} of 10 tenths of the forecast lie outside their interval; AUC of affinity ${formatValue(auc, 'number')}.`,
		},
		{
			title: 'Overlap',
			state: value('policy.rows') === 0 ? 'open' : doubts.length === 0 ? 'fine' : 'doubt',
			proof: doubts[0] ? `${asSentence(doubts[0].message)}.` : `Effective sample size ${formatValue(value('policy.effectiveSize'), 'count')} of ${formatValue(value('policy.rows'), 'count')} random picks.`,
		},
		{ title: 'Difference', state: 'open', proof: `${differenceWords(replay)}Sponsored assignments are not random: model-based.` },
	]; // prettier-ignore
}

/** The change in expected selections with its interval; empty where the study gives none. */
function differenceWords(replay: StudyResult): string {
	const table = tableOf(replay, 'counterfactual');
	const row = wordsOf(table, 'metric').indexOf('Expected selections');
	if (row < 0) return '';
	const [change, low, high] = ['change', 'low', 'high'].map((id) => formatChange(0, numbersOf(table, id)[row], 'count')); // prettier-ignore
	if (low === high && low === change) return 'Expected selections: no difference on any draw. ';
	return `Expected selections ${change}, 90% interval ${low} to ${high}. `;
}

/** Tenths whose forecast lies outside the interval of what was observed. */
function tenthsOutside(columns: StudyResult['tables'][number]['columns']): number {
	const column = (id: string) => columns.find((each) => each.id === id)?.values;
	const [forecast, low, high] = [column('forecast'), column('low'), column('high')];
	if (
		!(forecast instanceof Float64Array) ||
		!(low instanceof Float64Array) ||
		!(high instanceof Float64Array)
	)
		return 0;
	let count = 0;
	for (let i = 0; i < forecast.length; i++) if (forecast[i] < low[i] || forecast[i] > high[i]) count++;
	return count;
}
