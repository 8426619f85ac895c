import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import { answerPledgeCase } from '#programs/pledge/answer-case.ts';
import type { PledgeResult } from '#programs/pledge/result.ts';
import { differences } from './compare.ts';

interface Trigger {
	seq: number;
	project: string;
	losses: { over: string[]; patron: string }[];
}
interface Run {
	label: string;
	config?: object;
	draws?: number[];
	expect: object;
	checkpoints?: [number, number[]][];
}
interface Case {
	name: string;
	scenario: { config: object; projects: string[]; events: object[] };
	runs?: Run[];
	seeds?: [number, number];
	config?: object;
	always?: object;
	alwaysTriggers?: { seq: number; project: string; losses: number; eligible?: string[] }[];
	tally?: { seq: number; patrons: string[]; band: [number, number] };
	meanLosses?: [number, number];
}
interface Vector {
	name: string;
	kind: string;
	tests?: { fn: string; in: unknown; config?: object; out: unknown; about: string; scenario: unknown; error: string; event: number | null }[]; // prettier-ignore
	cases?: Case[];
}

const folder = join(import.meta.dirname, 'vectors');
const vectors = readdirSync(folder)
	.sort()
	.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Vector);

const answer = (scenario: unknown) => answerPledgeCase({ scenario }) as PledgeResult;
const triggersOf = (result: PledgeResult) => result.triggers as unknown as Trigger[];

describe.each(vectors)('pledge vectors $name', ({ kind, tests = [], cases = [] }) => {
	it(`the file holds something to check`, () => {
		expect(tests.length + cases.length).toBeGreaterThan(0);
	});

	if (kind === 'arithmetic') {
		it.each(tests)('$fn of $in is $out', ({ fn, in: values, config, out }) => {
			expect(answerPledgeCase({ fn, in: values, config })).toEqual(out);
		});
	}
	if (kind === 'errors') {
		it.each(tests)('rejects: $about', ({ scenario, error, event }) => {
			const thrown = thrownBy(() => answer(scenario));
			expect([thrown?.issues[0].code, thrown?.facts.event ?? null]).toEqual([error, event]);
		});
	}
	for (const { name, scenario, runs = [] } of cases) {
		it.each(runs)(`${name}, $label`, (run) => {
			const config = { ...scenario.config, ...run.config };
			const whole = { ...scenario, config, ...(run.draws ? { draws: run.draws } : {}) };
			expect(differences(run.expect, answer(whole))).toEqual([]);
			for (const [last, crowds] of run.checkpoints ?? []) {
				const { final } = answer({ ...whole, events: scenario.events.slice(0, last + 1) });
				const found = scenario.projects.map(
					(id) => (final.projects as Record<string, { patrons: number }>)[id].patrons,
				);
				expect(found).toEqual(crowds);
			}
		});
	}
	for (const seeded of cases.filter(({ seeds }) => seeds)) {
		it(`${seeded.name}, whatever the luck`, () => checkSeeds(seeded));
	}
});

function checkSeeds({
	scenario,
	seeds = [0, 0],
	config,
	always,
	alwaysTriggers = [],
	tally,
	meanLosses,
}: Case) {
	const problems: string[] = [];
	const lost = new Map((tally?.patrons ?? []).map((id) => [id, 0]));
	let losses = 0;
	for (let seed = seeds[0]; seed <= seeds[1]; seed++) {
		const result = answer({ ...scenario, config: { ...scenario.config, ...config, seed } });
		problems.push(...differences(always ?? {}, result, `seed ${seed}`));
		for (const want of alwaysTriggers) {
			const trigger = triggersOf(result).find(({ seq }) => seq === want.seq);
			if (trigger?.project !== want.project || trigger.losses.length !== want.losses) {
				problems.push(`seed ${seed}: trigger ${want.seq}: ${JSON.stringify(trigger)}`);
			} else if (want.eligible) {
				const [first] = trigger.losses;
				if (first.over.toSorted().join() !== want.eligible.toSorted().join())
					problems.push(`seed ${seed}: over list`);
				if (!want.eligible.includes(first.patron)) problems.push(`seed ${seed}: loser`);
			}
		}
		losses += (result.metrics as { losses: number }).losses;
		for (const { patron } of triggersOf(result).find(({ seq }) => seq === tally?.seq)?.losses ?? []) {
			lost.set(patron, (lost.get(patron) ?? 0) + 1);
		}
	}
	expect(problems).toEqual([]);
	if (tally) {
		for (const count of lost.values()) expect(count).toBeGreaterThanOrEqual(tally.band[0]);
		for (const count of lost.values()) expect(count).toBeLessThanOrEqual(tally.band[1]);
	}
	if (meanLosses) {
		const mean = losses / (seeds[1] - seeds[0] + 1);
		expect(mean).toBeGreaterThanOrEqual(meanLosses[0]);
		expect(mean).toBeLessThanOrEqual(meanLosses[1]);
	}
}

function thrownBy(act: () => unknown): InputError | null {
	try {
		act();
		return null;
	} catch (error) {
		if (error instanceof InputError) return error;
		throw error;
	}
}
