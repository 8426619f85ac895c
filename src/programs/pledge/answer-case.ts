import { found, inputError } from '../input-error.ts';
import {
	bufferPatrons,
	capCents,
	grossCents,
	halfEven,
	isInZone,
	pledgeValue,
	proRata,
	projectIncome,
} from './arithmetic.ts';
import type { PledgeLevers } from './levers.ts';
import { outcomeOf } from './outcome.ts';
import { isDocument, readCaseConfig } from './read-case-config.ts';
import { readCase } from './read-case.ts';
import { pledgeResult } from './result.ts';
import { simulate } from './simulate.ts';

/**
 * Answers one case: `{scenario}` with the result of spec section 11, or `{fn, in, config}` with a single sum.
 * Throws an `InputError` whose first issue carries the code of spec section 13.
 */
export function answerPledgeCase(input: unknown): unknown {
	if (!isDocument(input)) {
		throw inputError(
			'input',
			`invalid case: ${found(input)}; must be an object with scenario or fn`,
			'E_SCENARIO',
		);
	}
	if (input.fn !== undefined) return answerSum(input.fn, input.in, input.config ?? {});
	const { data, levers } = readCase(input.scenario);
	return pledgeResult(outcomeOf(simulate(data, levers)));
}

type Sum = (levers: PledgeLevers, values: readonly number[], debts: readonly number[]) => unknown;

const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
	['value', (levers, [crowd]) => bounded(pledgeValue(levers.baseRate, crowd))],
	['income', (levers, [crowd]) => bounded(projectIncome(levers.baseRate, crowd))],
	['halfEven', (_, [numerator, denominator]) => halfEven(numerator, denominator)],
	['gross', (levers, [cents]) => bounded(grossCents(cents, levers))],
	['capCents', (levers, [limit]) => capCents(limit, levers)],
	['inZone', (levers, [projection, limit]) => isInZone(projection, limit, levers.warn)],
	['bufferPatrons', (levers, [crowd]) => bufferPatrons(crowd, levers.buffer)],
	['proRata', (_, [net], debts) => [...proRata(net, Float64Array.from(debts))]],
]);

function answerSum(fn: unknown, args: unknown, config: unknown): unknown {
	const sum = typeof fn === 'string' ? SUMS.get(fn) : undefined;
	if (!sum)
		throw inputError(
			'fn',
			`unknown sum: ${found(fn)}; must be one of ${[...SUMS.keys()].join(', ')}`,
			'E_SCENARIO',
		);
	if (!isDocument(config)) {
		throw inputError('config', `invalid configuration: ${found(config)}; must be an object`, 'E_SCENARIO');
	}
	const given: readonly unknown[] = Array.isArray(args) ? args : [];
	const isWhole = (value: unknown): value is number =>
		typeof value === 'number' && Number.isSafeInteger(value);
	const last: unknown = given[given.length - 1];
	const debts = Array.isArray(last) ? last : [];
	const values = Array.isArray(last) ? given.slice(0, -1) : given;
	if (given.length === 0 || !values.every(isWhole) || !debts.every(isWhole)) {
		throw inputError('in', `invalid arguments: ${found(args)}; must be a list of whole numbers`, 'E_AMOUNT');
	}
	return sum(readCaseConfig(config), values, debts);
}

function bounded(amount: number): number {
	if (amount <= Number.MAX_SAFE_INTEGER) return amount;
	throw inputError('out', `amount too large: beyond ${Number.MAX_SAFE_INTEGER}`, 'E_OVERFLOW');
}
