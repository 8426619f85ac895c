import { InputError, found, type Issue } from '../input-error.ts';
import { readAddress, readAmount, readEntries, readInteger } from './rule-fields.ts';

/** Referral events of any number of editions, checked, in order and as columns (spec section 3.5). */

const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;

/** Events in the order in which they come in, before they are indexed. */
export interface EventColumns {
	readonly id: readonly string[];
	/** Unix seconds */
	readonly time: Float64Array;
	/** in lower case; null for none */
	readonly referrer: readonly (string | null)[];
	/** seconds */
	readonly duration: Float64Array;
	/** wei */
	readonly revenue: readonly bigint[];
	/** `chainId:address` of the market; null for the edition's own */
	readonly market: readonly (string | null)[];
}

/**
 * Events by `timestamp`, then `id` in code-unit order. `e` is an index into the event columns, `r` one into
 * `addresses`, which ascend, so that a greater address is a greater index.
 */
export interface ReferralDataset {
	readonly addresses: readonly string[];
	readonly markets: readonly string[];
	readonly eventId: readonly string[];
	readonly eventTime: Float64Array;
	/** -1 for none and for the zero address, which can earn nothing */
	readonly eventReferrer: Int32Array;
	readonly eventDuration: Float64Array;
	readonly eventRevenue: readonly bigint[];
	/** index into `markets`, -1 for the edition's own */
	readonly eventMarket: Int32Array;
	/** place of the event in the input */
	readonly eventRow: Uint32Array;
}

/** The name of a market in `markets`. */
export function marketKey(market: { readonly chainId: number; readonly address: string }): string {
	return `${market.chainId}:${market.address}`;
}

/** Brings events into order and turns addresses into indexes. Cost: O(n log n), O(n) when already in order. */
export function indexEvents(columns: EventColumns): ReferralDataset {
	const count = columns.id.length;
	const eventRow = inOrder(columns);
	const addresses = [...new Set(columns.referrer)].filter((address) => address !== null && address !== ZERO_ADDRESS) as string[]; // prettier-ignore
	addresses.sort((a, b) => (a < b ? -1 : 1));
	const referrerOf = new Map(addresses.map((address, r) => [address, r]));
	const markets = [...new Set(columns.market)].filter((market) => market !== null);
	const marketOf = new Map(markets.map((market, m) => [market, m]));

	const eventId = new Array<string>(count);
	const eventRevenue = new Array<bigint>(count);
	const eventTime = new Float64Array(count);
	const eventDuration = new Float64Array(count);
	const eventReferrer = new Int32Array(count);
	const eventMarket = new Int32Array(count);
	for (let e = 0; e < count; e++) {
		const row = eventRow[e];
		const [referrer, market] = [columns.referrer[row], columns.market[row]];
		eventId[e] = columns.id[row];
		eventTime[e] = columns.time[row];
		eventDuration[e] = columns.duration[row];
		eventRevenue[e] = columns.revenue[row];
		eventReferrer[e] = referrer === null ? -1 : (referrerOf.get(referrer) ?? -1);
		eventMarket[e] = market === null ? -1 : (marketOf.get(market) ?? -1);
	}
	return {
		addresses,
		markets,
		eventId,
		eventTime,
		eventReferrer,
		eventDuration,
		eventRevenue,
		eventMarket,
		eventRow,
	};
}

function inOrder({ id, time }: EventColumns): Uint32Array {
	const rows = new Uint32Array(id.length);
	let isSorted = true;
	for (let i = 0; i < rows.length; i++) {
		rows[i] = i;
		if (i > 0 && (time[i] < time[i - 1] || (time[i] === time[i - 1] && id[i] < id[i - 1]))) isSorted = false;
	}
	return isSorted ? rows : rows.sort((a, b) => time[a] - time[b] || (id[a] < id[b] ? -1 : 1));
}

/**
 * Reads a list of events as JSON. Throws `InputError` with every bad value, its path starting with the index of
 * the event: a leaderboard made from half the data is worse than none.
 */
export function readEvents(list: readonly unknown[]): EventColumns {
	const count = list.length;
	const issues: Issue[] = [];
	let firstPath: readonly (string | number)[] = [];
	const add = (code: string, path: readonly (string | number)[], value: unknown, must: string) => {
		if (issues.length === 0) firstPath = path;
		const what = value === undefined ? 'missing' : `invalid: ${found(value)}`;
		issues.push({ at: `events.${path.join('.')}`, message: `${what}; must be ${must}`, code });
	};

	const columns = {
		id: new Array<string>(count),
		time: new Float64Array(count),
		referrer: new Array<string | null>(count),
		duration: new Float64Array(count),
		revenue: new Array<bigint>(count),
		market: new Array<string | null>(count),
	};
	const seen = new Set<string>();
	for (let i = 0; i < count; i++) {
		const item = list[i];
		if (typeof item !== 'object' || item === null || Array.isArray(item)) {
			add('event.id.invalid', [i], item, 'an object with an id');
			continue;
		}
		const event = item as { readonly [field: string]: unknown };

		const id = event.id;
		if (typeof id !== 'string' || id === '') add('event.id.invalid', [i], id, 'an id, unique in the list');
		else if (seen.has(id)) add('event.id.duplicate', [i], id, 'unique in the list; it was seen before');
		else seen.add(id);
		columns.id[i] = String(id);

		const time = readInteger(event.timestamp);
		if (time === null)
			add('event.timestamp.invalid', [i, 'timestamp'], event.timestamp, 'whole Unix seconds');
		columns.time[i] = time ?? 0;

		const duration = readInteger(event.incrementalDuration);
		if (duration === null || duration < 0) {
			add(
				'event.duration.invalid',
				[i, 'incrementalDuration'],
				event.incrementalDuration,
				'whole seconds from 0',
			);
		}
		columns.duration[i] = duration ?? 0;

		const referrer = readAddress(event.referrer);
		if (referrer === null && event.referrer !== null) {
			add('event.referrer.invalid', [i, 'referrer'], event.referrer, '0x and 40 hex digits, or null');
		}
		columns.referrer[i] = referrer;

		const wei = event.incrementalRevenueContribution;
		const revenue = wei === null ? 0n : readAmount(wei);
		if (revenue === null) {
			add('event.revenue.invalid', [i, 'incrementalRevenueContribution'], wei, 'digits, in wei, or null');
		}
		columns.revenue[i] = revenue ?? 0n;

		columns.market[i] = null;
		if (event.subregistryId !== undefined && event.subregistryId !== null) {
			columns.market[i] = readMarket(event.subregistryId);
			if (columns.market[i] === null) {
				add('event.subregistry.invalid', [i, 'subregistryId'], event.subregistryId, '{ chainId, address }');
			}
		}
	}
	if (issues.length > 0) throw new InputError(issues, { path: firstPath });
	return columns;
}

function readMarket(value: unknown): string | null {
	const entries = readEntries(value);
	const [chainId, address] = [readInteger(entries?.get('chainId')), readAddress(entries?.get('address'))];
	return chainId === null || address === null ? null : marketKey({ chainId, address });
}
