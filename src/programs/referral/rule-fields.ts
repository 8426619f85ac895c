import { z } from 'zod';
import { found } from '../input-error.ts';

/**
 * Readers of single fields of an edition, as zod schemas whose issues carry the spec's codes (section 9.3) in
 * `params.code`. Every one takes `undefined` for a missing field, so that all faults of an edition come at once.
 */

/** A price in micro-USDC, or a market of events. */
export interface SubregistryId {
	readonly chainId: number;
	/** in lower case */
	readonly address: string;
}

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const DIGITS = /^[0-9]+$/;

/** The address in lower case, or null for what is not 0x and 40 hex digits. */
export function readAddress(value: unknown): string | null {
	return typeof value === 'string' && ADDRESS.test(value) ? value.toLowerCase() : null;
}

/** A whole number without loss, -0 as 0, or null. */
export function readInteger(value: unknown): number | null {
	return Number.isSafeInteger(value) ? (value as number) + 0 : null;
}

/** An amount: ASCII digits and nothing else, or a safe non-negative whole number; else null. */
export function readAmount(value: unknown): bigint | null {
	if (typeof value === 'string') return DIGITS.test(value) ? BigInt(value) : null;
	const number = readInteger(value);
	return number !== null && number >= 0 ? BigInt(number) : null;
}

/** The own entries of an object that is no list, or null. Keys such as `__proto__` are keys like any other. */
export function readEntries(value: unknown): Map<string, unknown> | null {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
	return new Map(Object.entries(value));
}

type Add = (code: string, message: string, path?: readonly (string | number)[]) => void;

/** A schema of a reader that gives the value, or reports issues and gives undefined. */
function field<T>(read: (value: unknown, add: Add) => T | undefined) {
	return z.unknown().transform((value, context): T => {
		let isFaulty = false;
		const result = read(value, (code, message, path = []) => {
			isFaulty = true;
			context.issues.push({ code: 'custom', input: value, message, path: [...path], params: { code } });
		});
		return isFaulty || result === undefined ? z.NEVER : result;
	});
}

/** A value that `read` takes, or one issue of `code` that says what it must be. */
function simple<T>(code: string, must: string, read: (value: unknown) => T | null) {
	return field<T>((value, add) => {
		const result = read(value);
		if (result === null)
			add(code, `${value === undefined ? 'missing' : `invalid: ${found(value)}`}; must be ${must}`);
		return result ?? undefined;
	});
}

/** Unix seconds. */
export const timestamp = simple('rules.timestamp.invalid', 'a whole number of Unix seconds', readInteger);

/** `{ chainId, address }` and nothing else; the address comes out in lower case. */
export const subregistryId = field<SubregistryId>((value, add) => {
	const code = 'rules.subregistry.invalid';
	const entries = readEntries(value);
	if (!entries) {
		add(code, `invalid market: ${found(value)}; must be { chainId, address }`);
		return undefined;
	}
	const extra = [...entries.keys()].filter((key) => key !== 'chainId' && key !== 'address');
	if (extra.length > 0) add(code, `unknown keys: ${extra.join(', ')}; must be chainId and address only`);
	const chainId = readInteger(entries.get('chainId'));
	if (chainId === null || chainId < 1) {
		add(code, `invalid chain id: ${found(entries.get('chainId'))}; must be a whole number from 1`, [
			'chainId',
		]);
	}
	const address = readAddress(entries.get('address'));
	if (address === null) {
		add(code, `invalid address: ${found(entries.get('address'))}; must be 0x and 40 hex digits`, ['address']);
	}
	return { chainId: chainId ?? 0, address: address ?? '' };
});

/** An absolute address of a page, as the URL prints. */
export const absoluteUrl = simple('rules.url.invalid', 'an absolute URL', (value) => {
	if (typeof value !== 'string' || !URL.canParse(value)) return null;
	return new URL(value).href;
});

/** true or false. */
export const flag = simple('rules.flag.invalid', 'true or false', (value) =>
	typeof value === 'boolean' ? value : null,
);

/** As `flag`; a missing one is false, as older files lack it. */
export const lenientFlag = simple('rules.flag.invalid', 'true or false', (value) =>
	value === undefined ? false : typeof value === 'boolean' ? value : null,
);

