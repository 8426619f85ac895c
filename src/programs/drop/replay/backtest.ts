import {
	areaUnderCurve,
	brierScore,
	calibrateByGroup,
	decileGroups,
	logLoss,
	type Calibration,
} from '#engine/stats/calibration.ts';
import { choiceProbabilities } from '#engine/stats/choice-model.ts';
import type { ReportTable } from '../../report.ts';
import { fitChoice, offersOf } from '../season/history-rates.ts';
import type { Reproduction } from './past-drop.ts';

/** The forecast of a past Drop's logged assignments against what users did. */
export interface Backtest {
	readonly observations: number;
	readonly brier: number;
	readonly logLoss: number;
	/** area under the curve of the affinity alone */
	readonly affinityAuc: number;
	/** calibration by tenth of the forecast, by brand and by city */
	readonly tables: readonly ReportTable[];
}

const LEVEL = 0.9;

/**
 * Forecasts the selections of the Drop's own logged assignments from what was known at its time, and scores
 * the forecast on what the log says happened since. The choice model is fitted on earlier Drops only.
 */
export function backtest(past: Reproduction): Backtest {
	const { run, logged } = past;
	const { dataset } = run;
	const { history, contracts, users } = dataset;
	const { offers } = offersOf(run, logged);
	const { weights } = fitChoice(run);
	const chance = choiceProbabilities(offers, Float64Array.of(weights.affinity, weights.reward));
	const isHit = Uint8Array.from(logged, (a) => (Number.isNaN(history.selectedAt[a]) ? 0 : 1));
	const affinity = Float64Array.from(logged, (a) => {
		const value = run.affinities.value[history.user[a] * dataset.brandIds.length + contracts.brand[history.contract[a]]];
		return Number.isNaN(value) ? run.config.scoring.floor : value;
	});

	const byTenth = calibrateByGroup(chance, isHit, decileGroups(chance), 10, LEVEL);
	const brandOf = Int32Array.from(logged, (a) => contracts.brand[history.contract[a]]);
	const byBrand = calibrateByGroup(chance, isHit, brandOf, dataset.brandIds.length, LEVEL);
	const cityOf = Int32Array.from(logged, (a) => users.city[history.user[a]]);
	const byCity = calibrateByGroup(chance, isHit, cityOf, dataset.cityIds.length, LEVEL);
	return {
		observations: logged.length,
		brier: brierScore(chance, isHit),
		logLoss: logLoss(chance, isHit),
		affinityAuc: areaUnderCurve(affinity, isHit),
		tables: [
			calibrationTable('calibration', 'Forecast against outcome, by tenth of the forecast', Array.from({ length: 10 }, (_, i) => `tenth ${i + 1}`), byTenth),
			calibrationTable('calibration.brand', 'Forecast against outcome, by brand', dataset.brandNames, byBrand),
			calibrationTable('calibration.city', 'Forecast against outcome, by city', dataset.cityNames, byCity),
		],
	};
} // prettier-ignore

function calibrationTable(
	id: string,
	title: string,
	labels: readonly string[],
	calibration: Calibration,
): ReportTable {
	return {
		id,
		title,
		columns: [
			{ id: 'group', title: 'Group', unit: 'text', values: labels },
			{ id: 'count', title: 'Assignments', unit: 'count', values: Float64Array.from(calibration.count) },
			{ id: 'forecast', title: 'Forecast', unit: 'ratio', values: calibration.meanChance },
			{ id: 'observed', title: 'Selected', unit: 'ratio', values: calibration.rate },
			{ id: 'low', title: 'Low', unit: 'ratio', values: calibration.low },
			{ id: 'high', title: 'High', unit: 'ratio', values: calibration.high },
		],
	};
}
