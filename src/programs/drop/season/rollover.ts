import { key32 } from '#engine/random.ts';
import type { DropContracts } from '../dataset.ts';

/** Contracts with those added that a rollover made, and where the old ones went. */
export interface Rollover {
	readonly contracts: DropContracts;
	/** new index of each old contract */
	readonly newIndex: Uint32Array;
	/** pairs of new indexes: the old contract and its clone */
	readonly cloned: readonly { readonly from: number; readonly to: number }[];
}

/**
 * Clones every monthly contract whose period ended by `time` and that has no successor yet, for the months up
 * to `time` (spec section 10): same terms, own supply, linked to its ancestor. Null when there is none.
 */
export function rollOver(contracts: DropContracts, time: number): Rollover | null {
	const hasSuccessor = new Uint8Array(contracts.ids.length);
	for (const ancestor of contracts.ancestor) if (ancestor >= 0) hasSuccessor[ancestor] = 1;
	const known = new Set(contracts.ids);
	const rows = contracts.ids.map((id, c) => ({
		id,
		source: c,
		ancestorId: contracts.ancestor[c] < 0 ? null : contracts.ids[contracts.ancestor[c]],
		startsAt: contracts.startsAt[c],
		endsAt: contracts.endsAt[c],
	}));
	const clonedIds: { from: string; to: string }[] = [];
	for (let c = 0; c < contracts.ids.length; c++) {
		if (!contracts.isMonthly[c] || hasSuccessor[c]) continue;
		let last = rows[c];
		while (last.endsAt <= time) {
			const id = freeId(cloneId(last.id, last.endsAt), known);
			known.add(id);
			const next = {
				id,
				source: c,
				ancestorId: last.id,
				startsAt: last.endsAt,
				endsAt: monthAfter(last.endsAt),
			};
			clonedIds.push({ from: last.id, to: id });
			rows.push(next);
			last = next;
		}
	}
	if (clonedIds.length === 0) return null;

	rows.sort((r, s) => (r.id < s.id ? -1 : 1));
	const index = new Map(rows.map((row, c) => [row.id, c]));
	const at = (id: string) => index.get(id) ?? -1;
	return {
		contracts: cloneColumns(contracts, rows, at),
		newIndex: Uint32Array.from(contracts.ids, at),
		cloned: clonedIds.map(({ from, to }) => ({ from: at(from), to: at(to) })),
	};
}

/** `k01-2026-03` after `k01-2026-02`: the month of the new period behind the id without the old one's. */
export function cloneId(id: string, startsAt: number): string {
	const month = new Date(startsAt).toISOString().slice(0, 7);
	return `${id.replace(/-\d{4}-\d{2}$/, '')}-${month}`;
}

function freeId(id: string, known: ReadonlySet<string>): string {
	let free = id;
	for (let n = 2; known.has(free); n++) free = `${id}.${n}`;
	return free;
}

/** The same moment of the next calendar month, UTC; a day that month lacks becomes its last. */
export function monthAfter(time: number): number {
	const date = new Date(time);
	const day = date.getUTCDate();
	date.setUTCDate(1);
	date.setUTCMonth(date.getUTCMonth() + 1);
	const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
	date.setUTCDate(Math.min(day, lastDay));
	return date.getTime();
}

interface ContractRow {
	readonly id: string;
	readonly source: number;
	readonly ancestorId: string | null;
	readonly startsAt: number;
	readonly endsAt: number;
}

function cloneColumns(
	contracts: DropContracts,
	rows: readonly ContractRow[],
	at: (id: string) => number,
): DropContracts {
	const numbersOf = (column: Float64Array) => Float64Array.from(rows, (row) => column[row.source]);
	const masksOf = (column: Uint8Array) => Uint8Array.from(rows, (row) => column[row.source]);
	const cities = rows.map((row) =>
		contracts.city.subarray(contracts.cityStart[row.source], contracts.cityStart[row.source + 1]),
	);
	const cityStart = new Uint32Array(rows.length + 1);
	cities.forEach((served, c) => (cityStart[c + 1] = cityStart[c] + served.length));
	return {
		ids: rows.map((row) => row.id),
		key: Uint32Array.from(rows, (row) => key32(row.id)),
		brand: Int32Array.from(rows, (row) => contracts.brand[row.source]),
		isSponsored: masksOf(contracts.isSponsored),
		rewardCents: numbersOf(contracts.rewardCents),
		priceCents: numbersOf(contracts.priceCents),
		supply: numbersOf(contracts.supply),
		startsAt: Float64Array.from(rows, (row) => row.startsAt),
		endsAt: Float64Array.from(rows, (row) => row.endsAt),
		isDrop: masksOf(contracts.isDrop),
		isOnboarding: masksOf(contracts.isOnboarding),
		isMonthly: masksOf(contracts.isMonthly),
		minAgeDays: numbersOf(contracts.minAgeDays),
		maxAgeDays: numbersOf(contracts.maxAgeDays),
		isNewCustomersOnly: masksOf(contracts.isNewCustomersOnly),
		isOncePerUser: masksOf(contracts.isOncePerUser),
		ancestor: Int32Array.from(rows, (row) => (row.ancestorId === null ? -1 : at(row.ancestorId))),
		cityStart,
		city: Uint32Array.from(cities.flatMap((served) => Array.from(served))),
	};
}
