import { inputError, InputError } from '../../input-error.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { standingOf, standingWords } from '../explain/standing.ts';
import { gatherOutcome, type DropOutcome } from '../outcome.ts';
import { readDropConfig } from '../read-config.ts';
import { simulate, type DropRun } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';

/** A past Drop rebuilt as of its own time and run again with its own configuration and seed (spec section 11). */
export interface Reproduction {
	readonly drop: number;
	readonly config: DropConfig;
	readonly run: DropRun;
	readonly outcome: DropOutcome;
	/** rows of the history that the Drop logged */
	readonly logged: readonly number[];
	/** logged assignments that the run made again, of all that either made */
	readonly reproduced: number;
	readonly union: number;
	/** the first differences, explained */
	readonly differences: readonly { readonly user: string; readonly contract: string; readonly was: string; readonly why: string }[]; // prettier-ignore
}

const MOST_DIFFERENCES = 20;

/** Index of a Drop by id. Throws `InputError` when the scenario has none of that id. */
export function findDrop(dataset: DropDataset, id: string): number {
	const index = dataset.drops.findIndex((drop) => drop.id === id);
	if (index >= 0) return index;
	const known = dataset.drops.map((drop) => drop.id).slice(0, 12).join(', ') || 'none'; // prettier-ignore
	throw inputError('drop', `unknown Drop: ${JSON.stringify(id)}; the scenario has ${known}`, 'replay.drop');
}

/** The configuration and seed a Drop used; what it does not say has its default. */
export function configOfDrop(dataset: DropDataset, d: number): DropConfig {
	const { config, seed, id } = dataset.drops[d];
	let document: unknown = {};
	try {
		if (config !== null) document = JSON.parse(config);
	} catch {
		throw new InputError([{ at: `drop ${id}, config`, message: 'invalid JSON; the Drop cannot be reproduced', code: 'replay.config' }]); // prettier-ignore
	}
	const read = readDropConfig(document).config;
	return Number.isNaN(seed) ? read : { ...read, seed };
}

/** Runs Drop d again and compares with its log, assignment by assignment. */
export function reproduce(dataset: DropDataset, d: number, cache: StageCache): Reproduction {
	const config = configOfDrop(dataset, d);
	const run = simulate(dataset, dataset.drops[d].scheduledAt, config, cache);
	const outcome = gatherOutcome(run);
	const { history, users, contracts } = dataset;
	const contractCount = contracts.ids.length;
	const logged: number[] = [];
	for (let a = 0; a < history.drop.length; a++) if (history.drop[a] === d) logged.push(a);

	const wasLogged = new Set(logged.map((a) => history.user[a] * contractCount + history.contract[a]));
	const differences: { user: string; contract: string; was: string; why: string }[] = [];
	const note = (u: number, c: number, was: string) => {
		if (differences.length >= MOST_DIFFERENCES) return;
		const { status, detail } = standingWords(run, standingOf(run, outcome, u, c), 0);
		differences.push({
			user: users.ids[u],
			contract: contracts.ids[c],
			was,
			why: `${status}${detail && `: ${detail}`}`,
		});
	};
	let reproduced = 0;
	const again = new Set<number>();
	for (let a = 0; a < outcome.user.length; a++) {
		const [u, c] = [outcome.user[a], outcome.contract[a]];
		again.add(u * contractCount + c);
		if (wasLogged.has(u * contractCount + c)) reproduced++;
		else note(u, c, 'assigned by the run, not in the log');
	}
	for (const a of logged) {
		const [u, c] = [history.user[a], history.contract[a]];
		if (!again.has(u * contractCount + c)) note(u, c, 'in the log, not assigned by the run');
	}
	const union = logged.length + outcome.user.length - reproduced;
	return { drop: d, config, run, outcome, logged, reproduced, union, differences };
}
