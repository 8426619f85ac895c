import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerCase } from '#programs/referral/answer-case.ts';

interface Case {
	readonly id: string;
	readonly kind: 'run' | 'parse';
	readonly input: { readonly eventsFrom?: string; readonly events?: unknown };
	readonly expected: {
		readonly accepted?: boolean;
		readonly editions?: readonly { readonly exported?: unknown }[];
		readonly issues?: readonly { readonly path: unknown; readonly code: string }[];
		readonly accountingCount?: number;
		readonly accountingSample?: readonly { readonly index: number }[];
	};
}

interface Answer {
	readonly accepted?: boolean;
	readonly editions?: readonly { readonly exported?: unknown }[];
	readonly issues?: readonly { readonly path: unknown; readonly code: string }[];
	readonly accounting?: readonly unknown[];
}

const FLOATS = new Set([
	'score', 'finalScoreBoost', 'finalScore', 'awardPoolShare', 'effectiveRevenueShare', 'grandTotalQualifiedReferrersFinalScore', 'minFinalScoreToQualify',
]); // prettier-ignore

/** What differs from what is wanted; more fields than wanted do no harm. */
function differences(want: unknown, got: unknown, path: string): string[] {
	if (typeof want === 'number' && typeof got === 'number') {
		const slack = FLOATS.has(path.slice(path.lastIndexOf('.') + 1)) ? 1e-12 : 0;
		return want === got || Math.abs(want - got) <= slack * Math.max(1, Math.abs(want))
			? []
			: [`${path}: ${want} ≠ ${got}`];
	}
	if (Array.isArray(want)) {
		if (!Array.isArray(got) || got.length !== want.length) return [`${path}: not a list of ${want.length}`];
		return want.flatMap((item, i) => differences(item, got[i], `${path}[${i}]`));
	}
	if (typeof want === 'object' && want !== null) {
		if (typeof got !== 'object' || got === null) return [`${path}: not an object`];
		return Object.entries(want).flatMap(([key, value]) =>
			Object.hasOwn(got, key)
				? differences(value, (got as Record<string, unknown>)[key], `${path}.${key}`)
				: [`${path}.${key}: missing`],
		);
	}
	return want === got ? [] : [`${path}: ${JSON.stringify(want)} ≠ ${JSON.stringify(got)}`];
}

function faults({ kind, expected }: Case, answer: Answer): string[] {
	if (kind === 'run') {
		const { accountingSample = [], accountingCount, ...rest } = expected;
		const samples = accountingSample.flatMap(({ index, ...want }) =>
			differences(want, answer.accounting?.[index], `accounting[${index}]`),
		);
		const isCounted = accountingCount === undefined || answer.accounting?.length === accountingCount;
		return [
			...differences(rest, answer, 'result'),
			...samples,
			...(isCounted ? [] : ['accounting: wrong length']),
		];
	}
	if (expected.accepted) {
		const texts = expected.editions?.flatMap((edition, i) =>
			!('exported' in edition) ||
			JSON.stringify(edition.exported) === JSON.stringify(answer.editions?.[i].exported)
				? []
				: [`editions[${i}].exported: other text`],
		);
		return [
			...differences({ accepted: true, editions: expected.editions }, answer, 'result'),
			...(texts ?? []),
		];
	}
	const reported = new Set(answer.issues?.map(({ path, code }) => JSON.stringify([path, code])));
	const missing = expected.issues?.filter(({ path, code }) => !reported.has(JSON.stringify([path, code])));
	return [
		...(answer.accepted === false ? [] : ['accepted']),
		...(missing ?? []).map((issue) => `not reported: ${JSON.stringify(issue)}`),
	];
}

const folder = new URL('vectors/', import.meta.url);

for (const name of readdirSync(folder)) {
	const { cases } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { cases: Case[] };
	describe(`referral vectors ${name}`, () => {
		for (const one of cases) {
			it(`gives what ${one.id} expects`, () => {
				const { eventsFrom, ...input } = one.input;
				const events = cases.find((other) => other.id === eventsFrom)?.input.events;
				const answer = answerCase(events === undefined ? input : { ...input, events }) as Answer;
				// what an answer holds must survive the line protocol
				expect(faults(one, JSON.parse(JSON.stringify(answer)) as Answer)).toEqual([]);
			});
		}
	});
}
