import type { Rules } from '#programs/referral/rules.ts';
import type { RawEvent } from './arbitrary.ts';

/** The slow obvious version of both models, step by step as the spec tells it: maps, bigints and sorting. */

export interface OracleRow {
	readonly referrer: string;
	readonly isQualified: boolean;
	readonly duration: bigint;
	readonly award: bigint;
}

interface OracleResult {
	/** in rank order */
	readonly rows: readonly OracleRow[];
	readonly left: bigint;
	/** awards by event, in the order of events */
	readonly byEvent: readonly { readonly id: string; readonly award: bigint }[];
}

const YEAR = 31_556_952n;
const smaller = (a: bigint, b: bigint) => (a < b ? a : b);

/** A decimal such as 0.29 or 1e-7 as a fraction. */
function fraction(value: number): readonly [bigint, bigint] {
	const [digits, exponent = '0'] = String(value).split('e');
	const [whole, part = ''] = digits.split('.');
	let [num, den] = [BigInt(whole + part), 1n];
	for (let i = 0; i < part.length - Number(exponent); i++) den *= 10n;
	for (let i = 0; i < Number(exponent) - part.length; i++) num *= 10n;
	return [num, den];
}

export function oracle(events: readonly RawEvent[], rules: Rules, accurateAsOf: number): OracleResult {
	const counted = events
		.filter((event) => {
			const market = event.subregistryId ?? rules.subregistryId;
			return (
				rules.startTime <= event.timestamp &&
				event.timestamp <= rules.endTime &&
				event.timestamp <= accurateAsOf &&
				event.referrer !== null &&
				!/^0x0+$/.test(event.referrer) &&
				market.chainId === rules.subregistryId.chainId &&
				market.address === rules.subregistryId.address
			);
		})
		.sort((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1));
	const out = new Set(rules.adminActions.filter((action) => action.actionType === 'Disqualification').map((action) => action.referrer)); // prettier-ignore
	const durations = new Map<string, bigint>();
	for (const { referrer, incrementalDuration } of counted) {
		durations.set(referrer ?? '', (durations.get(referrer ?? '') ?? 0n) + BigInt(incrementalDuration));
	}
	return rules.dataModelType === 'pie-split'
		? pie(durations, out, rules)
		: revShare(counted, durations, out, rules);
}

type Pie = Extract<Rules, { dataModelType: 'pie-split' }>;
type RevShare = Extract<Rules, { dataModelType: 'rev-share-limit' }>;

function pie(durations: ReadonlyMap<string, bigint>, out: ReadonlySet<string>, rules: Pie): OracleResult {
	const order = [...durations].sort(
		([a, x], [b, y]) =>
			Number(out.has(a)) - Number(out.has(b)) || (x !== y ? (x > y ? -1 : 1) : a > b ? -1 : 1),
	);
	const [num, den] = fraction(rules.boostStrength);
	const places = BigInt(rules.maxQualifiedReferrers);
	// the final score in units of a second over den (N − 1)
	const parts = order.map(([referrer, duration], i) => {
		if (i >= rules.maxQualifiedReferrers || out.has(referrer)) return 0n;
		const gaps = places === 1n ? 1n : places - 1n;
		const boost = places === 1n ? 1n : places - 1n - BigInt(i);
		return duration * (gaps * den + num * boost);
	});
	const sum = parts.reduce((a, b) => a + b, 0n);
	const rows = order.map(([referrer, duration], i) => ({
		referrer,
		duration,
		isQualified: i < rules.maxQualifiedReferrers && !out.has(referrer),
		award: sum === 0n ? 0n : (rules.awardPool * parts[i]) / sum,
	}));
	return { rows, left: rules.awardPool - rows.reduce((a, row) => a + row.award, 0n), byEvent: [] };
}

function revShare(
	counted: readonly RawEvent[],
	durations: ReadonlyMap<string, bigint>,
	out: ReadonlySet<string>,
	rules: RevShare,
): OracleResult {
	const [num, den] = fraction(rules.qualifiedRevenueShare);
	const most = rules.maxAwardPerReferrer;
	const q = (seconds: bigint) => (rules.qualifiedRevenuePerYear * seconds) / YEAR;
	const isQualified = (referrer: string) => q(durations.get(referrer) ?? 0n) >= rules.minQualifiedRevenueContribution && !out.has(referrer); // prettier-ignore
	const state = new Map(
		[...durations.keys()].map((referrer) => [referrer, { total: 0n, claimed: false, claims: 0n, award: 0n }]),
	);
	let remaining = rules.awardPool;
	const byEvent: { id: string; award: bigint }[] = [];
	for (const { id, referrer, incrementalDuration } of counted) {
		const own = state.get(referrer ?? '');
		if (!own) throw new Error('a counted event has a referrer');
		own.total += BigInt(incrementalDuration);
		let claim = 0n;
		if (!out.has(referrer ?? '')) {
			if (own.claimed) claim = (q(BigInt(incrementalDuration)) * num) / den;
			else if (q(own.total) >= rules.minQualifiedRevenueContribution) {
				claim = (q(own.total) * num) / den;
				own.claimed = true;
			}
		}
		if (most !== null) claim = smaller(claim, most - own.claims);
		own.claims += claim;
		const award = smaller(claim, remaining);
		remaining -= award;
		own.award += award;
		byEvent.push({ id, award });
	}
	if (rules.settlement === 'pro-rata') {
		const due = (referrer: string) => {
			const uncapped = (q(durations.get(referrer) ?? 0n) * num) / den;
			return !isQualified(referrer) ? 0n : most === null ? uncapped : smaller(uncapped, most);
		};
		const sum = [...durations.keys()].reduce((a, referrer) => a + due(referrer), 0n);
		remaining = rules.awardPool;
		for (const [referrer, own] of state) {
			own.award = sum > rules.awardPool ? (rules.awardPool * due(referrer)) / sum : due(referrer);
			remaining -= own.award;
		}
	}
	const rows = [...state].map(([referrer, own]) => ({ referrer, duration: own.total, isQualified: isQualified(referrer), award: own.award })); // prettier-ignore
	rows.sort((a, b) => {
		if (a.award !== b.award) return a.award > b.award ? -1 : 1;
		if (a.duration !== b.duration) return a.duration > b.duration ? -1 : 1;
		return a.referrer > b.referrer ? -1 : 1;
	});
	return { rows, left: remaining, byEvent };
}
