import { formatInstant } from '../../instant.ts';
import { grouped } from '../../number-text.ts';
import type { StudyResult } from '../../program.ts';
import type { Check, Metric, ReportTable, Unit } from '../../report.ts';
import type { DropDataset } from '../dataset.ts';
import { daysInWords } from '../days-in-words.ts';
import type { DropConfig } from '../levers.ts';
import { recommenderHealth, TOP_BRANDS, type RecommenderHealth } from '../replay/recommender-health.ts';

/** Shares of users and of user × brand from which coverage is fine, and below which it is broken. */
const COVERED = 0.95;
const UNCOVERED = 0.8;
/** Mean rank correlation of two weekly runs from which they agree, and below which they do not. */
const AGREEING = 0.5;
const STRANGE = 0.2;

/** What is said when everything holds, word for word. */
export const CONFIRMED = 'the recommender is confirmed working end to end';

/**
 * Recommender health: freshness, coverage, calibration, agreement of the last two runs, and proof that the newest
 * Drop used the newest completed run. The verdict is one sentence, `CONFIRMED` only when all five hold.
 */
export function healthStudy(dataset: DropDataset, config: DropConfig): StudyResult {
	const health = recommenderHealth(dataset);
	const checks = [
		freshness(dataset, health, config.recommender.maxAgeDays),
		coverage(health),
		calibration(dataset, health),
		agreement(dataset, health),
		usage(dataset, health),
	];
	const broken = checks.filter(({ state }) => state !== 'fine').map(({ title }) => title.toLowerCase());
	const verdict = broken.length === 0 ? CONFIRMED : `not confirmed: ${broken.join(', ')}`;
	return {
		metrics: [
			metric('health.ageDays', 'Age of the newest run', 'days', 'Since its training ended.', health.ageDays),
			metric('health.users', 'Users with values', 'ratio', 'Share of the users considered that the newest run has a value for.', health.knownUserCount / health.userCount),
			metric('health.cells', 'Values there', 'ratio', 'Share of user × offered brand that the newest run has a value for.', health.cellShare),
			metric('health.area', 'AUC of affinity', 'number', 'Chance that a selected assignment had the greater affinity.', health.calibration?.area ?? null),
			metric('health.correlation', 'Rank correlation', 'number', 'Spearman’s, of the last two runs, mean over users.', health.agreement?.correlation ?? null),
			metric('health.overlap', `First ${TOP_BRANDS} in common`, 'ratio', `Share of a user’s first ${TOP_BRANDS} brands that both runs have, mean over users.`, health.agreement?.overlap ?? null),
		],
		tables: health.calibration ? [tenthTable(dataset, health.calibration)] : [],
		series: [],
		notices: [{ code: broken.length === 0 ? 'health.confirmed' : 'health.doubt', message: verdict }],
		checks,
	};
} // prettier-ignore

function metric(id: string, title: string, unit: Unit, help: string, value: number | null): Metric {
	return { id, title, unit, better: null, help, value: value !== null && Number.isFinite(value) ? value : null };
} // prettier-ignore

