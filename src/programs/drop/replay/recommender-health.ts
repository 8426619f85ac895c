import { areaUnderCurve, calibrateByGroup, decileGroups, errorOfArea, type Calibration } from '#engine/stats/calibration.ts'; // prettier-ignore
import { rankAgreement, type RankAgreement } from '#engine/stats/rank-agreement.ts';
import { normalQuantile } from '#engine/stats/t-quantile.ts';
import { DAY_MS } from '../../instant.ts';
import { readAffinities } from '../affinities.ts';
import { readAsOf, type AsOf } from '../as-of.ts';
import type { DropDataset } from '../dataset.ts';
import { simulate, type DropRun } from '../simulate.ts';
import { StageCache } from '../stage-cache.ts';
import { pointsOfPair } from '../stages/points-of-pairs.ts';
import { configOfDrop } from './past-drop.ts';

/** Brands at the head of a ranking that are compared. */
export const TOP_BRANDS = 5;
const LEVEL = 0.9;

/** What is known of the recommender at the scenario's time. Indexes of runs and Drops are -1 for none. */
export interface RecommenderHealth {
	readonly run: number;
	/** the completed run before it */
	readonly previousRun: number;
	/** days since the newest completed training, infinite for none; trainings that failed since */
	readonly ageDays: number;
	readonly failedSince: number;
	/** users that take part, those the run has a value for, and the share of user × offered brand that it has */
	readonly userCount: number;
	readonly knownUserCount: number;
	readonly cellShare: number;
	/** how alike the last two runs order the brands, user by user; null without two runs that have values */
	readonly agreement: RankAgreement | null;
	/** affinity against selections in the newest Drop that is a week old; null without one */
	readonly calibration: AffinityCalibration | null;
	/** which run the newest Drop was made with; null without a Drop that logged anything */
	readonly usage: RunUsage | null;
}

export interface AffinityCalibration {
	readonly drop: number;
	readonly observations: number;
	/** area under the curve of affinity against selection, with its 90 % interval */
	readonly area: number;
	readonly low: number;
	readonly high: number;
	/** by tenth of the affinity */
	readonly tenths: Calibration;
}

/** Evidence of the run behind a Drop: logged points against those that each run gives. */
export interface RunUsage {
	readonly drop: number;
	/** the newest completed run at the Drop's time, and the one before */
	readonly run: number;
	readonly previousRun: number;
	/** logged assignments with points, and how many of those points each run gives to the last digit */
	readonly loggedCount: number;
	readonly fromNewest: number;
	readonly fromPrevious: number;
}

/** Looks at the newest completed run of the recommender from all sides. Cost: three runs of a past Drop. */
export function recommenderHealth(dataset: DropDataset): RecommenderHealth {
	const asOf = readAsOf(dataset, dataset.now);
	const previousRun = runBefore(dataset, asOf.run);
	const newestAt = asOf.run < 0 ? -Infinity : dataset.runs[asOf.run].trainedAt;
	const failedSince = dataset.runs.filter(({ isCompleted, trainedAt }) => !isCompleted && trainedAt > newestAt && trainedAt <= dataset.now).length; // prettier-ignore
	const values = ownValues(dataset, asOf, asOf.run);
	const before = previousRun < 0 ? null : ownValues(dataset, asOf, previousRun);
	const agreement = before === null ? null : rankAgreement(values, before, dataset.brandIds.length, TOP_BRANDS);
	return {
		run: asOf.run,
		previousRun,
		ageDays: (dataset.now - newestAt) / DAY_MS,
		failedSince,
		...coverageOf(dataset, asOf, values),
		agreement: agreement !== null && agreement.cellCount > 0 ? agreement : null,
		calibration: calibrationOf(dataset),
		usage: usageOf(dataset),
	};
} // prettier-ignore

/** The completed run before `run`; -1 for none. */
function runBefore(dataset: DropDataset, run: number): number {
	if (run < 0) return -1;
	const others = dataset.runs.map((each, r) => (r === run ? { ...each, isCompleted: false } : each));
	return readAsOf({ ...dataset, runs: others }, dataset.runs[run].trainedAt).run;
}

/** Values that a run itself has for users who take part, row-major by user and brand; NaN for all others. */
function ownValues(dataset: DropDataset, asOf: AsOf, run: number): Float64Array {
	const brandCount = dataset.brandIds.length;
	const { value, isOwn } = readAffinities(dataset, dataset.affinity, run, asOf.time);
	return value.map((each, i) => (isOwn[i] && asOf.isConsidered[Math.floor(i / brandCount)] ? each : NaN));
}

