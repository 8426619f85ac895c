import { key32, uniform } from '#engine/random.ts';
import { z } from 'zod';
import { DAY_MS } from '../instant.ts';
import { lever, type Config } from '../levers.ts';
import type { OnStage } from '../program.ts';
import type { ScenarioContent } from '../tables.ts';
import { contentOfEvents } from './content.ts';
import { offerSettings } from './levers.ts';
import { grow } from './model/grow.ts';
import { modelInputs } from './model/model-inputs.ts';
import { offerEvents } from './offer-plan.ts';
import { parseSettings } from './read-config.ts';
import { offerRules } from './rules.ts';
import { eventFields } from './timeline.ts';
import { readInstant } from './time.ts';

/** Purposes of the model end at 12; this one is the generator's own. */
const TRACKING_PURPOSE = 200;

/** What the generator of timelines can be asked for. */
export const generatorSchema = z.strictObject({
	startsAt: lever(
		z
			.string()
			.refine((text) => readInstant(text) !== null, {
				message: 'must be an instant such as 2019-07-01T00:00:00Z',
			})
			.default('2019-07-01T00:00:00Z'),
		{ title: 'Start', help: 'First instant of the timeline.', unit: 'none' },
	),
	days: lever(z.int().min(1).max(3660).default(180), {
		title: 'Days',
		help: 'How long the timeline runs.',
		unit: 'days',
	}),
	doNotTrackShare: lever(z.number().min(0).max(1).default(0.05), {
		title: 'Not tracked',
		help: 'Part of the accounts that asked to be left out of event feeds.',
		unit: 'ratio',
	}),
	rules: offerRules.prefault({}),
	...offerSettings,
	model: modelInputs.prefault({}),
});

/** Grows a recorded timeline by the behavioural model. The same options and seed give the same content. */
export function generateTimeline(options: Config, seed: number, onStage?: OnStage): ScenarioContent {
	const asked = parseSettings(generatorSchema, options, 'options');
	const start = readInstant(asked.startsAt)!;
	const end = start + asked.days * DAY_MS;
	const offers = offerEvents(asked, start, end);
	const { events, outcome } = grow(
		{ seed, start, end, rules: asked.rules, offers, inputs: asked.model },
		onStage,
	);
	const doNotTrack = outcome.state.userId.filter(
		(id) => uniform(seed, TRACKING_PURPOSE, key32(id), 0) < asked.doNotTrackShare,
	);
	const name = `Generated: ${outcome.state.userId.length} accounts in ${asked.days} days, seed ${seed}`;
	return contentOfEvents(events.map(eventFields), { name, start, end, doNotTrack });
}
