import { found, inputError, type InputError } from '../input-error.ts';
import { CENT, capCents } from './arithmetic.ts';
import {
	MOST_MICROS,
	PICKS,
	POLICIES,
	POLICIES_WITH_PICK,
	defaultLevers,
	type Pick,
	type PledgeLevers,
	type Policy,
} from './levers.ts';

/** A JSON object as found. */
export type Document = Readonly<Record<string, unknown>>;

const LEVERS = [
	'policy',
	'pick',
	'baseRate',
	'limitDefault',
	'warn',
	'warnRepeat',
	'buffer',
	'expiryDays',
	'minimumCharge',
	'fee',
	'feesWithinLimit',
	'flapDays',
	'wishlist',
	'seed',
];

/**
 * Reads the configuration of a scenario in the specification's own format, missing levers at their defaults.
 * Stricter than a configuration document: unknown levers and a pick without use are errors, and the first
 * problem in the order of spec section 13 is thrown, alone.
 */
export function readCaseConfig(config: Document): PledgeLevers {
	const given = (key: string) => Object.hasOwn(config, key) && config[key] !== undefined;
	const unknown = Object.keys(config).find((key) => !LEVERS.includes(key));
	if (unknown !== undefined) {
		throw problem(unknown, `unknown lever; must be one of ${LEVERS.join(', ')}`, 'E_CONFIG_KEY');
	}
	const whole = (key: string, min: number, max: number, code: string, preset: number) =>
		given(key) ? wholeIn(config[key], key, min, max, code) : preset;
	const toggle = (key: string, code: string, preset: boolean) =>
		given(key) ? booleanOf(config[key], key, code) : preset;

	const levers = defaultLevers();
	if (given('policy')) levers.policy = wordOf(config.policy, 'policy', POLICIES, 'E_CONFIG_POLICY');
	levers.pick = readPick(given('pick') ? config.pick : null, levers.policy);
	levers.baseRate = whole('baseRate', 1, 100_000_000, 'E_CONFIG_BASE_RATE', levers.baseRate);
	if (given('warn')) levers.warn = readWarn(config.warn, levers.warn);
	if (given('warnRepeat')) {
		levers.warnRepeat = wordOf(
			config.warnRepeat,
			'warnRepeat',
			['entry', 'oncePerMonth'] as const,
			'E_CONFIG_WARN',
		);
	}
	if (given('buffer')) levers.buffer = readBuffer(config.buffer);
	levers.expiryDays = whole('expiryDays', 1, 3650, 'E_CONFIG_EXPIRY', levers.expiryDays);
	if (given('fee')) levers.fee = readFee(config.fee);
	levers.feesWithinLimit = toggle('feesWithinLimit', 'E_CONFIG_FEE', levers.feesWithinLimit);
	levers.minimumCharge = whole('minimumCharge', CENT, MOST_MICROS, 'E_CONFIG_MINIMUM', levers.minimumCharge);
	levers.limitDefault = whole('limitDefault', 1, MOST_MICROS, 'E_CONFIG_LIMIT', levers.limitDefault);
	if (capCents(levers.limitDefault, levers) * CENT < levers.minimumCharge) {
		throw problem(
			'limitDefault',
			`invalid limit: ${levers.limitDefault}; must carry one minimum charge of ${levers.minimumCharge} micros`,
			'E_CONFIG_LIMIT',
		);
	}
	levers.flapDays = whole('flapDays', 0, 3650, 'E_CONFIG_FLAP', levers.flapDays);
	levers.wishlist = toggle('wishlist', 'E_CONFIG_WISHLIST', levers.wishlist);
	levers.seed = whole('seed', 0, 4_294_967_295, 'E_CONFIG_SEED', levers.seed);
	return levers;
}

/** Is a value a JSON object, not a list and not null? */
export function isDocument(value: unknown): value is Document {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readPick(value: unknown, policy: Policy): Pick | null {
	if (value === null) return null;
	const pick = wordOf(value, 'pick', PICKS, 'E_CONFIG_PICK');
	if (POLICIES_WITH_PICK.includes(policy)) return pick;
	throw problem(
		'pick',
		`mismatched: "${pick}"; policy ${policy} has no pick; leave it out or choose one of ${POLICIES_WITH_PICK.join(', ')}`,
		'E_CONFIG_PICK',
	);
}

function readWarn(value: unknown, preset: PledgeLevers['warn']): PledgeLevers['warn'] {
	const warn = documentOf(value, 'warn', 'E_CONFIG_WARN');
	const mode = wordOf(warn.mode, 'warn.mode', ['fraction', 'absolute'] as const, 'E_CONFIG_WARN');
	if (mode === 'fraction')
		return { ...preset, mode, bp: wholeIn(warn.bp, 'warn.bp', 0, 10_000, 'E_CONFIG_WARN') };
	return { ...preset, mode, micros: wholeIn(warn.micros, 'warn.micros', 0, MOST_MICROS, 'E_CONFIG_WARN') };
}

function readBuffer(value: unknown): PledgeLevers['buffer'] {
	const buffer = documentOf(value, 'buffer', 'E_CONFIG_BUFFER');
	return {
		bp: wholeIn(buffer.bp, 'buffer.bp', 0, 1_000_000, 'E_CONFIG_BUFFER'),
		patrons: wholeIn(buffer.patrons, 'buffer.patrons', 0, 1_000_000_000, 'E_CONFIG_BUFFER'),
	};
}

function readFee(value: unknown): PledgeLevers['fee'] {
	const fee = documentOf(value, 'fee', 'E_CONFIG_FEE');
	return {
		bp: wholeIn(fee.bp, 'fee.bp', 0, 5000, 'E_CONFIG_FEE'),
		fixedCents: wholeIn(fee.fixedCents, 'fee.fixedCents', 0, 10_000, 'E_CONFIG_FEE'),
	};
}

function documentOf(value: unknown, path: string, code: string): Document {
	if (isDocument(value)) return value;
	throw problem(path, `invalid value: ${found(value)}; must be an object`, code);
}

function wholeIn(value: unknown, path: string, min: number, max: number, code: string): number {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
	throw problem(path, `invalid value: ${found(value)}; must be a whole number from ${min} to ${max}`, code);
}

function booleanOf(value: unknown, path: string, code: string): boolean {
	if (typeof value === 'boolean') return value;
	throw problem(path, `invalid value: ${found(value)}; must be true or false`, code);
}

function wordOf<T extends string>(value: unknown, path: string, words: readonly T[], code: string): T {
	const word = words.find((candidate) => candidate === value);
	if (word !== undefined) return word;
	throw problem(path, `invalid value: ${found(value)}; must be one of ${words.join(', ')}`, code);
}

function problem(path: string, message: string, code: string): InputError {
	return inputError(`config.${path}`, message, code, { path: `config.${path}` });
}
