import type { ObservedRow } from '../../forecast-ledger.ts';
import { DAY_MS } from '../../instant.ts';
import type { DropDataset } from '../dataset.ts';

/** What is known by now of a past Drop. */
export interface Observed {
	/** its assignments are at least 7 days old: who has not picked by then has not picked */
	readonly isMature: boolean;
	/** every picked reward was used, expired, or is at least 30 days old */
	readonly isSettled: boolean;
	/** selections once mature; conversions and revenue once settled; empty before */
	readonly rows: readonly ObservedRow[];
}

const MATURE_MS = 7 * DAY_MS;
const SETTLED_MS = 30 * DAY_MS;

/** Reads what users did with the assignments of past Drop d from rows dated at or before the scenario's time. */
export function observedRows(dataset: DropDataset, d: number): Observed {
	const { history, contracts, users, drops, now } = dataset;
	const isMature = now - drops[d].scheduledAt >= MATURE_MS;
	let isSettled = isMature;
	let [selections, sponsored, conversions, revenueCents] = [0, 0, 0, 0];
	const byCity = new Float64Array(dataset.cityIds.length);
	const byBrand = new Float64Array(dataset.brandIds.length);
	for (let a = 0; a < history.drop.length; a++) {
		if (history.drop[a] !== d || !(history.selectedAt[a] <= now)) continue;
		const c = history.contract[a];
		selections++;
		sponsored += contracts.isSponsored[c];
		byCity[users.city[history.user[a]]]++;
		byBrand[contracts.brand[c]]++;
		if (history.convertedAt[a] <= now) {
			conversions++;
			revenueCents += contracts.priceCents[c];
		} else if (!(history.expiredAt[a] <= now) && now - history.selectedAt[a] < SETTLED_MS) isSettled = false;
	}
	const whole = (metric: string, value: number): ObservedRow => ({ metric, group: '', member: '', value });
	const rows = !isMature
		? []
		: [
				whole('selections', selections),
				whole('ratio.selections', selections > 0 ? sponsored / selections : NaN),
				...dataset.cityIds.map((member, y) => ({ metric: 'selections', group: 'city', member, value: byCity[y] })),
				...dataset.brandIds.map((member, b) => ({ metric: 'selections', group: 'brand', member, value: byBrand[b] })),
				...(isSettled ? [whole('conversions', conversions), whole('revenue', revenueCents)] : []),
			];
	return { isMature, isSettled, rows };
} // prettier-ignore