function coverageOf(
	dataset: DropDataset,
	{ isConsidered, time }: AsOf,
	values: Float64Array,
): Pick<RecommenderHealth, 'userCount' | 'knownUserCount' | 'cellShare'> {
	const { contracts } = dataset;
	const brandCount = dataset.brandIds.length;
	// brands that have something to offer in a Drop now
	const isOffered = new Uint8Array(brandCount);
	for (let c = 0; c < contracts.ids.length; c++) {
		if (contracts.isDrop[c] && time >= contracts.startsAt[c] && time < contracts.endsAt[c])
			isOffered[contracts.brand[c]] = 1;
	}
	let [userCount, knownUserCount, cells, known] = [0, 0, 0, 0];
	for (let u = 0; u < isConsidered.length; u++) {
		if (!isConsidered[u]) continue;
		userCount++;
		let own = 0;
		for (let b = 0; b < brandCount; b++) {
			if (!isOffered[b]) continue;
			cells++;
			if (!Number.isNaN(values[u * brandCount + b])) own++;
		}
		known += own;
		if (own > 0) knownUserCount++;
	}
	return { userCount, knownUserCount, cellShare: cells > 0 ? known / cells : NaN };
}

/** The newest completed Drop with a log, at least `ageMs` old; -1 for none. */
function newestDrop(dataset: DropDataset, ageMs: number): number {
	const { drops, history, now } = dataset;
	let best = -1;
	drops.forEach(({ status, scheduledAt }, d) => {
		if (status !== 'completed' || now - scheduledAt < ageMs || !history.drop.includes(d)) return;
		if (best < 0 || scheduledAt > drops[best].scheduledAt) best = d;
	});
	return best;
}

function calibrationOf(dataset: DropDataset): AffinityCalibration | null {
	const drop = newestDrop(dataset, 7 * DAY_MS);
	if (drop < 0) return null;
	const { history, contracts, drops, now } = dataset;
	const { run, time } = readAsOf(dataset, drops[drop].scheduledAt);
	const { value } = readAffinities(dataset, dataset.affinity, run, time);
	const affinity: number[] = [];
	const isHit: number[] = [];
	for (let a = 0; a < history.drop.length; a++) {
		if (history.drop[a] !== drop) continue;
		const each = value[history.user[a] * dataset.brandIds.length + contracts.brand[history.contract[a]]];
		if (Number.isNaN(each)) continue;
		affinity.push(each);
		isHit.push(history.selectedAt[a] <= now ? 1 : 0);
	}
	const [score, hits] = [Float64Array.from(affinity), Uint8Array.from(isHit)];
	const hitCount = isHit.reduce((sum, hit) => sum + hit, 0);
	const area = areaUnderCurve(score, hits);
	const error = normalQuantile((1 + LEVEL) / 2) * errorOfArea(area, hitCount, isHit.length - hitCount);
	const tenths = calibrateByGroup(score, hits, decileGroups(score), 10, LEVEL);
	return { drop, observations: isHit.length, area, low: area - error, high: area + error, tenths };
}

/** Scores the newest Drop once with the run it should have used and once with the one before. */
function usageOf(dataset: DropDataset): RunUsage | null {
	const drop = newestDrop(dataset, 0);
	if (drop < 0) return null;
	const time = dataset.drops[drop].scheduledAt;
	const config = configOfDrop(dataset, drop);
	const newest = simulate(dataset, time, config, new StageCache(1));
	const { run } = newest.asOf;
	const previousRun = runBefore(dataset, run);
	const without = dataset.runs.map((each, r) => (r === run ? { ...each, isCompleted: false } : each));
	const previous = previousRun < 0 ? null : simulate({ ...dataset, runs: without }, time, config, new StageCache(1));

	const { history } = dataset;
	let [loggedCount, fromNewest, fromPrevious] = [0, 0, 0];
	for (let a = 0; a < history.drop.length; a++) {
		if (history.drop[a] !== drop || Number.isNaN(history.points[a])) continue;
		loggedCount++;
		if (pointsOf(newest, history.user[a], history.contract[a]) === history.points[a]) fromNewest++;
		if (previous && pointsOf(previous, history.user[a], history.contract[a]) === history.points[a]) fromPrevious++;
	}
	return { drop, run, previousRun, loggedCount, fromNewest, fromPrevious };
} // prettier-ignore

/** Points of a user's pair with a contract; NaN where the run has no such pair. */
function pointsOf({ pairs, scores }: DropRun, u: number, c: number): number {
	for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++)
		if (pairs.contract[p] === c) return pointsOfPair(scores, u, p);
	return NaN;
}
