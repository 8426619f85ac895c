import type { Explanation } from '../../report.ts';
import { ACTIVE } from '../events.ts';
import { dollars } from '../money.ts';
import type { PledgeRun } from '../run-state.ts';

/** What adds up to a patron’s projection, in project order; effects are shares of her limit. */
export function factorsOf(run: PledgeRun, names: readonly string[], u: number): Explanation['factors'] {
	const { data, levers, crowd, state, limit } = run;
	const factors: { label: string; value: string; effect: number }[] = [];
	for (let k = data.patronPledgeStart[u]; k < data.patronPledgeStart[u + 1]; k++) {
		if (state[k] !== ACTIVE) continue;
		const size = crowd[data.pledgeProject[k]];
		const value = size * levers.baseRate;
		factors.push({
			label: names[data.pledgeProject[k]],
			value: `${dollars(value)} for ${size} ${size === 1 ? 'patron' : 'patrons'}`,
			effect: limit[u] === 0 ? 0 : value / limit[u],
		});
	}
	return factors;
}
