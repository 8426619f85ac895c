import type { z } from 'zod';
import { DAY_MS } from '../../instant.ts';
import { inputError } from '../../input-error.ts';
import type { OnStage, StudyResult } from '../../program.ts';
import type { OfferDataset } from '../dataset.ts';
import type { OfferConfig, PlannedOffer } from '../levers.ts';
import type { OfferMetrics } from '../measure.ts';
import { replicate } from '../model/replicates.ts';
import { offerEvents } from '../offer-plan.ts';
import type { OfferOutcome } from '../outcome.ts';
import { instantText } from '../time.ts';
import { candidatesOf, endsMoved, fromStart, offersUnderTest } from './candidates.ts';
import type { scheduleOptions } from './options.ts';
import { settingOf } from './replicates-study.ts';
import { readWorld, WORLD_METRICS, WORLD_WIDTH } from './world-metrics.ts';
import { capsTable, comparisonTable, meansTable, sideTable } from './world-tables.ts';
import { answerOf } from './world-verdicts.ts';

/**
 * A, then B in one timeline beside A alone and B alone on the same luck. The accounts of A and of B within the
 * schedule are shown too, with the warning that they differ in season and age (spec section 15.4).
 */
export function scheduleStudy(
	dataset: OfferDataset,
	config: OfferConfig,
	options: z.infer<typeof scheduleOptions>,
	onStage?: OnStage,
): StudyResult {
	// prettier-ignore
	const { start, end } = dataset;
	const offers = offersUnderTest([], config, dataset).filter((offer) => offer.type === 'REFERRAL');
	const first = pick(offers, options.first, 0, 'first');
	const second = pick(
		offers.filter((offer) => offer !== first),
		options.second,
		0,
		'second',
	);
	const switchAt = start + options.switchAfterDays * DAY_MS;
	if (switchAt >= end) {
		const message = `invalid switch: after ${options.switchAfterDays} days; must come before the end, ${instantText(end)}`;
		throw inputError('options.switchAfterDays', message, 'study.options');
	}
	const [a, b] = [fromStart(first, start, end), fromStart(second, start, end)];
	const later: PlannedOffer = {
		...b,
		startsAt: instantText(switchAt),
		...endsMoved(b, switchAt - start, end),
	};
	const schedule = {
		name: `${a.offer}, then ${b.offer}`,
		offers: offerEvents({ ...config, plan: [a, later] }, start, end),
	};
	const alone = candidatesOf([a, b], config, start, end, false).map((each) => ({
		...each,
		name: `${each.name} alone`,
	}));

	// three worlds per seed, and within the schedule the accounts of each offer
	const candidates = [schedule, ...alone];
	const width = 3 * WORLD_WIDTH;
	const read = (outcome: OfferOutcome, metrics: OfferMetrics) => {
		const values = new Float64Array(width).fill(NaN);
		values.set(readWorld(outcome, metrics));
		[a.offer, b.offer].forEach((id, n) => {
			const row = metrics.byOffer.find((each) => each.offer >= 0 && outcome.state.offerId[each.offer] === id);
			if (!row) return;
			WORLD_METRICS.forEach(({ of }, m) => (values[(n + 1) * WORLD_WIDTH + m] = of(row) ?? NaN));
		});
		return values;
	};
	const columns = replicate(settingOf(dataset, config, options.replicates), candidates, width, read, onStage);
	const names = candidates.map(({ name }) => name);
	const worlds = columns.map((each) => each.slice(0, WORLD_WIDTH));
	const parts = [1, 2].map((n) => columns[0].slice(n * WORLD_WIDTH, (n + 1) * WORLD_WIDTH));
	const partNames = [`accounts of ${a.offer} in the schedule`, `accounts of ${b.offer} in the schedule`];
	return {
		...answerOf(names, worlds),
		metrics: [],
		tables: [
			sideTable(names, worlds, start),
			{
				...sideTable(partNames, parts, start),
				id: 'parts',
				title: 'Within the schedule, by offer redeemed: means',
			},
			comparisonTable(names, worlds),
			...capsTable(candidates, worlds, start),
			meansTable(names, worlds),
		],
		series: [],
		notices: [
			{
				code: 'offers-of-different-age',
				message: `accounts of ${b.offer} in the schedule came ${options.switchAfterDays} days later than those of ${a.offer}: younger accounts have paid and invited less, whatever the offer; judge by the worlds with one offer alone`,
			},
		],
	};
}

function pick(offers: readonly PlannedOffer[], id: string, n: number, option: string): PlannedOffer {
	const offer = id === '' ? offers[n] : offers.find((each) => each.offer === id);
	if (offer) return offer;
	const known = offers.map((each) => each.offer).join(', ') || 'none';
	throw inputError(`options.${option}`, `unknown offer: ${id || 'none left'}; referral offers there are: ${known}`, 'study.options'); // prettier-ignore
}
