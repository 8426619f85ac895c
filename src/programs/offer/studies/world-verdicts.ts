import type { Notice } from '../../report.ts';
import { valueText } from '../value-text.ts';
import { bestByPaid, verdictOf, worldDifference, worldMean, WORLD_SPECS, type WorldColumns } from './world-metrics.ts'; // prettier-ignore

/** Numbers of which a verdict in words is given: paid accounts, cost per paid account, K, breakage, net, registrations. */
const SAID = 6;

/**
 * Which candidate performs best, in words: the one with most paid accounts where its paired interval against every
 * other one leaves 0 out, else that no difference is shown (spec section 15.4). Then a sentence for each of the
 * others, naming what differs and what does not. Of one candidate nothing is said.
 */
export function verdictNotices(names: readonly string[], columns: readonly WorldColumns[]): Notice[] {
	if (names.length < 2) return [];
	const best = bestByPaid(columns);
	const others = names.map((_, k) => k).filter((k) => k !== best);
	const paid = others.map((k) => worldDifference(columns[best][0], columns[k][0]));
	const level = others.filter((_, i) => verdictOf(paid[i].low, paid[i].high, 'more') !== 'better');
	const mean = valueText(worldMean(columns[best][0]).mean, 'count');
	const answer =
		level.length === 0
			? `${names[best]} performs best: most paid accounts, ${mean} on average, and more than every other candidate on the same luck`
			: `no best offer is shown: ${names[best]} has most paid accounts, ${mean} on average, but no difference shown from ${level.map((k) => names[k]).join(', ')}`;
	return [
		{ code: level.length === 0 ? 'best' : 'no-best', message: answer },
		...others.map((k) => ({ code: 'verdict', message: sentenceOf(names, columns, best, k) })),
	];
}

function sentenceOf(
	names: readonly string[],
	columns: readonly WorldColumns[],
	best: number,
	other: number,
): string {
	// prettier-ignore
	const said: string[] = [];
	const unshown: string[] = [];
	WORLD_SPECS.slice(0, SAID).forEach(({ title, unit, better }, m) => {
		const { mean, low, high, count } = worldDifference(columns[best][m], columns[other][m]);
		if (count === 0) return;
		const verdict = verdictOf(low, high, better);
		if (verdict === 'no difference shown') unshown.push(title);
		else {
			const sign = mean > 0 ? '+' : '';
			said.push(`${title} ${sign}${valueText(mean, unit)} (${valueText(low, unit)} to ${valueText(high, unit)}), ${verdict}`);
		}
	}); // prettier-ignore
	if (unshown.length > 0) said.push(`no difference shown in ${unshown.join(', ')}`);
	return `${names[best]} against ${names[other]}: ${said.join('; ')}`;
}
