import { gainBit, LESS, loseBit, MORE, SWAP, type Plan } from '#programs/plan.ts';
import type { Metric, Participants, Report, ReportColumn } from '#programs/report.ts';
import { countOf, inTitle } from '../format.ts';
import { EVERYONE, itemWords, type Piece } from '../plan-line.ts';

const MONEY = ['cents', 'micros', 'microUsdc', 'wei'];

/** Who loses, gains or switches something, as one sentence with a number for each group, and how many that are. */
export interface PeopleSection {
	readonly count: number;
	readonly pieces: readonly Piece[];
}

/** The part of a plan that is about people, in the order to worry about: who loses, who gains, who switches. */
export function peopleSections(
	plan: Plan,
	people: Participants,
): { readonly lose: PeopleSection; readonly gain: PeopleSection; readonly swap: PeopleSection } {
	const kinds = people.itemKinds.map((_, kind) => kind);
	const noun = people.itemNoun ?? ['item', 'items'];
	const kindWords = (kind: number) => itemWords(people.itemKinds[kind], noun);
	const amount = (effect: number, size: string): Part[] =>
		people.valueNoun === undefined
			? []
			: [{ effect, verb: ['gets', 'get'], what: `a ${size} ${people.valueNoun}` }];
	const lose = kinds.map((kind): Part => ({ effect: loseBit(kind), verb: ['loses', 'lose'], what: kindWords(kind) })); // prettier-ignore
	const gain = kinds.map((kind): Part => ({ effect: gainBit(kind), verb: ['gains', 'gain'], what: kindWords(kind) })); // prettier-ignore
	return {
		lose: section(plan, people, [...lose, ...amount(LESS, 'smaller')]),
		gain: section(plan, people, [...gain, ...amount(MORE, 'larger')]),
		swap: section(plan, people, [
			{ effect: SWAP, verb: ['switches', 'switch'], what: `to another ${noun[0]}` },
		]),
	};
}

interface Part {
	readonly effect: number;
	readonly verb: readonly [string, string];
	readonly what: string;
}

function section(plan: Plan, people: Participants, parts: readonly Part[]): PeopleSection {
	const any = parts.reduce((bits, { effect }) => bits | effect, 0);
	const count = plan.effect.reduce((sum, effect) => sum + ((effect & any) !== 0 ? 1 : 0), 0);
	const pieces: Piece[] = [];
	people.groups.forEach((label, group) => {
		for (const { effect, verb, what } of parts) {
			const own = countIn(plan, people, group, effect);
			if (own === 0) continue;
			const filter = {
				...EVERYONE,
				title: `${label}: ${people.noun[1]} who ${verb[1]} ${what}`,
				group,
				effect,
			};
			pieces.push(
				{ text: `${pieces.length === 0 ? '' : '; '}${label}: ` },
				{ text: countOf(own, people.noun), filter },
				{ text: ` ${verb[own === 1 ? 0 : 1]} ${what}` },
			);
		}
	});
	return { count, pieces };
}

function countIn(plan: Plan, people: Participants, group: number, bits: number): number {
	let count = 0;
	for (let i = 0; i < plan.effect.length; i++)
		if (people.group[i] === group && (plan.effect[i] & bits) !== 0) count++;
	return count;
}

/**
 * Items of each owner (a brand's assignments, say) in production and in the draft, those that lose most first; equal
 * ones left out. An owner that only one of the two knows has none in the other.
 */
export function ownerColumns(was: Participants, people: Participants): ReportColumn[] {
	if (!people.itemOwners) return [];
	const sums = new Map<string, { before: number; after: number }>();
	const add = (side: 'before' | 'after', { item, items, itemOwners = [] }: Participants) => {
		const held = new Uint32Array(items.length);
		for (const i of item) held[i]++;
		itemOwners.forEach((owner, i) => {
			const sum = sums.get(owner) ?? { before: 0, after: 0 };
			sum[side] += held[i];
			sums.set(owner, sum);
		});
	};
	add('before', was);
	add('after', people);
	const rows = [...sums]
		.filter(([, { before, after }]) => before !== after)
		.sort(([a, was], [b, is]) => was.after - was.before - (is.after - is.before) || (a < b ? -1 : 1));
	const column = (id: string, title: string, value: (sum: { before: number; after: number }) => number) => ({
		id,
		title,
		unit: 'count' as const,
		values: Float64Array.from(rows, ([, sum]) => value(sum)),
	});
	return [
		{
			id: 'owner',
			title: inTitle(people.ownerNoun?.[0] ?? 'owner'),
			unit: 'text',
			values: rows.map(([owner]) => owner),
		},
		column('before', 'Production', ({ before }) => before),
		column('after', 'Draft', ({ after }) => after),
		{ ...column('change', 'Change', ({ before, after }) => after - before), isChange: true },
	];
}

/** Amounts of money that differ, in the order of the report. */
export function moneyRows(
	before: Report,
	after: Report,
): { readonly metric: Metric; readonly was: number | null }[] {
	return after.metrics
		.filter(({ unit }) => MONEY.includes(unit))
		.map((metric) => ({ metric, was: before.metrics.find(({ id }) => id === metric.id)?.value ?? null }))
		.filter(({ metric, was }) => metric.value !== was);
}

/** Amounts as a table: before, after and the difference. */
export function moneyColumns(rows: ReturnType<typeof moneyRows>): ReportColumn[] {
	const units = rows.map(({ metric }) => metric.unit);
	const column = (id: string, title: string, value: (row: (typeof rows)[number]) => number) => ({
		id,
		title,
		unit: 'cents' as const,
		units,
		values: Float64Array.from(rows, value),
	});
	return [
		{ id: 'amount', title: 'Amount', unit: 'text', values: rows.map(({ metric }) => metric.title) },
		column('before', 'Production', ({ was }) => was ?? NaN),
		column('after', 'Draft', ({ metric }) => metric.value ?? NaN),
		{
			...column('change', 'Change', ({ metric, was }) => (metric.value ?? NaN) - (was ?? NaN)),
			isChange: true,
		},
	];
}
