import { cos, exp, log } from '#engine/math.ts';
import { key32, makeWords, threefry } from '#engine/random.ts';
import { splitByLargestRemainder } from '#engine/share.ts';
import { DAY_MS } from '../../instant.ts';
import { draw, drawNormal, streamOf } from './draws.ts';
import type { GeneratorOptions } from './options.ts';
import { brandNames, places, type Place } from './places.ts';

/** A generated marketplace before its first Drop: who lives where, likes what, and which brands there are. */
export interface World {
	readonly places: readonly Place[];
	readonly users: WorldUsers;
	readonly brands: WorldBrands;
	/** what each user really thinks of each brand: P(convert), row-major by user and brand */
	readonly taste: Float64Array;
}

export interface WorldUsers {
	readonly ids: readonly string[];
	readonly place: Uint16Array;
	readonly latitude: Float64Array;
	readonly longitude: Float64Array;
	readonly createdAt: Float64Array;
	readonly lastOpen: Float64Array;
	readonly isBlocked: Uint8Array;
}

export interface WorldBrands {
	readonly ids: readonly string[];
	readonly names: readonly string[];
	readonly categories: readonly string[];
	/** locations, one row each */
	readonly location: readonly { brand: number; place: number; latitude: number; longitude: number }[];
	/** places where each brand has a location */
	readonly placesOf: readonly (readonly number[])[];
}

const KM_PER_DEGREE = 111.195;

/** Makes the marketplace; `start` is the moment of the first Drop, `now` that of the last. */
export function makeWorld(options: GeneratorOptions, seed: number, start: number, now: number): World {
	// in order of id, as a dataset has them: an index means the same before and after
	const chosen = places.slice(0, options.cities).sort((a, b) => (a.id < b.id ? -1 : 1));
	const users = makeUsers(options, seed, chosen, start, now);
	const brands = makeBrands(options, seed, chosen);
	return { places: chosen, users, brands, taste: makeTaste(options, seed, users, brands) };
}

/** A point near a centre, in degrees rounded to six places. */
function pointNear(place: Place, northKm: number, eastKm: number): { latitude: number; longitude: number } {
	const perLongitude = KM_PER_DEGREE * cos((place.latitude * 3.141592653589793) / 180);
	return { latitude: rounded(place.latitude + northKm / KM_PER_DEGREE), longitude: rounded(place.longitude + eastKm / perLongitude) }; // prettier-ignore
}

function rounded(degrees: number): number {
	return Math.round(degrees * 1_000_000) / 1_000_000;
}

/** `u000042`: ids of equal length, so that their order is that of their numbers. */
function numbered(letter: string, count: number): string[] {
	const width = String(count).length;
	return Array.from({ length: count }, (_, i) => letter + String(i + 1).padStart(width, '0'));
}

function makeUsers(
	options: GeneratorOptions,
	seed: number,
	chosen: readonly Place[],
	start: number,
	now: number,
): WorldUsers {
	const ids = numbered('u', options.users);
	const counts = splitByLargestRemainder(options.users, chosen.map((place) => place.weight)); // prettier-ignore
	const place = new Uint16Array(ids.length);
	let first = 0;
	counts.forEach((count, y) => {
		place.fill(y, first, first + count);
		first += count;
	});
	const column = () => new Float64Array(ids.length);
	const users = { ids, place, latitude: column(), longitude: column(), createdAt: column(), lastOpen: column(), isBlocked: new Uint8Array(ids.length) }; // prettier-ignore
	for (let u = 0; u < ids.length; u++) {
		const { spreadKm } = chosen[place[u]];
		const point = pointNear(
			chosen[place[u]],
			spreadKm * drawNormal(seed, 'userPlace', ids[u], 0),
			spreadKm * drawNormal(seed, 'userPlace', ids[u], 1),
		);
		users.latitude[u] = point.latitude;
		users.longitude[u] = point.longitude;
		// most accounts are young: ages are exponential with a mean of 200 days, cut at three years
		const ageDays = Math.min(1095, -200 * log(1 - draw(seed, 'userAge', ids[u], 0)));
		users.createdAt[u] = Math.floor((now - ageDays * DAY_MS) / 1000) * 1000;
		const away = -12 * log(1 - draw(seed, 'userLastOpen', ids[u], 0)) * DAY_MS;
		users.lastOpen[u] = Math.max(users.createdAt[u], Math.floor((start - away) / 1000) * 1000);
		users.isBlocked[u] = draw(seed, 'userStatus', ids[u], 0) < 0.01 ? 1 : 0;
	}
	return users;
}

function makeBrands(options: GeneratorOptions, seed: number, chosen: readonly Place[]): WorldBrands {
	const ids = numbered('b', options.brands);
	const location: { brand: number; place: number; latitude: number; longitude: number }[] = [];
	const placesOf = ids.map((id, b) => {
		const served: number[] = [];
		chosen.forEach((place, y) => {
			// every brand is somewhere; most are in more than one city
			const isHome = b % chosen.length === y;
			if (!isHome && draw(seed, 'brandCity', id, y) > 0.55) return;
			served.push(y);
			const count = 1 + Math.floor(4 * draw(seed, 'brandPlace', id, y));
			for (let i = 0; i < count; i++) {
				const n = 1000 + y * 100 + i * 2;
				const [north, east] = [
					drawNormal(seed, 'brandPlace', id, n),
					drawNormal(seed, 'brandPlace', id, n + 1),
				];
				location.push({ brand: b, place: y, ...pointNear(place, 0.8 * place.spreadKm * north, 0.8 * place.spreadKm * east) }); // prettier-ignore
			}
		});
		return served;
	});
	return {
		ids,
		names: ids.map((_, b) => brandNames[b]?.[0] ?? `Brand ${b + 1}`),
		categories: ids.map((_, b) => brandNames[b % brandNames.length][1]),
		location,
		placesOf,
	};
}

/** P = logistic(popularity + liking of the user's cluster for the brand + her own taste). */
function makeTaste(
	options: GeneratorOptions,
	seed: number,
	users: WorldUsers,
	brands: WorldBrands,
): Float64Array {
	const brandCount = brands.ids.length;
	const popularity = Float64Array.from(
		brands.ids,
		(id) => -1.6 + 0.7 * drawNormal(seed, 'brandPopularity', id, 0),
	);
	const liking = brands.ids.map((id) =>
		Float64Array.from({ length: options.tasteClusters }, (_, k) => drawNormal(seed, 'brandTaste', id, k)),
	);
	const taste = new Float64Array(users.ids.length * brandCount);
	const words = makeWords();
	for (let u = 0; u < users.ids.length; u++) {
		const cluster = Math.floor(options.tasteClusters * draw(seed, 'userCluster', users.ids[u], 0));
		const key = key32(users.ids[u]);
		for (let b = 0; b < brandCount; b++) {
			threefry(seed, streamOf('userTaste'), key, b, words);
			// the sum of two uniforms stands for a normal: near enough, and no logarithm per pair
			const own = (words[0] + words[1]) / 4294967296 - 1;
			taste[u * brandCount + b] = logistic(popularity[b] + 0.9 * liking[b][cluster] + 1.2 * own);
		}
	}
	return taste;
}

/** 1 / (1 + e^−x). */
export function logistic(x: number): number {
	return 1 / (1 + exp(-x));
}
