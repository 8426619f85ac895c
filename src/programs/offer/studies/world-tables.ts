import { wilsonInterval } from '#engine/stats/interval.ts';
import { DAY_MS } from '../../instant.ts';
import type { ReportTable } from '../../report.ts';
import type { Candidate } from '../model/replicates.ts';
import { numberColumn, textColumn } from '../report-tables.ts';
import { CAP_DAY, PAYBACK, verdictOf, worldDifference, worldMean, WORLD_SPECS, type WorldColumns } from './world-metrics.ts'; // prettier-ignore

const LEVEL = 0.95;
/** paid accounts, cost per paid account, invitees per account, credit expired unused, net, registrations: the columns of the first look */
const FIRST_LOOK = 6;

/** A row per candidate: the means that answer the question, when its cap was full and when it paid back. */
export function sideTable(
	names: readonly string[],
	columns: readonly WorldColumns[],
	start: number,
): ReportTable {
	// prettier-ignore
	const mean = (m: number) => columns.map((own) => worldMean(own[m]).mean);
	return {
		id: 'side',
		title: `Side by side: means of ${columns[0][0].length} worlds each`,
		columns: [
			textColumn('candidate', 'Candidate', 'text', names),
			...WORLD_SPECS.slice(0, FIRST_LOOK).map(({ id, title, unit }, m) => numberColumn(id, title, unit, mean(m))),
			numberColumn('paybackMonth', 'Months to payback', 'number', mean(PAYBACK)),
			numberColumn('capFullAt', 'Cap full on', 'time', mean(CAP_DAY).map((day) => start + day * DAY_MS)),
		],
	}; // prettier-ignore
}

/** Mean of each candidate with its interval, over the worlds in which the number is defined. */
export function meansTable(names: readonly string[], columns: readonly WorldColumns[]): ReportTable {
	const rows = names.flatMap((name, k) =>
		WORLD_SPECS.map(({ title, unit }, m) => ({ name, title, unit, ...worldMean(columns[k][m]) })).filter(
			({ count }) => count > 0,
		),
	);
	const units = rows.map(({ unit }) => unit);
	return {
		id: 'means',
		title: 'Means by candidate, with 95% intervals',
		columns: [
			textColumn('candidate', 'Candidate', 'text', rows.map((row) => row.name)),
			textColumn('metric', 'Metric', 'text', rows.map((row) => row.title)),
			numberColumn('count', 'Worlds', 'count', rows.map((row) => row.count)),
			{ ...numberColumn('mean', 'Mean', 'number', rows.map((row) => row.mean)), units },
			{ ...numberColumn('low', '95% from', 'number', rows.map((row) => row.low)), units },
			{ ...numberColumn('high', '95% to', 'number', rows.map((row) => row.high)), units },
		],
	}; // prettier-ignore
}

/**
 * Every candidate against every earlier one, seed by seed: the mean difference, its interval and the verdict. A
 * number that no seed has in both worlds has no row.
 */
export function comparisonTable(names: readonly string[], columns: readonly WorldColumns[]): ReportTable {
	const rows = names.flatMap((name, k) =>
		names.slice(0, k).flatMap((against, j) =>
			WORLD_SPECS.map(({ title, unit, better }, m) => {
				const difference = worldDifference(columns[k][m], columns[j][m]);
				const verdict = verdictOf(difference.low, difference.high, better);
				return { name, against, title, unit, verdict, ...difference };
			}).filter(({ count }) => count > 0),
		),
	);
	const units = rows.map(({ unit }) => (unit === 'ratio' ? 'ratioChange' : unit));
	return {
		id: 'comparison',
		title: 'Paired differences on common luck',
		columns: [
			textColumn('candidate', 'Candidate', 'text', rows.map((row) => row.name)),
			textColumn('against', 'Against', 'text', rows.map((row) => row.against)),
			textColumn('metric', 'Metric', 'text', rows.map((row) => row.title)),
			textColumn('verdict', 'Verdict', 'text', rows.map((row) => row.verdict)),
			{ ...numberColumn('difference', 'Difference', 'number', rows.map((row) => row.mean)), units, isChange: true },
			{ ...numberColumn('low', '95% from', 'number', rows.map((row) => row.low)), units, isChange: true },
			{ ...numberColumn('high', '95% to', 'number', rows.map((row) => row.high)), units, isChange: true },
			{ ...numberColumn('sd', 'Spread over worlds', 'number', rows.map((row) => row.sd)), units },
			numberColumn('count', 'Worlds', 'count', rows.map((row) => row.count)),
		],
	}; // prettier-ignore
}

/**
 * How often and when the cap of a candidate was full: a Wilson interval of the share, a t interval of the date.
 * Candidates whose cap was never full have no date; where no candidate has a cap there is no table.
 */
export function capsTable(
	candidates: readonly Candidate[],
	columns: readonly WorldColumns[],
	start: number,
): ReportTable[] {
	const isCapped = candidates.some(({ offers }) =>
		offers.some((event) => event.kind === 'OFFER_CREATE' && event.cap >= 0),
	);
	if (!isCapped) return [];
	const rows = candidates.map(({ name }, k) => {
		const all = columns[k][CAP_DAY];
		const day = worldMean(all);
		return { name, count: all.length, full: day.count, share: wilsonInterval(day.count, all.length, LEVEL), day };
	}); // prettier-ignore
	const date = (day: number) => start + day * DAY_MS;
	return [{
		id: 'caps',
		title: 'When caps were full',
		columns: [
			textColumn('candidate', 'Candidate', 'text', rows.map((row) => row.name)),
			numberColumn('full', 'Worlds with a full cap', 'count', rows.map((row) => row.full)),
			numberColumn('count', 'Worlds', 'count', rows.map((row) => row.count)),
			numberColumn('shareLow', 'Share, 95% from', 'ratio', rows.map((row) => row.share.low)),
			numberColumn('shareHigh', 'Share, 95% to', 'ratio', rows.map((row) => row.share.high)),
			numberColumn('date', 'Full on', 'time', rows.map((row) => date(row.day.mean))),
			numberColumn('dateLow', 'Date, 95% from', 'time', rows.map((row) => date(row.day.low))),
			numberColumn('dateHigh', 'Date, 95% to', 'time', rows.map((row) => date(row.day.high))),
		],
	}]; // prettier-ignore
}
