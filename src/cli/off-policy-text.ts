import type { Estimate, OffPolicyResult } from '#engine/stats/off-policy.ts';
import type { Notice } from '#programs/report.ts';
import { textTable } from './text-table.ts';

/**
 * An off-policy result for people: how much overlap there is, then the estimates with standard errors and
 * intervals of the level they were made with. Where it refuses, the reasons stand in place of the estimates.
 */
export function offPolicyText(result: OffPolicyResult, level: number, notices: readonly Notice[]): string {
	const { count, effectiveSize, meanWeight, largestWeight, logged, ips, snips, doublyRobust } = result;
	const rows: [string, Estimate | null][] = [['logged', logged]];
	if (result.verdict !== 'refuse') {
		rows.push(['inverse propensity (IPS)', ips], ['self-normalised (SNIPS)', snips], ['doubly robust (DR)', doublyRobust]); // prettier-ignore
	}
	const known = rows.flatMap(([name, estimate]) => (estimate === null ? [] : [{ name, ...estimate }]));
	const table = textTable([
		{ title: 'mean reward a row', cells: known.map(({ name }) => name), isNumber: false },
		{ title: 'value', cells: known.map(({ value }) => short(value)), isNumber: true },
		{
			title: 'standard error',
			cells: known.map(({ standardError }) => short(standardError)),
			isNumber: true,
		},
		{ title: `${short(level * 100)} % interval`, cells: known.map(({ low, high }) => `${short(low)} to ${short(high)}`), isNumber: true }, // prettier-ignore
	]);

	const overlap = `${count} rows, ${short(effectiveSize)} effective; mean weight ${short(meanWeight)}, largest ${short(largestWeight)}\n`;
	const opening = result.verdict === 'refuse' ? 'refused' : 'warning';
	const doubts = result.doubts.map(({ message }) => `${opening}: ${message}\n`).join('');
	const toKnow = notices.map(({ message }) => `to know: ${message}\n`).join('');
	return `${overlap}\n${table}${doubts === '' && toKnow === '' ? '' : `\n${doubts}${toKnow}`}`;
}

/** The same for programs: the result, with null in place of what it refuses to say. */
export function offPolicyDocument(result: OffPolicyResult, level: number): object {
	const isRefused = result.verdict === 'refuse';
	const estimates = isRefused ? { ips: null, snips: null, doublyRobust: null } : {};
	return { ...result, ...estimates, level };
}

function short(value: number): string {
	return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '–';
}
