import type { StudyResult } from '../../program.ts';
import { differenceText, valueText } from '../value-text.ts';
import { bestByPaid, verdictOf, worldDifference, worldMean, WORLD_SPECS, type WorldColumns } from './world-metrics.ts'; // prettier-ignore

/** Numbers of which a verdict in words is given: paid accounts, cost per paid account, invitees per account, credit expired unused, net, registrations. */
const SAID = 6;

/**
 * Which candidate performs best, in words: the one with most paid accounts where its paired interval against every
 * other one leaves 0 out, else that no difference is shown (spec section 15.4). Then a sentence for each of the
 * others, naming what differs and what does not. Of one candidate nothing is said.
 */
export function answerOf(
	names: readonly string[],
	columns: readonly WorldColumns[],
): Pick<StudyResult, 'answer'> {
	// prettier-ignore
	if (names.length < 2) return {};
	const best = bestByPaid(columns);
	const others = names.map((_, k) => k).filter((k) => k !== best);
	const paid = others.map((k) => worldDifference(columns[best][0], columns[k][0]));
	const level = others.filter((_, i) => verdictOf(paid[i].low, paid[i].high, 'more') !== 'better');
	const mean = valueText(worldMean(columns[best][0]).mean, 'count');
	const verdict =
		level.length === 0
			? `${names[best]} performs best: most paid accounts, ${mean} on average, and more than every other candidate on the same luck`
			: `No best offer is shown: ${names[best]} has most paid accounts, ${mean} on average, but no difference shown from ${level.map((k) => names[k]).join(', ')}`;
	const sentences = [verdict, ...others.map((k) => sentenceOf(names, columns, best, k))];
	return {
		answer: { question: 'Which offer performs best?', sentences: sentences.map((each) => `${each}.`) },
	};
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
		if (verdict === 'no difference shown') unshown.push(inSentence(title));
		else {
			said.push(`${inSentence(title)} ${differenceText(mean, unit)} (${differenceText(low, unit)} to ${differenceText(high, unit)}), ${verdict}`);
		}
	}); // prettier-ignore
	if (unshown.length > 0) said.push(`no difference shown in ${unshown.join(', ')}`);
	return `${names[best]} against ${names[other]}: ${said.join('; ')}`;
}

/** A title within a sentence: in small letters. */
function inSentence(title: string): string {
	return `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}
