import type { DropContracts, DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { gatherOutcome, type DropOutcome } from '../outcome.ts';
import { simulate, type DropRun } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';
import type { Forecast } from '../stages/forecast.ts';
import { drawAppOpens, drawEvents } from './behaviour.ts';
import { logWeek, makeLog, withLog, type SeasonLog } from './log.ts';
import { rollOver } from './rollover.ts';

/** A scenario on its way through weeks: where it started, its contracts by now, and what was added. */
export interface SeasonState {
	base: DropDataset;
	contracts: DropContracts;
	log: SeasonLog;
}

/** The state before the first week. */
export function startSeason(dataset: DropDataset): SeasonState {
	return { base: dataset, contracts: dataset.contracts, log: makeLog() };
}

/** What users will really do in a week: the forecast of a season, or the truth of a generated world. */
export interface Behaviour {
	readonly expected: Forecast;
	/** P(convert | selected) by contract */
	readonly conversionRate: Float64Array;
	readonly rejectionRate: number;
	readonly openRate: number;
}

/** One week as played. */
export interface PlayedWeek {
	readonly run: DropRun;
	readonly outcome: DropOutcome;
	readonly behaviour: Behaviour;
	/** contracts rolled over before this Drop */
	readonly rolledOver: number;
}

/**
 * Plays one weekly Drop at `time`: month-end rollover, run, what users do, all added to the state's log (spec
 * section 10). `week` parts the luck of weeks; `seed` draws what users do, whatever the configuration.
 */
export function playWeek(
	state: SeasonState,
	time: number,
	week: number,
	config: DropConfig,
	seed: number,
	dropId: string,
	behaviourOf: (run: DropRun, outcome: DropOutcome) => Behaviour,
	cache: StageCache,
): PlayedWeek {
	const rollover = rollOver(state.contracts, time);
	if (rollover !== null) {
		const move = (c: number) => rollover.newIndex[c];
		state.contracts = rollover.contracts;
		state.base = {
			...state.base,
			history: { ...state.base.history, contract: state.base.history.contract.map(move) },
		};
		for (let i = 0; i < state.log.contract.length; i++) state.log.contract[i] = move(state.log.contract[i]);
	}

	const dataset = withLog(state.base, state.contracts, state.log);
	const run = simulate(dataset, time, config, cache, week);
	const outcome = gatherOutcome(run);
	const behaviour = behaviourOf(run, outcome);
	const events = drawEvents(
		run,
		outcome,
		behaviour.expected,
		behaviour.conversionRate,
		behaviour.rejectionRate,
		seed,
	);
	const drop = {
		id: dropId,
		scheduledAt: time,
		startedAt: time,
		completedAt: time + 9 * 60_000,
		status: 'completed',
		seed: config.seed,
		config: JSON.stringify(config),
	};
	logWeek(state.log, drop, outcome, events, drawAppOpens(run, behaviour.openRate, seed));
	return { run, outcome, behaviour, rolledOver: rollover?.cloned.length ?? 0 };
}
