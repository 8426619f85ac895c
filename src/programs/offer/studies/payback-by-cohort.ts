import { DAY_MS } from '../../instant.ts';
import type { ReportTable, Series } from '../../report.ts';
import type { ReadWorld, Setting } from '../model/replicates.ts';
import { numberColumn, textColumn } from '../report-tables.ts';
import { monthText } from '../time.ts';
import { readWorld, verdictOf, worldDifference, worldMean } from './world-metrics.ts';

/** Reads worlds, and keeps the payback of their cohorts beside. */
export interface PaybackReader {
	readonly read: ReadWorld;
	/** a row per month of registration and candidate: how often and when it paid back, against the first candidate */
	readonly table: (names: readonly string[]) => ReportTable;
	/** cumulative net per account by months since registration, over all worlds */
	readonly series: (names: readonly string[]) => Series;
}

/**
 * Payback by cohort for worlds that are read candidate by candidate within a seed. Months to payback are means over
 * the worlds that paid back; a difference counts the seeds in which both did.
 */
export function paybackReader(setting: Setting, candidateCount: number): PaybackReader {
	const months = Math.floor((setting.end - setting.start) / (28 * DAY_MS)) + 2;
	const net = Array.from({ length: candidateCount }, () => new Float64Array(months));
	const accounts = Array.from({ length: candidateCount }, () => new Float64Array(months));
	/** by month, for each candidate: months to payback per seed, NaN where it never did */
	const cohorts = new Map<number, { month: Float64Array[]; had: Uint32Array }>();
	let worlds = 0;
	return {
		read: (...[outcome, metrics]: Parameters<typeof readWorld>) => {
			const k = worlds % candidateCount;
			const r = Math.floor(worlds++ / candidateCount);
			for (const { month, signups, payback, paybackMonth } of metrics.byCohort) {
				for (const each of payback) {
					net[k][each.k] += each.netCents;
					accounts[k][each.k] += signups;
				}
				const own = cohorts.get(month) ?? emptyCohort(candidateCount, setting.replicates);
				cohorts.set(month, own);
				own.month[k][r] = paybackMonth ?? NaN;
				own.had[k]++;
			}
			return readWorld(outcome, metrics);
		},
		table: (names) => cohortTable(names, cohorts),
		series: (names) => ({
			id: 'payback',
			title: 'Net per account by months since registration',
			unit: 'cents',
			xTitle: 'Months since registration',
			x: Float64Array.from({ length: months }, (_, k) => k),
			lines: names.map((label, k) => ({ label, y: net[k].map((sum, m) => sum / accounts[k][m]) })),
			finding: paidBackFinding(names, net, accounts),
		}),
	};
}

/** From which month on each candidate's accounts have brought more than they cost, in words. */
function paidBackFinding(
	names: readonly string[],
	net: readonly Float64Array[],
	accounts: readonly Float64Array[],
): string {
	const said = names.map((name, k) => {
		const known = net[k].filter((_, m) => accounts[k][m] > 0);
		const from = known.findLastIndex((sum) => sum < 0) + 1;
		return from < known.length ? `${name} ${from}` : `${name} never`;
	});
	return `Months after registration until an account has paid back: ${said.join(', ')}`;
}

function emptyCohort(
	candidateCount: number,
	replicates: number,
): { month: Float64Array[]; had: Uint32Array } {
	return {
		month: Array.from({ length: candidateCount }, () => new Float64Array(replicates).fill(NaN)),
		had: new Uint32Array(candidateCount),
	};
}

function cohortTable(
	names: readonly string[],
	cohorts: ReadonlyMap<number, { readonly month: readonly Float64Array[]; readonly had: Uint32Array }>,
): ReportTable {
	const rows = [...cohorts]
		.sort(([a], [b]) => a - b)
		.flatMap(([month, { month: columns, had }]) =>
			names.map((name, k) => {
				const difference = worldDifference(columns[k], columns[0]);
				const verdict = k === 0 ? null : difference.count === 0 ? 'no common world' : verdictOf(difference.low, difference.high, 'less');
				return { month: monthText(month), name, had: had[k], ...worldMean(columns[k]), difference, verdict };
			}),
		); // prettier-ignore
	const against = (of: (row: (typeof rows)[number]) => number) =>
		rows.map((row) => (row.verdict === null ? NaN : of(row)));
	return {
		id: 'cohorts',
		title: `Payback by month of registration, against ${names[0]}`,
		columns: [
			textColumn('cohort', 'Registered in', 'text', rows.map((row) => row.month)),
			textColumn('candidate', 'Candidate', 'text', rows.map((row) => row.name)),
			numberColumn('worlds', 'Worlds', 'count', rows.map((row) => row.had)),
			numberColumn('paidBack', 'Paid back in', 'count', rows.map((row) => row.count)),
			numberColumn('mean', 'Months to payback', 'number', rows.map((row) => row.mean)),
			numberColumn('low', '95% from', 'number', rows.map((row) => row.low)),
			numberColumn('high', '95% to', 'number', rows.map((row) => row.high)),
			{ ...numberColumn('difference', 'Difference', 'number', against((row) => row.difference.mean)), isChange: true },
			{ ...numberColumn('differenceLow', 'Difference, 95% from', 'number', against((row) => row.difference.low)), isChange: true },
			{ ...numberColumn('differenceHigh', 'Difference, 95% to', 'number', against((row) => row.difference.high)), isChange: true },
			textColumn('verdict', 'Verdict', 'text', rows.map((row) => row.verdict)),
		],
	}; // prettier-ignore
}
