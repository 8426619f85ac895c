import { wilsonInterval } from '#engine/stats/interval.ts';
import type { StudyResult } from '../../program.ts';
import { fit, USAGE_SHARES, type Fit } from '../model/fit.ts';
import { numberColumn, textColumn } from '../report-tables.ts';
import type { OfferRun } from '../run.ts';

const LEVEL = 0.95;

/** Points that a recorded timeline suggests for the model's curves, with n and a Wilson interval behind each. */
export function fitStudy({ events, outcome, config }: OfferRun, inviteSlots: number): StudyResult {
	const found = fit(events, { start: outcome.start, end: outcome.end, rules: config.rules }, inviteSlots);
	const rates = [
		...found.points,
		{ setting: 'monthlyChurn', cents: NaN, ...found.monthlyChurn },
		{ setting: 'paymentSuccess', cents: NaN, ...found.paymentSuccess },
	];
	// several registrations per invite, or invites beyond the slots, are no share
	const intervals = rates.map(({ hits, count }) =>
		hits <= count ? wilsonInterval(hits, count, LEVEL) : { low: NaN, high: NaN },
	);
	const settings = suggestions(found);
	return {
		metrics: [],
		tables: [
			{
				id: 'points',
				title: 'Points for the curves',
				columns: [
					textColumn('setting', 'Curve', 'text', rates.map((row) => row.setting)),
					numberColumn('cents', 'At', 'cents', rates.map((row) => row.cents)),
					numberColumn('hits', 'k', 'count', rates.map((row) => row.hits)),
					numberColumn('count', 'n', 'count', rates.map((row) => row.count)),
					numberColumn('value', 'k / n', 'ratio', rates.map((row) => (row.count === 0 ? NaN : row.hits / row.count))),
					numberColumn('low', '95 % from', 'ratio', intervals.map((each) => each.low)),
					numberColumn('high', '95 % to', 'ratio', intervals.map((each) => each.high)),
				],
			},
			{
				id: 'settings',
				title: 'Settings to take over',
				columns: [
					textColumn('path', 'Setting', 'text', settings.map((each) => each.path)),
					textColumn('value', 'Value', 'text', settings.map((each) => JSON.stringify(each.value))),
					numberColumn('count', 'n', 'count', settings.map((each) => each.count)),
				],
			},
		],
		series: [],
		notices: [
			{
				code: 'not-recorded',
				message: 'visits, delays and the award seen by each sender are not in a timeline: model.visitToSignup and the delays stay as they are; organic registrations stand in for visits', // prettier-ignore
			},
		],
	}; // prettier-ignore
}

/** Lever paths with fitted values, and the count behind each; nothing where there is no data. */
function suggestions(found: Fit): { path: string; value: unknown; count: number }[] {
	const settings: { path: string; value: unknown; count: number }[] = [];
	for (const name of ['inviteSend', 'inviteAccept', 'toPaidOrganic', 'toPaidReferred'] as const) {
		const points = found.points.filter((point) => point.setting === name);
		if (points.length === 0) continue;
		const value = points.map(({ cents, hits, count }) => [cents, Math.min(1, hits / count)]);
		settings.push({ path: `model.${name}`, value, count: points.reduce((sum, { count }) => sum + count, 0) });
	}
	for (const name of ['monthlyChurn', 'paymentSuccess'] as const) {
		const { hits, count } = found[name];
		if (count > 0) settings.push({ path: `model.${name}`, value: hits / count, count });
	}
	const { values, count } = found.usageMonthlyCents;
	if (count > 0) {
		const value = USAGE_SHARES.map((share, i) => [share, values[i]]);
		settings.push({ path: 'model.usageMonthlyCents', value, count });
	}
	return settings;
}
