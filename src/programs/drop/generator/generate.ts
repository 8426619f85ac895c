import { key32, makeWords, threefry } from '#engine/random.ts';
import { DAY_MS, formatInstant } from '../../instant.ts';
import type { Config } from '../../levers.ts';
import type { OnStage } from '../../program.ts';
import type { ScenarioContent } from '../../tables.ts';
import { buildDataset } from '../dataset.ts';
import { forecast } from '../stages/forecast.ts';
import { DEFAULT_CHOICE_WEIGHTS, logit } from '../stages/offer-utilities.ts';
import { dropConfigSchema } from '../levers.ts';
import type { DropOutcome } from '../outcome.ts';
import { playWeek, startSeason, type Behaviour, type SeasonState } from '../season/play-week.ts';
import type { DropRun } from '../simulate.ts';
import { StageCache } from '../stage-cache.ts';
import { makeContracts } from './contracts.ts';
import { drawNormal, streamOf } from './draws.ts';
import { generatorSchema } from './options.ts';
import { contentOf } from './to-tables.ts';
import { logistic, makeWorld, type World } from './world.ts';

/** A Tuesday afternoon in New York: when every generated scenario's next Drop is due. */
const NOW = Date.UTC(2026, 2, 17, 15);
const WEEK_MS = 7 * DAY_MS;

/** A run of the recommender in a generated world: trained a day before each Drop. */
export interface GeneratedRun {
	readonly id: string;
	readonly trainedAt: number;
	readonly status: 'completed' | 'failed';
	/** estimates, row-major by user and brand, NaN for gaps; empty where it failed */
	readonly value: Float32Array;
}

/**
 * Generates a marketplace and its past: users with true tastes, a recommender that sees them with noise and
 * gaps, and weekly Drops run by the engine itself, whose outcomes come from the true tastes. The same options
 * and seed give the same content.
 */
export function generateMarketplace(
	options: Config,
	seed: number,
	onStage: OnStage = () => {},
): ScenarioContent {
	const checked = generatorSchema.parse(options);
	const weeks = checked.historyWeeks;
	const start = NOW - weeks * WEEK_MS;
	onStage('world', 0);
	const world = makeWorld(checked, seed, start, NOW);
	const contracts = makeContracts(checked, seed, world, start);
	const runs = makeRuns(seed, world, weeks);
	const name = `Generated: ${world.places.length} cities, ${checked.users} users, ${checked.contracts} contracts, seed ${seed}`;

	const empty = contentOf(world, contracts, runs, null, name, formatInstant(NOW));
	const state = startSeason(buildDataset(empty));
	const cache = new StageCache(1);
	for (let w = 0; w < weeks; w++) {
		onStage(`Drop ${w + 1} of ${weeks}`, 0.1 + (0.85 * w) / weeks);
		const config = dropConfigSchema.parse({ seed: 1000 + w });
		const behaviourOf = (run: DropRun, outcome: DropOutcome) => trueBehaviour(seed, world, run, outcome);
		playWeek(
			state,
			start + w * WEEK_MS,
			// each past Drop ran by itself, as week 0 of its own seed, so that a replay reproduces it
			0,
			config,
			(seed + 7919 * (w + 1)) >>> 0,
			`d${String(w + 1).padStart(2, '0')}`,
			behaviourOf,
			cache,
		);
	}
	return contentOf(world, state.contracts, runs, finalLog(state), name, formatInstant(NOW));
}

/** Weekly runs, the last a day before now; a run two days before the last one failed. */
function makeRuns(seed: number, world: World, weeks: number): GeneratedRun[] {
	const runs: GeneratedRun[] = [];
	for (let w = 0; w <= weeks; w++) {
		const trainedAt = NOW - (weeks - w) * WEEK_MS - DAY_MS;
		if (w === weeks) {
			runs.push({
				id: 'r-failed',
				trainedAt: trainedAt - 2 * DAY_MS,
				status: 'failed',
				value: new Float32Array(0),
			});
		}
		const id = `r${String(w + 1).padStart(2, '0')}`;
		runs.push({ id, trainedAt, status: 'completed', value: estimate(seed, world, id) });
	}
	return runs;
}

/** What the recommender believes: the true taste with noise on the logit scale, and one gap in fifty. */
function estimate(seed: number, world: World, runId: string): Float32Array {
	const brandCount = world.brands.ids.length;
	const value = new Float32Array(world.taste.length);
	const runKey = key32(runId);
	const words = makeWords();
	for (let u = 0; u < world.users.ids.length; u++) {
		const key = key32(world.users.ids[u]) ^ runKey;
		for (let b = 0; b < brandCount; b++) {
			threefry(seed, streamOf('modelNoise'), key, b, words);
			const noise = (words[0] + (words[1] & 0xffffff00)) / 4294967296 - 1;
			const i = u * brandCount + b;
			// in steps of 1/1024, which read the same as text, float32 and double
			const belief = Math.round(1024 * logistic(logit(world.taste[i]) + 0.8 * noise)) / 1024;
			value[i] = (words[1] & 0xff) < 5 ? NaN : belief;
		}
	}
	return value;
}

/** How users of the generated world behave: the choice model on true tastes and each brand's own appeal. */
function trueBehaviour(seed: number, world: World, run: DropRun, outcome: DropOutcome): Behaviour {
	const { contracts, brandIds } = run.dataset;
	const appeal = (c: number, counter: number) =>
		drawNormal(seed, 'brandAppeal', brandIds[contracts.brand[c]], counter);
	const selectionRate = Float64Array.from(contracts.ids, (_, c) => logistic(-1.1 + 0.4 * appeal(c, 0)));
	const conversionRate = Float64Array.from(contracts.ids, (_, c) => logistic(0.1 + 0.4 * appeal(c, 1)));
	const truth = {
		...run,
		affinities: { ...run.affinities, value: world.taste },
		supply: { ...run.supply, selectionRate, conversionRate },
	};
	return {
		expected: forecast(truth, outcome, DEFAULT_CHOICE_WEIGHTS),
		conversionRate,
		rejectionRate: 0.05,
		openRate: 0.6,
	};
}

/** The log without what would happen after now. */
function finalLog(state: SeasonState): SeasonState['log'] {
	const past = (times: number[]) => times.map((time) => (time <= NOW ? time : NaN));
	const { log } = state;
	const isPast = log.openedAt.map((time) => time <= NOW);
	return {
		...log,
		selectedAt: past(log.selectedAt),
		convertedAt: past(log.convertedAt),
		rejectedAt: past(log.rejectedAt),
		expiredAt: past(log.expiredAt),
		openUser: log.openUser.filter((_, i) => isPast[i]),
		openedAt: log.openedAt.filter((_, i) => isPast[i]),
	};
}
