import type { StudyResult } from '../../program.ts';
import { indexEvents, type ReferralDataset } from '../dataset.ts';
import type { ReferralOutcome } from '../outcome.ts';
import { simulate } from '../simulate.ts';
import { splitGain } from '../split-gain.ts';
import { STANDINGS, standingsOf } from '../standing.ts';

/**
 * What each of the best `count` referrers would gain by splitting in two: under pie-split by moving half of its
 * time, under rev-share-limit by moving half of every event (spec section 10.5). Negative under rev-share-limit
 * where splitting costs money, since halves reach the bar later or not at all. One who is disqualified may gain by a
 * second address that is not.
 */
export function splitGains(dataset: ReferralDataset, outcome: ReferralOutcome, count: number): StudyResult {
	const best = outcome.order.slice(0, count);
	const gains = Array.from(best, (r) =>
		outcome.dataModelType === 'pie-split' ? splitGain(outcome, r) : halfEvents(dataset, outcome, r),
	);
	const standing = standingsOf(dataset, outcome);
	const worth = gains.filter((gain) => gain > 0n);
	const most = gains.reduce((top, gain) => (gain > top ? gain : top), 0n);
	return {
		metrics: [
			{ id: 'split.most', title: 'Most to gain by splitting', unit: 'microUsdc', better: 'less', help: 'Largest gain of one of these referrers.', value: Number(most) }, // prettier-ignore
			{ id: 'split.count', title: 'Referrers who gain by splitting', unit: 'count', better: 'less', help: 'Of those looked at.', value: worth.length }, // prettier-ignore
		],
		tables: [
			{
				id: 'splits',
				title: 'Splitting over two addresses',
				columns: [
					{
						id: 'rank',
						title: 'Rank',
						unit: 'rank',
						values: Float64Array.from(best, (r) => outcome.rank[r]),
					},
					{
						id: 'referrer',
						title: 'Referrer',
						unit: 'id',
						values: Array.from(best, (r) => dataset.addresses[r]),
					},
					{
						id: 'standing',
						title: 'Standing now',
						unit: 'text',
						values: Array.from(best, (r) => STANDINGS[standing[r]]),
					},
					{
						id: 'award',
						title: 'Award now',
						unit: 'microUsdc',
						values: Float64Array.from(best, (r) => Number(outcome.award[r])),
					},
					{
						id: 'gain',
						title: 'Gain by splitting',
						unit: 'microUsdc',
						values: Float64Array.from(gains, Number),
						isChange: true,
					},
				],
			},
		],
		series: [],
		notices: [],
	};
}

/** The run with half of each of a referrer's events under an address that nobody has; what that adds. */
function halfEvents(dataset: ReferralDataset, outcome: ReferralOutcome, r: number): bigint {
	const own = dataset.addresses[r];
	const second = freeAddress(dataset.addresses);
	const id: string[] = [];
	const [time, duration]: [number[], number[]] = [[], []];
	const referrer: string[] = [];
	const revenue: bigint[] = [];
	const add = (e: number, name: string, who: string, seconds: number, wei: bigint) => {
		id.push(name);
		time.push(dataset.eventTime[e]);
		duration.push(seconds);
		referrer.push(who);
		revenue.push(wei);
	};
	for (const e of outcome.counted.event) {
		const seconds = dataset.eventDuration[e];
		if (dataset.eventReferrer[e] !== r) {
			add(
				e,
				dataset.eventId[e],
				dataset.addresses[dataset.eventReferrer[e]],
				seconds,
				dataset.eventRevenue[e],
			);
			continue;
		}
		// the second half follows at once: no id of one second lies between an id and itself with a NUL behind
		const half = Math.floor(seconds / 2);
		add(e, dataset.eventId[e], own, seconds - half, dataset.eventRevenue[e]);
		add(e, `${dataset.eventId[e]}\0`, second, half, 0n);
	}
	const market = new Array<null>(id.length).fill(null);
	const split = indexEvents({
		id,
		time: Float64Array.from(time),
		duration: Float64Array.from(duration),
		referrer,
		revenue,
		market,
	});
	const after = simulate(split, outcome.rules, outcome.accurateAsOf);
	const together = after.award[split.addresses.indexOf(own)] + after.award[split.addresses.indexOf(second)];
	return together - outcome.award[r];
}

function freeAddress(addresses: readonly string[]): string {
	const taken = new Set(addresses);
	for (let i = 1; ; i++) {
		const address = `0x${i.toString(16).padStart(40, '0')}`;
		if (!taken.has(address)) return address;
	}
}
