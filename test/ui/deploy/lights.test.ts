import { describe, expect, it } from 'vitest';
import { checklistState } from '../../../src/programs/bundle/checklist.ts';
import { allLights, blockers, type Surroundings } from '../../../src/ui/deploy/lights.ts';
import { goodBundle, toyReport } from '../../programs/bundle/toy-bench.ts';

const report = toyReport({ seed: 7 });
const fine: Surroundings = { again: report.outcomeHash, proofs: [], editCount: 0, overwriteCount: 0 };
const bundle = goodBundle();
const ticked = checklistState(bundle.approvals, bundle.contentHash);
const codes = (around: Partial<Surroundings>, of = report) =>
	blockers(allLights(of, { ...fine, ...around }), ticked).map(({ code }) => code);

describe('the lights of Deploy', () => {
	it('let through what keeps every guardrail, repeats and is approved; warnings block nothing', () => {
		expect(allLights(report, fine).some(({ state }) => state === 'over')).toBe(true);
		expect(codes({})).toEqual([]);
		expect(codes({ overwriteCount: 3 })).toEqual([]);
	});

	it('block a red guardrail, another outcome, a second run that is not done, and data that is not real', () => {
		const red = toyReport({}, report.checks.map((check) => ({ ...check, state: 'over' }))); // prettier-ignore
		expect(codes({ again: red.outcomeHash }, red)).toEqual(['guardrail.supply', 'guardrail.ratio']);
		expect(codes({ again: 'f'.repeat(64) })).toEqual(['guardrail.reproducible']);
		expect(codes({ again: null })).toEqual(['guardrail.reproducible']);
		expect(codes({ editCount: 1 })).toEqual(['guardrail.real-data']);
		const proof = { id: 'growth-apart', title: 'Growth apart', state: 'over', proof: '3 moved', isGuardrail: true } as const; // prettier-ignore
		expect(codes({ proofs: [proof] })).toEqual(['guardrail.growth-apart']);
	});

	it('block what nobody ticked, and tell void ticks from missing ones', () => {
		const lights = allLights(report, fine);
		const edited = checklistState(bundle.approvals.slice(1), 'e'.repeat(64));
		const messages = blockers(lights, edited).map(({ message }) => message);
		expect(messages).toHaveLength(6);
		expect(messages[0]).toBe('Sales: not ticked');
		expect(messages[1]).toBe('Growth: the tick was for something else');
	});
});
