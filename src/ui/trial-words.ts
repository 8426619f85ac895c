import type { Report } from '#programs/report.ts';
import type { PersonalTrial } from '#workers/protocol.ts';
import { countOf } from './format.ts';
import { EVERYONE, planLine, type Piece } from './plan-line.ts';

/** What a trial changed: for the person herself, and for everyone else with numbers that open the lists. */
export interface TrialWords {
	readonly hers: string;
	readonly others: readonly Piece[];
}

/** A trial in words. `person` is her id, `groupNoun` what groups are called, one and many. */
export function trialWords(
	trial: PersonalTrial,
	person: string,
	groupNoun: readonly [string, string],
): TrialWords {
	const people = trial.result.report.participants;
	const { plan } = trial.result;
	const [held, holds] = [heldBy(trial.before, person), heldBy(trial.result.report, person)];
	const hers = heldWords(held, holds, people?.itemNoun ?? ['item', 'items']);
	if (!plan || !people) return { hers, others: [] };
	const i = people.ids.indexOf(person);
	const count = plan.movedCount - (i >= 0 && plan.effect[i] !== 0 ? 1 : 0);
	if (count === 0) return { hers, others: [{ text: 'Nobody else gains, loses or switches anything.' }] };
	const filter = { ...EVERYONE, title: 'Whom the trial moves', effect: 255 };
	return {
		hers,
		others: [
			{ text: countOf(count, [`other ${people.noun[0]}`, `other ${people.noun[1]}`]), filter },
			{ text: ` would be affected. With her counted: ` },
			...planLine(plan, people, groupNoun),
		],
	};
}

/** Names of what someone holds, in order; null where she takes no part. */
function heldBy(report: Report, person: string): readonly string[] | null {
	const people = report.participants;
	const i = people?.ids.indexOf(person) ?? -1;
	if (!people || i < 0) return null;
	return Array.from(people.item.subarray(people.itemStart[i], people.itemStart[i + 1]), (item) => {
		const owner = people.itemOwners?.[item];
		return owner === undefined ? people.items[item] : `${owner} (${people.items[item]})`;
	});
}

function heldWords(
	held: readonly string[] | null,
	holds: readonly string[] | null,
	noun: readonly [string, string],
): string {
	if (held === null || holds === null) return 'She takes no part.';
	const gained = holds.filter((item) => !held.includes(item));
	const lost = held.filter((item) => !holds.includes(item));
	if (gained.length === 0 && lost.length === 0) {
		return held.length === 0 ? `She still gets no ${noun[0]}.` : `She keeps the ${countOf(held.length, noun)} she has.`;
	}
	const parts = [
		...(gained.length > 0 ? [`would get ${gained.join(' and ')}`] : []),
		...(lost.length > 0 ? [`would lose ${lost.join(' and ')}`] : []),
	];
	return `She ${parts.join(', and ')}.`;
} // prettier-ignore
