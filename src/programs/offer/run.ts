import { InputError } from '../input-error.ts';
import type { OnStage } from '../program.ts';
import type { OfferDataset } from './dataset.ts';
import type { OfferEvent } from './events.ts';
import type { OfferConfig } from './levers.ts';
import { measure, type OfferMetrics } from './measure.ts';
import { grow } from './model/grow.ts';
import { offerEvents } from './offer-plan.ts';
import type { OfferOutcome } from './outcome.ts';
import { simulate } from './simulate.ts';

/** One run: what happened, in which order, and what it comes to. */
export interface OfferRun {
	readonly config: OfferConfig;
	/** the events as they were replayed, before sorting */
	readonly events: readonly OfferEvent[];
	readonly outcome: OfferOutcome;
	readonly metrics: OfferMetrics;
}

/**
 * Runs a scenario by the configuration's mode: the recorded events as they are; the recorded accounts under the
 * offers of the configuration, whose events come first at their instants; or accounts grown by the model.
 */
export function runOffer(dataset: OfferDataset, config: OfferConfig, onStage: OnStage = () => {}): OfferRun {
	const { events, outcome } = timelineFor(dataset, config, onStage);
	onStage('measure', 0.9);
	return { config, events, outcome, metrics: measure(outcome) };
}

function timelineFor(
	dataset: OfferDataset,
	config: OfferConfig,
	onStage: OnStage,
): { readonly events: readonly OfferEvent[]; readonly outcome: OfferOutcome } {
	// prettier-ignore
	const { start, end } = dataset;
	switch (config.mode) {
		case 'replay':
			checkTerms(config, start, end);
			return { events: dataset.events, outcome: simulate(dataset, config.rules, onStage) };
		case 'rehearse': {
			const under = withOffers(dataset, offerEvents(config, start, end));
			return { events: under.events, outcome: simulate(under, config.rules, onStage) };
		}
		case 'grow': {
			const offers = offerEvents(config, start, end);
			return grow(
				{ seed: config.seed, start, end, rules: config.rules, offers, inputs: config.model },
				onStage,
			);
		}
	}
}

/**
 * Throws `InputError` where terms of the plan do not fit each other. A recorded timeline does not run the plan, which
 * is exported all the same; it may be of other days.
 */
function checkTerms(config: OfferConfig, start: number, end: number): void {
	try {
		offerEvents(config, start, end);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		const issues = error.issues.filter(({ code }) => code !== 'OUT_OF_RANGE');
		if (issues.length > 0) throw new InputError(issues, { path: issues[0].at });
	}
}

/** The timeline with its offer events replaced; those put in have positions below 0, from −1 down. */
export function withOffers(dataset: OfferDataset, offers: readonly OfferEvent[]): OfferDataset {
	const kept = dataset.events.map((event) => event.kind !== 'OFFER_CREATE' && event.kind !== 'OFFER_STOP');
	return {
		...dataset,
		events: [...offers, ...dataset.events.filter((_, e) => kept[e])],
		eventIndex: [...offers.map((_, n) => -1 - n), ...dataset.eventIndex.filter((_, e) => kept[e])],
	};
}
