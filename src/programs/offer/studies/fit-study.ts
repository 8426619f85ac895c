import { wilsonInterval } from '#engine/stats/interval.ts';
import { listLevers } from '../../levers.ts';
import type { StudyResult } from '../../program.ts';
import { fit, USAGE_SHARES, type Fit } from '../model/fit.ts';
import { modelInputs } from '../model/model-inputs.ts';
import { numberColumn, textColumn } from '../report-tables.ts';
import type { OfferRun } from '../run.ts';

const LEVEL = 0.95;
const SETTINGS = listLevers(modelInputs);

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
					textColumn('setting', 'Curve', 'text', rates.map((row) => titleOf(row.setting))),
					numberColumn('cents', 'At', 'cents', rates.map((row) => row.cents)),
					numberColumn('count', 'Counted', 'count', rates.map((row) => row.count)),
					numberColumn('hits', 'Of these', 'count', rates.map((row) => row.hits)),
					numberColumn('value', 'Share', 'ratio', rates.map((row) => (row.count === 0 ? NaN : row.hits / row.count))),
					numberColumn('low', '95% from', 'ratio', intervals.map((each) => each.low)),
					numberColumn('high', '95% to', 'ratio', intervals.map((each) => each.high)),
				],
			},
			{
				id: 'settings',
				title: 'Settings to take over',
				columns: [
					textColumn('title', 'Setting', 'text', settings.map((each) => titleOf(each.path.slice('model.'.length)))),
					textColumn('path', 'In the configuration', 'text', settings.map((each) => each.path)),
					textColumn('value', 'Value', 'text', settings.map((each) => JSON.stringify(each.value))),
					numberColumn('count', 'Counted', 'count', settings.map((each) => each.count)),
				],
			},
		],
		series: [],
		notices: [
			{
				code: 'not-recorded',
				message: 'a timeline does not tell visits, delays and the award that each sender saw: those settings stay as they are, and registrations without a link stand in for visits', // prettier-ignore
			},
		],
	}; // prettier-ignore
}

/** What the setting of that name is called where it is set. */
function titleOf(name: string): string {
	return SETTINGS.find(({ path }) => path === name)?.title ?? name;
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
