import { ascendingRows } from './ascending-rows.ts';
import { certify } from './certify.ts';
import type { Certificate } from './certify.ts';
import { coarsePrices } from './coarse-prices.ts';
import { listContenders, relist } from './contenders.ts';
import type { Weights } from './contenders.ts';
import type { MatchInput } from './match-input.ts';
import { balance, measureExcess, rechoose, resumeRepair, startRepair } from './repair.ts';
import type { Repair } from './repair.ts';
import { spread } from './spread.ts';
import { findSureUsers } from './sure-users.ts';
import { sweepOut } from './sweep-out.ts';
import { borrow, isWarmFor, keepWarmStart, withPairsOf } from './warm-start.ts';
import type { WarmStart } from './warm-start.ts';
import { warmSweeps } from './warm-sweeps.ts';

/** Below this many pairs lists keep whole rows. */
const SMALL_CITY = 300_000;
const LIST_LENGTH = 16;
/** How far the lists of a warm start reach beyond a user's last slot, where the largest weight is 2^24. */
const WARM_REACH = 393216;
/** Far more than whole rows need: only weights that are not whole numbers, against the contract, get here. */
const MOST_ROUNDS = 40;

/** An optimal matching with its proof. */
export interface OptimalMatch {
	readonly isGiven: Uint8Array;
	/** Dual price of each contract, an integer ≥ 0: what one more seat would add to the sum of weights, at most. */
	readonly prices: Float64Array;
	readonly certificate: Certificate;
	/** For runs with other seats; there where it was asked for and something was to give. */
	readonly warm?: WarmStart | undefined;
}

/** What may be known beforehand; no value of the optimum depends on it. */
export interface OptimalStart {
	/** Prices of a run with slightly other seats or weights, in place of those from samples. */
	readonly prices?: Float64Array | undefined;
	/**
	 * What a run of the same city and weights left, whatever its seats were: then lists, choices and most of the proof are
	 * taken from there. For another problem (other arrays, another quota) its prices are used as `prices` are.
	 */
	readonly warm?: WarmStart | undefined;
	/** Whether the result is to have a warm start for later runs. */
	readonly isWarmKept?: boolean | undefined;
	/** How many contenders a user's list keeps; all in a small city, else 16. */
	readonly listLength?: number | undefined;
}

/**
 * The matching of the largest sum of weights (spec section 7, `optimal`): a transportation problem with a one-per-brand
 * constraint. Exact for integer weights whose sum stays below 2^53: the certificate's gap is 0. Pairs of weight 0 or
 * less are never given. The optimum is unique in value, not in pairs; the pairs found are a function of the input and
 * of `known`, and without a warm start whatever the order of pairs within a user.
 *
 * Users are many and contracts few, so dual prices live on contracts: coarse prices from samples of users, a short list
 * of contenders for each user, price sweeps over the lists (the auction of Demange, Gale and Sotomayor 1986, all
 * contracts in step), shortest augmenting paths for what is left, and a certificate over all pairs. Users whose list
 * turned out too short get a new one, and paths go on. In practice about users^0.6 · contracts^1.6 beyond the passes
 * over all pairs.
 */
export function optimal(input: MatchInput, weights: Weights, known: OptimalStart = {}): OptimalMatch {
	if (Math.min(input.userCount, input.contract.length, input.quota) === 0) return nothingGiven(input);
	const { warm } = known;
	if (warm !== undefined && isWarmFor(warm, input, weights)) return solve(input, weights, known, warm);
	const order = ascendingRows(input);
	if (order === null) return solve(input, weights, known, null);

	const contract = order.map((p) => input.contract[p]);
	const sorted = solve(
		{ ...input, contract },
		Float64Array.from(order, (p) => weights[p]),
		known,
		null,
	);
	const isGiven = new Uint8Array(order.length);
	for (let i = 0; i < order.length; i++) isGiven[order[i]] = sorted.isGiven[i];
	return { ...sorted, isGiven, warm: sorted.warm && withPairsOf(sorted.warm, order, input, weights) };
}

