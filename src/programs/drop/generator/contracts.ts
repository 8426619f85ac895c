import { exp } from '#engine/math.ts';
import { key32 } from '#engine/random.ts';
import type { DropContracts } from '../dataset.ts';
import { monthAfter } from '../season/rollover.ts';
import { draw, drawNormal } from './draws.ts';
import type { GeneratorOptions } from './options.ts';
import type { World } from './world.ts';

/** A contract's terms, before ids become indexes. */
interface Terms {
	readonly id: string;
	readonly brand: number;
	readonly isSponsored: boolean;
	readonly priceCents: number;
	readonly rewardCents: number;
	readonly supply: number;
	readonly startsAt: number;
	readonly endsAt: number;
	readonly isDrop: boolean;
	readonly isOnboarding: boolean;
	readonly isMonthly: boolean;
	readonly minAgeDays: number;
	readonly maxAgeDays: number;
	readonly isNewCustomersOnly: boolean;
	readonly isOncePerUser: boolean;
	readonly places: readonly number[];
}

/** Midnight UTC of the first day of the month of `time`. */
export function monthStart(time: number): number {
	const date = new Date(time);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/**
 * Contracts as they stand before the first Drop: three in five sponsored, most of them monthly, with the odd
 * onboarding, non-Drop, age-limited and new-customers-only one. Supply is spread log-normally and scaled so
 * that sponsored contracts together offer `supplyPerUser` conversions a month for each user.
 */
export function makeContracts(
	options: GeneratorOptions,
	seed: number,
	world: World,
	start: number,
): DropContracts {
	const first = monthStart(start);
	const month = new Date(first).toISOString().slice(0, 7);
	const width = String(options.contracts).length;
	const rows: Terms[] = [];
	for (let k = 0; k < options.contracts; k++) {
		const base = `k${String(k + 1).padStart(width, '0')}`;
		rows.push(makeTerms(options, seed, world, k, `${base}-${month}`, first));
	}
	return toColumns(scaleSupply(options, rows));
}

function makeTerms(
	options: GeneratorOptions,
	seed: number,
	world: World,
	k: number,
	id: string,
	first: number,
): Terms {
	const { brands } = world;
	const u = (counter: number) => draw(seed, 'contractTerms', id, counter);
	const brand = k % brands.ids.length;
	const isSponsored = u(0) < 0.6;
	const priceCents = isSponsored ? 50 * Math.round(10 + 40 * u(1)) : 0;
	const share = 0.55 + 0.3 * u(2);
	const rewardCents = 25 * Math.round((isSponsored ? priceCents * share : 300 + 900 * u(3)) / 25);
	const isMonthly = u(4) < 0.85;
	// one served city at least; each further one of the brand's cities with even odds
	const served = brands.placesOf[brand].filter((y, i) => i === 0 || draw(seed, 'contractCity', id, y) < 0.5);
	const oddity = u(5);
	return {
		id,
		brand,
		isSponsored,
		priceCents,
		rewardCents,
		supply: exp(0.6 * drawNormal(seed, 'contractSupply', id, 0)) * served.length,
		startsAt: first,
		// those that do not roll over run for a quarter
		endsAt: isMonthly ? monthAfter(first) : monthAfter(monthAfter(monthAfter(first))),
		isDrop: !(oddity < 0.03),
		isOnboarding: oddity >= 0.03 && oddity < 0.06,
		isMonthly,
		minAgeDays: oddity >= 0.06 && oddity < 0.1 ? 30 : NaN,
		maxAgeDays: oddity >= 0.1 && oddity < 0.13 ? 180 : NaN,
		isNewCustomersOnly: oddity >= 0.13 && oddity < 0.2,
		isOncePerUser: u(6) < 0.3,
		places: served,
	};
}

function scaleSupply(options: GeneratorOptions, rows: readonly Terms[]): Terms[] {
	const offered = (isSponsored: boolean) => {
		let sum = 0;
		for (const row of rows) if (row.isSponsored === isSponsored) sum += row.supply;
		return sum;
	};
	const wanted = options.supplyPerUser * options.users;
	const factor = { sponsored: wanted / offered(true), growth: (wanted * 2) / 3 / offered(false) };
	return rows.map((row) => ({
		...row,
		supply: Math.max(1, Math.round(row.supply * (row.isSponsored ? factor.sponsored : factor.growth))),
	}));
}

function toColumns(rows: readonly Terms[]): DropContracts {
	const numbersOf = (read: (row: Terms) => number) => Float64Array.from(rows, read);
	const masksOf = (read: (row: Terms) => boolean) => Uint8Array.from(rows, (row) => (read(row) ? 1 : 0));
	const cityStart = new Uint32Array(rows.length + 1);
	rows.forEach((row, c) => (cityStart[c + 1] = cityStart[c] + row.places.length));
	return {
		ids: rows.map((row) => row.id),
		key: Uint32Array.from(rows, (row) => key32(row.id)),
		brand: Int32Array.from(rows, (row) => row.brand),
		isSponsored: masksOf((row) => row.isSponsored),
		rewardCents: numbersOf((row) => row.rewardCents),
		priceCents: numbersOf((row) => row.priceCents),
		supply: numbersOf((row) => row.supply),
		startsAt: numbersOf((row) => row.startsAt),
		endsAt: numbersOf((row) => row.endsAt),
		isDrop: masksOf((row) => row.isDrop),
		isOnboarding: masksOf((row) => row.isOnboarding),
		isMonthly: masksOf((row) => row.isMonthly),
		minAgeDays: numbersOf((row) => row.minAgeDays),
		maxAgeDays: numbersOf((row) => row.maxAgeDays),
		isNewCustomersOnly: masksOf((row) => row.isNewCustomersOnly),
		isOncePerUser: masksOf((row) => row.isOncePerUser),
		ancestor: new Int32Array(rows.length).fill(-1),
		cityStart,
		city: Uint32Array.from(rows.flatMap((row) => row.places)),
	};
}
