import { certify } from './certify.ts';
import type { Certificate } from './certify.ts';
import { coarsePrices, spread } from './coarse-prices.ts';
import { listContenders, relist } from './contenders.ts';
import type { Contenders, Weights } from './contenders.ts';
import type { MatchInput } from './match-input.ts';
import { startSweeping, sweepPrices } from './price-sweep.ts';
import { ascendingRows } from './ascending-rows.ts';
import { balance, measureExcess, rechoose, startRepair } from './repair.ts';
import type { Repair } from './repair.ts';

/** Below this many pairs lists keep whole rows. */
const SMALL_CITY = 300_000;
const LIST_LENGTH = 16;
/** Far more than whole rows need: only weights that are not whole numbers, against the contract, get here. */
const MOST_ROUNDS = 40;

/** An optimal matching with its proof. */
export interface OptimalMatch {
	readonly isGiven: Uint8Array;
	/** Dual price of each contract, an integer ≥ 0: what one more seat would add to the sum of weights, at most. */
	readonly prices: Float64Array;
	readonly certificate: Certificate;
}

/** What may be known beforehand; no value of the optimum depends on it. */
export interface OptimalStart {
	/** Prices of a run with slightly other seats or weights, in place of those from samples. */
	readonly prices?: Float64Array | undefined;
	/** How many contenders a user's list keeps; all in a small city, else 16. */
	readonly listLength?: number | undefined;
}

/**
 * The matching of the largest sum of weights (spec section 7, `optimal`): a transportation problem with a one-per-brand
 * constraint. Exact for integer weights whose sum stays below 2^53: the certificate's gap is 0. Pairs of weight 0 or
 * less are never given. The optimum is unique in value, not in pairs; the pairs found are a function of the input and
 * of `known`, whatever the order of pairs within a user.
 *
 * Users are many and contracts few, so dual prices live on contracts: coarse prices from samples of users, a short list
 * of contenders for each user, price sweeps over the lists (the auction of Demange, Gale and Sotomayor 1986, all
 * contracts in step), shortest augmenting paths for what is left, and a certificate over all pairs. Users whose list
 * turned out too short get a new one, and paths go on. In practice about users^0.6 · contracts^1.6 beyond the passes
 * over all pairs.
 */
export function optimal(input: MatchInput, weights: Weights, known: OptimalStart = {}): OptimalMatch {
	if (Math.min(input.userCount, input.contract.length, input.quota) === 0) return nothingGiven(input);
	const order = ascendingRows(input);
	if (order === null) return solve(input, weights, known);

	const contract = order.map((p) => input.contract[p]);
	const sorted = solve(
		{ ...input, contract },
		Float64Array.from(order, (p) => weights[p]),
		known,
	);
	const isGiven = new Uint8Array(order.length);
	for (let i = 0; i < order.length; i++) isGiven[order[i]] = sorted.isGiven[i];
	return { ...sorted, isGiven };
}

function solve(input: MatchInput, weights: Weights, known: OptimalStart): OptimalMatch {
	const { userCount, contractCount } = input;
	const pairCount = input.contract.length;
	// more seats than users are never a limit
	const seats = Float64Array.from(input.seats, (count) => Math.min(count, userCount + 1));
	const users = new Uint32Array(userCount);
	for (let u = 0; u < userCount; u++) users[u] = u;
	const unit = typicalMost(weights) / 16777216;

	const { price, offBy } = known.prices
		? { price: startFrom(known.prices, contractCount), offBy: 262144 * unit }
		: coarsePrices(input, weights, seats, unit);
	const isWhole = known.listLength === undefined && pairCount <= SMALL_CITY;
	let most = isWhole ? contractCount : Math.min(known.listLength ?? LIST_LENGTH, contractCount);
	// whole numbers throughout keep every sum exact
	const reach = isWhole ? Infinity : Math.ceil(Math.min(2097152 * unit, offBy));
	let lists = listContenders(input, weights, users, price, reach, most);

	const swept = sweepOut(input, lists, seats, price, unit);
	if (spread(swept.price, price) > reach) {
		lists = listContenders(input, weights, users, swept.price, Math.ceil(262144 * unit), most);
	}
	let repair = startRepair(
		input,
		weights,
		lists,
		seats,
		swept.price,
		Math.max(32768 * unit, 4 * swept.largestMove),
	);
	balance(repair);

	for (let round = 1; ; round++) {
		const wrong: number[] = [];
		const certificate = certify(input, weights, seats, repair.price, repair.held, wrong);
		const isDone = wrong.length === 0 || round === MOST_ROUNDS;
		if (isDone) return { isGiven: maskOf(pairCount, repair), prices: repair.price, certificate };

		if (round % 4 === 0) {
			// lists were too short: wider ones, in the end whole rows
			most = Math.min(contractCount, 4 * most);
			lists = listContenders(input, weights, users, repair.price, Infinity, most);
			repair = startRepair(input, weights, lists, seats, repair.price, 1048576 * unit);
		} else {
			for (const u of wrong) {
				relist(input, weights, lists, u, repair.price, most);
				rechoose(repair, u);
			}
			measureExcess(repair);
		}
		balance(repair);
	}
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

/** Prices after sweeps over all users' lists, stopped where repairs cost no more than another sweep. */
function sweepOut(
	input: MatchInput,
	lists: Contenders,
	seats: Float64Array,
	start: Float64Array,
	unit: number,
): { price: Float64Array; largestMove: number } {
	const sweeping = startSweeping(input, lists, seats);
	const worthRepair = Math.max(16, (8 * lists.used) / (seats.length * seats.length));
	let price = start.slice();
	let next = new Float64Array(price.length);
	let largestMove = Infinity;
	let imbalanceBefore = Infinity;
	for (let sweep = 0; ; sweep++) {
		// what still moves little lets users settle whose choice stands by more
		const settleMargin = largestMove < 60000 * unit ? 8 * largestMove : 0;
		const result = sweepPrices(sweeping, price, next, 8 * largestMove, settleMargin);
		largestMove = result.largestMove;
		const isSlow = sweep > 2 && imbalanceBefore - result.imbalance < worthRepair;
		if (result.imbalance <= worthRepair || isSlow || sweep === 60) return { price, largestMove };
		[price, next] = [next, price];
		imbalanceBefore = result.imbalance;
	}
}

/** About the largest weight, from at most 65 536 of them: the scale of reaches and margins. */
function typicalMost(weights: Weights): number {
	const stride = Math.ceil(weights.length / 65536);
	let most = 1;
	for (let p = 0; p < weights.length; p += stride) if (weights[p] > most) most = weights[p];
	return most;
}

function maskOf(pairCount: number, repair: Repair): Uint8Array {
	const isGiven = new Uint8Array(pairCount);
	for (const p of repair.held) if (p >= 0) isGiven[p] = 1;
	return isGiven;
}

function nothingGiven(input: MatchInput): OptimalMatch {
	return {
		isGiven: new Uint8Array(input.contract.length),
		prices: new Float64Array(input.contractCount),
		certificate: { primal: 0, dual: 0, gap: 0 },
	};
}