function solve(
	input: MatchInput,
	weights: Weights,
	known: OptimalStart,
	warm: WarmStart | null,
): OptimalMatch {
	const { userCount, contractCount } = input;
	const pairCount = input.contract.length;
	// more seats than users are never a limit
	const seats = Float64Array.from(input.seats, (count) => Math.min(count, userCount + 1));
	const unit = typicalMost(weights) / 16777216;
	const isWhole = known.listLength === undefined && pairCount <= SMALL_CITY;
	let most = isWhole ? contractCount : Math.min(known.listLength ?? LIST_LENGTH, contractCount);
	const widest = isWhole ? Infinity : 2097152 * unit;
	// prices of another problem may be near; those of this one that prove to be far help no more
	const prices = known.prices ?? (warm === null ? known.warm?.prices : undefined);
	const guess = prices === undefined ? null : startFrom(prices, contractCount);
	let repair =
		(warm === null ? null : startWarm(input, seats, warm, unit)) ??
		startCold(input, weights, seats, guess, widest, most, unit);
	balance(repair);

	for (let round = 1; ; round++) {
		const wrong: number[] = [];
		const { price } = repair;
		const certificate = certify(input, weights, seats, price, repair, wrong, findSureUsers(repair));
		if (wrong.length === 0 || round === MOST_ROUNDS) {
			const isGiven = maskOf(pairCount, repair);
			const reach = Math.ceil(WARM_REACH * unit);
			const kept = known.isWarmKept === true ? keepWarmStart(input, weights, repair, reach) : undefined;
			return { isGiven, prices: price, certificate, warm: kept };
		}

		if (round % 4 === 0) {
			// lists were too short: wider ones, in the end whole rows
			most = Math.min(contractCount, 4 * most);
			const lists = listContenders(input, weights, repair.lists.users, price, Infinity, most);
			repair = startRepair(input, lists, seats, price, 1048576 * unit);
		} else {
			relist(input, weights, repair.lists, wrong, price, most);
			for (const u of wrong) rechoose(repair, u);
			measureExcess(repair);
		}
		balance(repair);
	}
}

/**
 * Choices of all users at prices that sweeps over their lists have led to, from those guessed or, where these turn out to
 * be too far off for the lists, from samples.
 */
function startCold(
	input: MatchInput,
	weights: Weights,
	seats: Float64Array,
	guess: Float64Array | null,
	widest: number,
	most: number,
	unit: number,
): Repair {
	const users = new Uint32Array(input.userCount);
	for (let u = 0; u < users.length; u++) users[u] = u;
	const { price, offBy } = guess
		? { price: guess, offBy: 262144 * unit }
		: coarsePrices(input, weights, seats, unit);
	// whole numbers throughout keep every sum exact
	const reach = widest === Infinity ? Infinity : Math.ceil(Math.min(widest, offBy));
	const quota = Math.min(input.quota, input.contractCount);
	let lists = listContenders(input, weights, users, price, reach, most);

	const swept = sweepOut(lists, quota, seats, price, unit);
	if (spread(swept.price, price) > reach) {
		if (guess !== null) return startCold(input, weights, seats, null, widest, most, unit);
		lists = listContenders(input, weights, users, swept.price, Math.ceil(262144 * unit), most);
	}
	return startRepair(input, lists, seats, swept.price, Math.max(32768 * unit, 4 * swept.largestMove)); // prettier-ignore
}

/**
 * Choices of all users at prices that sweeps over lists from before have led to; most users stay with theirs. null where
 * prices fall so far that most lists would have to be written anew.
 */
function startWarm(input: MatchInput, seats: Float64Array, warm: WarmStart, unit: number): Repair | null {
	const swept = warmSweeps(input, seats, warm, unit);
	if (swept === null) return null;
	const { lists, standing } = borrow(warm);
	const arcReach = Math.max(32768 * unit, 4 * swept.largestMove);
	return resumeRepair(input, lists, seats, swept.price, arcReach, warm.held, warm.demand, standing);
}

/** Prices known beforehand as the whole numbers ≥ 0 that they have to be. */
function startFrom(prices: Float64Array, contractCount: number): Float64Array {
	if (prices.length !== contractCount) {
		throw new RangeError(
			`mismatched prices: ${prices.length}; must be one for each of ${contractCount} contracts`,
		);
	}
	return prices.map((price) => Math.max(0, Math.round(price)));
}

/** About the largest weight, from at most 65 536 of them: the scale of reaches and margins. */
function typicalMost(weights: Weights): number {
	const stride = Math.ceil(weights.length / 65536);
	let most = 1;
	for (let p = 0; p < weights.length; p += stride) if (weights[p] > most) most = weights[p];
	return most;
}

function maskOf(pairCount: number, { held, lists }: Repair): Uint8Array {
	const isGiven = new Uint8Array(pairCount);
	for (const e of held) if (e >= 0) isGiven[lists.pair[e]] = 1;
	return isGiven;
}

function nothingGiven(input: MatchInput): OptimalMatch {
	return {
		isGiven: new Uint8Array(input.contract.length),
		prices: new Float64Array(input.contractCount),
		certificate: { primal: 0, dual: 0, gap: 0 },
	};
}
