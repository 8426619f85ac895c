import type { StoredForecast } from '../../forecast-ledger.ts';
import { canonicalJson } from '../../hash.ts';
import { DAY_MS, parseInstant } from '../../instant.ts';
import type { DropDataset } from '../dataset.ts';
import { readDropConfig } from '../read-config.ts';
import { configOfDrop } from '../replay/past-drop.ts';
import { InputError } from '../../input-error.ts';

/** Which past Drop a stored forecast was of, or why there is none. */
export interface MatchedForecast {
	readonly stored: StoredForecast;
	/** index of the past Drop, -1 for none */
	readonly drop: number;
	/** why there is none; empty where there is one */
	readonly why: string;
}

const WEEK_MS = 7 * DAY_MS;

/**
 * Finds the Drop that each stored forecast was of: the first one scheduled at the time of its data or up to a week
 * later, if it completed and ran the exported configuration, whatever the seed. In the order given; of several
 * forecasts of one Drop the last keeps it, the others are superseded.
 */
export function matchForecasts(dataset: DropDataset, stored: readonly StoredForecast[]): MatchedForecast[] {
	const matched = stored.map((each) => ({ stored: each, ...findDropOf(dataset, each) }));
	return matched.map((each, i) =>
		each.drop >= 0 && matched.slice(i + 1).some(({ drop }) => drop === each.drop)
			? { ...each, drop: -1, why: `a later export foretold Drop ${dataset.drops[each.drop].id} too` }
			: each,
	);
}

function findDropOf(dataset: DropDataset, { at, configuration }: StoredForecast): { drop: number; why: string } {
	const none = (why: string) => ({ drop: -1, why });
	const from = parseInstant(at);
	if (from === null) return none(`its time ${JSON.stringify(at)} cannot be read`);
	let first = -1;
	dataset.drops.forEach(({ scheduledAt }, d) => {
		const isNear = scheduledAt >= from && scheduledAt <= from + WEEK_MS && scheduledAt <= dataset.now;
		if (isNear && (first < 0 || scheduledAt < dataset.drops[first].scheduledAt)) first = d;
	});
	if (first < 0) return none('no Drop of that week is in this scenario yet');
	const { id, status, config } = dataset.drops[first];
	if (status !== 'completed') return none(`Drop ${id} is ${status}`);
	if (config === null) return { drop: first, why: '' };
	try {
		const withoutSeed = (document: unknown) => canonicalJson({ ...readDropConfig(document).config, seed: 0 });
		if (withoutSeed(configOfDrop(dataset, first)) === withoutSeed(configuration)) return { drop: first, why: '' };
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
	}
	return none(`Drop ${id} ran another configuration`);
} // prettier-ignore
