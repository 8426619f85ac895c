import { DAY_MS } from '#programs/instant.ts';
import { answerCase } from '#programs/offer/answer-case.ts';
import { contentOfEvents } from '#programs/offer/content.ts';
import { measure as measureOutcome } from '#programs/offer/measure.ts';
import { grow, type World } from '#programs/offer/model/grow.ts';
import { modelInputs } from '#programs/offer/model/model-inputs.ts';
import { offerEvents } from '#programs/offer/offer-plan.ts';
import { checkOutcome } from '#programs/offer/outcome.ts';
import { offer } from '#programs/offer/program.ts';
import { readScenario } from '#programs/offer/read-scenario.ts';
import { offerRules } from '#programs/offer/rules.ts';
import { simulate } from '#programs/offer/simulate.ts';
import { eventFields, timelineOf } from '#programs/offer/timeline.ts';
import { offerConfigSchema } from '#programs/offer/levers.ts';
import { largeTimeline } from '../../programs/offer/large-timelines.ts';
import { measure } from './measure.ts';

const START = 1_561_939_200_000; // 2019-07-01
const plan = [
	{ offer: 'both', inviteeCents: 1000, inviteeDurationDays: 30, awardCents: 1000, awardDurationDays: 180 },
];

/** A world of so many days and visitors a day, with one referral offer. */
function worldOf(days: number, organicPerDay: number): World {
	const end = START + days * DAY_MS;
	const inputs = modelInputs.parse({
		organicPerDay: [organicPerDay],
		usagePerMonth: 1,
		toPaidOrganic: [[0, 0.25]],
	});
	const offers = offerEvents(offerConfigSchema.parse({ plan }), START, end);
	return { seed: 1, start: START, end, rules: offerRules.parse({}), offers, inputs };
}

/** Times replays, reports and studies of the offer program as they grow, a line each on the console. */
export function benchOffer(): void {
	// the first answer pays for compiling too; made to be hard, with all kinds of refusals
	const hard = JSON.stringify(largeTimeline(1, 5000, 260));
	const from = performance.now();
	answerCase(JSON.parse(hard));
	const first = performance.now() - from;
	console.log(
		`answer a hard case of 5000 accounts for the first time, parsing included: ${first.toFixed(1)} ms`,
	);

	timeReplays();
	timeGrowth();
	timeReplicates();
}

function timeReplays(): void {
	// how a replay grows; the second row is the size that the specification names
	for (const [days, organicPerDay] of [
		[365, 8],
		[365, 26],
		[365, 104],
		[365, 416],
	] as const) {
		const world = worldOf(days, organicPerDay);
		const times = organicPerDay > 200 ? 2 : 5;
		const { events, outcome } = grow(world);
		const text = JSON.stringify(timelineOf(world, events));
		const scenario = JSON.parse(text) as unknown;
		const label = `${outcome.state.userId.length} accounts, ${events.length} events`;
		measure(`answer a case: ${label}`, events.length, times, () => answerCase(scenario));
		const { dataset, rules } = readScenario(scenario);
		measure(`replay and metrics: ${label}`, events.length, times, () =>
			measureOutcome(simulate(dataset, rules)),
		);
		measure(`check: ${label}`, events.length, times, () => checkOutcome(outcome.state));
		if (checkOutcome(outcome.state).length > 0) throw new Error('a grown world breaks an invariant');
		const frame = { name: 'bench', start: world.start, end: world.end };
		const content = contentOfEvents(events.map(eventFields), frame);
		const open = offer.open(content);
		let margin = 0;
		// another margin each time, so that no run is answered from the last one
		measure(`run with report: ${label}`, events.length, times, () =>
			open.run({ rules: { contributionMarginBps: ++margin } }),
		);
	}
}

function timeGrowth(): void {
	// two years, one seed after the other
	for (const organicPerDay of [2.5, 10, 40]) {
		const world = worldOf(730, organicPerDay);
		const { events, outcome } = grow(world);
		measure(
			`grow two years: ${outcome.state.userId.length} accounts, ${events.length} events`,
			events.length,
			5,
			() => measureOutcome(grow(world).outcome),
		);
	}
}

function timeReplicates(): void {
	for (const organicPerDay of [2.5, 10]) {
		const world = worldOf(730, organicPerDay);
		const content = contentOfEvents([], { name: 'bench', start: world.start, end: world.end });
		const open = offer.open(content);
		const config = { mode: 'grow', plan, model: { organicPerDay: [organicPerDay] } };
		measure(`20 replicates of two years, ${organicPerDay} visitors a day`, 20, 3, () =>
			open.study('replicates', config, { hasControl: false }),
		);
	}
}
