import { grouped } from '../number-text.ts';
import type { Check } from '../report.ts';
import type { DropDataset } from './dataset.ts';
import type { DropConfig } from './levers.ts';
import { gatherOutcome } from './outcome.ts';
import { simulate } from './simulate.ts';
import { StageCache } from './stage-cache.ts';

/**
 * Proves that growth contracts do not move sponsored assignments: runs again with no growth contract on offer and
 * compares who got which sponsored contract. `cutoff.basis = "eligible"` ranks brands by what is on offer, so there
 * a difference is told, not blamed (spec section 8). `given` holds user · contracts + contract of every sponsored
 * assignment of the run in question. Cost: one run.
 */
export function proveGrowthApart(dataset: DropDataset, config: DropConfig, given: ReadonlySet<number>): Check {
	const { contracts } = dataset;
	const isDrop = contracts.isDrop.map((each, c) => (each && contracts.isSponsored[c] ? 1 : 0));
	const without = { ...dataset, contracts: { ...contracts, isDrop } };
	const again = sponsoredPairs(without, config, new StageCache(1));
	const moved = [...given].filter((pair) => !again.has(pair)).concat([...again].filter((pair) => !given.has(pair)));
	const growthCount = contracts.isSponsored.reduce((sum, isSponsored) => sum + (isSponsored ? 0 : 1), 0);
	const head = { id: 'growth-apart', title: 'Growth contracts do not move sponsored assignments', isGuardrail: true };
	if (moved.length === 0)
		return { ...head, state: 'fine', proof: `A run without the ${grouped(growthCount)} growth contracts gives the same ${grouped(given.size)} sponsored assignments.` };
	const [first] = moved;
	const example = `${dataset.users.ids[Math.floor(first / contracts.ids.length)]} and ${contracts.ids[first % contracts.ids.length]}`;
	const proof = `Without the ${grouped(growthCount)} growth contracts ${grouped(moved.length)} sponsored assignments differ, such as ${example}`;
	return config.cutoff.basis === 'eligible'
		? { ...head, state: 'close', proof: `${proof}: the cutoff ranks the brands on offer, and growth brands are among them.` }
		: { ...head, state: 'over', proof: `${proof}.` };
} // prettier-ignore

/** Sponsored assignments of a run at the scenario's time, as user · contracts + contract. */
export function sponsoredPairs(dataset: DropDataset, config: DropConfig, cache: StageCache): Set<number> {
	const { contracts } = dataset;
	const { user, contract } = gatherOutcome(simulate(dataset, dataset.now, config, cache));
	const pairs = new Set<number>();
	for (let a = 0; a < user.length; a++)
		if (contracts.isSponsored[contract[a]]) pairs.add(user[a] * contracts.ids.length + contract[a]);
	return pairs;
}