function check(id: string, title: string, state: Check['state'], proof: string): Check {
	return { id, title, state, proof, isGuardrail: false };
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

function freshness(dataset: DropDataset, { run, ageDays, failedSince }: RecommenderHealth, maxAgeDays: number): Check {
	const title = 'Freshness';
	if (run < 0) return check('freshness', title, 'over', 'No training has completed.');
	const failed = failedSince === 0 ? '' : ` ${failedSince === 1 ? 'A training has' : `${failedSince} trainings have`} failed since.`;
	const proof = `Run ${dataset.runs[run].id} was trained on ${formatInstant(dataset.runs[run].trainedAt).slice(0, 10)}, ${daysInWords(ageDays)} ago; at most ${maxAgeDays} are allowed.${failed}`;
	return check('freshness', title, ageDays > maxAgeDays ? 'over' : failedSince > 0 ? 'close' : 'fine', proof);
} // prettier-ignore

function coverage({ userCount, knownUserCount, cellShare }: RecommenderHealth): Check {
	const least = Math.min(knownUserCount / userCount, cellShare);
	const proof = `${grouped(knownUserCount)} of ${grouped(userCount)} users have values, for ${percent(cellShare)} of the brands on offer; ${percent(COVERED)} are wanted.`;
	return check('coverage', 'Coverage', least >= COVERED ? 'fine' : least >= UNCOVERED ? 'close' : 'over', userCount === 0 || Number.isNaN(cellShare) ? 'There are no users or no brands on offer.' : proof);
} // prettier-ignore

function calibration(dataset: DropDataset, { calibration: found }: RecommenderHealth): Check {
	const title = 'Calibration';
	if (found === null) return check('calibration', title, 'close', 'No completed Drop with a log is a week old.');
	const { drop, observations, area, low, high } = found;
	if (Number.isNaN(area)) return check('calibration', title, 'close', `In Drop ${dataset.drops[drop].id} all or none of ${grouped(observations)} assignments were selected.`);
	const words = low > 0.5 ? 'the greater the affinity, the more often it is selected' : high < 0.5 ? 'greater affinity is selected less often' : 'no connection is shown';
	const proof = `Drop ${dataset.drops[drop].id}, ${grouped(observations)} assignments: ${words}. AUC ${area.toFixed(3)}, 90% interval ${low.toFixed(3)} to ${high.toFixed(3)}; it must lie above 0.5.`;
	return check('calibration', title, low > 0.5 ? 'fine' : high < 0.5 ? 'over' : 'close', proof);
} // prettier-ignore

function agreement(dataset: DropDataset, { agreement: found, run, previousRun }: RecommenderHealth): Check {
	const title = 'Agreement of the last two runs';
	if (found === null || Number.isNaN(found.correlation)) return check('agreement', title, 'close', 'There are no two completed runs with values to compare.');
	const pair = `Runs ${dataset.runs[previousRun].id} and ${dataset.runs[run].id}`;
	if (found.equalCount === found.cellCount) return check('agreement', title, 'over', `${pair} are the same in all ${grouped(found.cellCount)} values: nothing was learnt.`);
	const { correlation, overlap, rowCount } = found;
	const proof = `${pair}: mean rank correlation ${correlation.toFixed(2)} (Spearman) over ${grouped(rowCount)} users, ${percent(overlap)} of the first ${TOP_BRANDS} brands in common; at least ${AGREEING} is wanted.`;
	return check('agreement', title, correlation >= AGREEING ? 'fine' : correlation >= STRANGE ? 'close' : 'over', proof);
} // prettier-ignore

function usage(dataset: DropDataset, { usage: found }: RecommenderHealth): Check {
	const title = 'Newest run used';
	if (found === null) return check('usage', title, 'close', 'No completed Drop has a log.');
	const { drop, run, previousRun, loggedCount, fromNewest, fromPrevious } = found;
	const name = `Drop ${dataset.drops[drop].id}`;
	if (run < 0) return check('usage', title, 'over', `${name} ran before any training had completed.`);
	if (loggedCount === 0) return check('usage', title, 'close', `${name} logged no points.`);
	const newest = dataset.runs[run].id;
	const other = previousRun < 0 ? '; there was no run before' : `; run ${dataset.runs[previousRun].id} before it gives ${grouped(fromPrevious)}`;
	const proof = `${name}: run ${newest}, the newest completed then, gives ${grouped(fromNewest)} of ${grouped(loggedCount)} logged points to the last digit${other}.`;
	const isProven = fromNewest === loggedCount && (previousRun < 0 || fromPrevious < loggedCount);
	return check('usage', title, isProven ? 'fine' : fromNewest === loggedCount ? 'close' : 'over', proof);
} // prettier-ignore

function tenthTable(dataset: DropDataset, { drop, tenths }: NonNullable<RecommenderHealth['calibration']>): ReportTable {
	return {
		id: 'health.tenths',
		title: `Selected share by tenth of the affinity, Drop ${dataset.drops[drop].id}`,
		columns: [
			{ id: 'group', title: 'Group', unit: 'text', values: Array.from(tenths.count, (_, i) => `tenth ${i + 1}`) },
			{ id: 'count', title: 'Assignments', unit: 'count', values: tenths.count },
			{ id: 'forecast', title: 'Mean affinity', unit: 'ratio', values: tenths.meanChance },
			{ id: 'observed', title: 'Selected', unit: 'ratio', values: tenths.rate },
			{ id: 'low', title: 'Low', unit: 'ratio', values: tenths.low },
			{ id: 'high', title: 'High', unit: 'ratio', values: tenths.high },
		],
	};
} // prettier-ignore