function readPrice(value: unknown, add: Add): bigint | undefined {
	const code = 'rules.price.invalid';
	const entries = readEntries(value);
	if (!entries) {
		add(
			code,
			`${value === undefined ? 'missing price' : `invalid price: ${found(value)}`}; must be { amount, currency }`,
		);
		return undefined;
	}
	const extra = [...entries.keys()].filter((key) => key !== 'amount' && key !== 'currency');
	if (extra.length > 0) add(code, `unknown keys: ${extra.join(', ')}; must be amount and currency only`);
	const amount = readAmount(entries.get('amount'));
	if (amount === null) {
		add(code, `invalid amount: ${found(entries.get('amount'))}; must be digits, in micro-USDC`, ['amount']);
	}
	if (entries.get('currency') !== 'USDC') {
		add('rules.price.currency', `invalid currency: ${found(entries.get('currency'))}; must be USDC`, [
			'currency',
		]);
	}
	return amount ?? undefined;
}

/** A price in micro-USDC. */
export const price = field<bigint>(readPrice);

/** A price that may be missing. */
export const optionalPrice = field<bigint | null>((value, add) =>
	value === undefined ? null : readPrice(value, add),
);

/** A price that stands for `fallback` when missing. */
export function priceOr(fallback: bigint) {
	return field<bigint>((value, add) => (value === undefined ? fallback : readPrice(value, add)));
}

/** Paid ranks: a whole number ≥ 0. */
export const places = simple('rules.maxQualifiedReferrers.invalid', 'a whole number from 0', (value) => {
	const number = readInteger(value);
	return number !== null && number >= 0 ? number : null;
});

/** A share: 0 ≤ x ≤ 1. */
export const share = simple('rules.qualifiedRevenueShare.range', 'a number from 0 to 1', (value) =>
	typeof value === 'number' && value >= 0 && value <= 1 ? value + 0 : null,
);

/** Strength of the boost: a number ≥ 0, 1 when missing. */
export const boostStrength = simple('rules.boostStrength.range', 'a number from 0', (value) => {
	if (value === undefined) return 1;
	return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value + 0 : null;
});

/** How the pool is settled: `race` when missing. */
export const settlement = simple<'race' | 'pro-rata'>(
	'rules.settlement.invalid',
	'race or pro-rata',
	(value) => {
		if (value === undefined) return 'race';
		return value === 'race' || value === 'pro-rata' ? value : null;
	},
);

/** What staff said about a referrer. */
export interface AdminAction {
	readonly actionType: 'Disqualification' | 'Warning';
	/** in lower case */
	readonly referrer: string;
	readonly reason: string;
	/** entries of the action that mean nothing here, kept for export */
	readonly extra: readonly (readonly [string, unknown])[];
}

/** Actions without what was kept for export alone. */
export function plainActions(actions: readonly AdminAction[]): Omit<AdminAction, 'extra'>[] {
	return actions.map(({ actionType, referrer, reason }) => ({ actionType, referrer, reason }));
}

/** Admin actions, at most one per referrer; none when missing. */
export const adminActions = field<readonly AdminAction[]>((value, add) => {
	if (value === undefined) return [];
	if (!Array.isArray(value)) {
		add('rules.adminActions.type', `invalid admin actions: ${found(value)}; must be a list`);
		return undefined;
	}
	const seen = new Set<string>();
	const actions = value.map((item: unknown, i): AdminAction => {
		const entries = readEntries(item) ?? new Map<string, unknown>();
		const [type, reason] = [entries.get('actionType'), entries.get('reason')];
		if (type !== 'Disqualification' && type !== 'Warning') {
			add('rules.adminActions.type', `invalid action: ${found(type)}; must be Disqualification or Warning`, [i, 'actionType']); // prettier-ignore
		}
		const referrer = readAddress(entries.get('referrer'));
		if (referrer === null) {
			add('rules.adminActions.referrer', `invalid address: ${found(entries.get('referrer'))}; must be 0x and 40 hex digits`, [i, 'referrer']); // prettier-ignore
		} else if (seen.has(referrer)) {
			add('rules.adminActions.duplicate', `duplicate action on ${referrer}; keep one per referrer`);
		} else seen.add(referrer);
		const text = typeof reason === 'string' ? reason.trim() : '';
		if (text === '') add('rules.adminActions.reason', 'missing reason; must say why', [i, 'reason']);
		const known = new Set(['actionType', 'referrer', 'reason']);
		return {
			actionType: type === 'Warning' ? 'Warning' : 'Disqualification',
			referrer: referrer ?? '',
			reason: text,
			extra: [...entries].filter(([key]) => !known.has(key)),
		};
	});
	return actions;
});
