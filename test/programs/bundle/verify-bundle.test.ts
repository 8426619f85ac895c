import { describe, expect, it } from 'vitest';
import { bundleDigest, configHash, contentHashOf } from '../../../src/programs/bundle/make-bundle.ts';
import { checklistState, type ChecklistWords } from '../../../src/programs/bundle/checklist.ts';
import { verifyBundle } from '../../../src/programs/bundle/verify-bundle.ts';
import type { Bundle } from '../../../src/programs/bundle/bundle-schema.ts';
import type { Check } from '../../../src/programs/report.ts';
import { goodBundle, toyBench, toyReport } from './toy-bench.ts';

/** The bundle with other fields and a digest that fits them: a careful forger. */
function forged(fields: Partial<Bundle>): Bundle {
	const bundle = { ...goodBundle(), ...fields } as Bundle;
	return { ...bundle, digest: bundleDigest(bundle) };
}

const codes = (bundle: Bundle, bench = toyBench()) =>
	verifyBundle(bundle, bench).problems.map(({ code }) => code);

const red: readonly Check[] = toyReport({}).checks.map((check) => ({ ...check, state: 'over' }));

describe('verifyBundle', () => {
	it('finds nothing wrong with a good bundle, and warnings that are no guardrail do not count', () => {
		expect(codes(goodBundle())).toEqual([]);
	});

	it('finds any field that was changed after the export', () => {
		const bundle = goodBundle();
		for (const key of Object.keys(bundle)) {
			if (['schema', 'version', 'digest'].includes(key)) continue;
			const changes: Record<string, unknown> = { ...bundle, [key]: key === 'configuration' ? { seed: 8 } : key === 'seed' ? 8 : key === 'approvals' || key === 'checks' || key === 'forecast' ? [] : key === 'override' ? { waives: [] } : key === 'scenario' ? { name: 'x', now: '' } : 'x' }; // prettier-ignore
			expect(codes(changes as Bundle), key).toContain('hash.digest');
		}
	});

	it('finds each hash that the re-run does not give, even under a fitting digest', () => {
		const other = 'e'.repeat(64);
		expect(codes(forged({ outcomeHash: other }))).toEqual(['hash.outcome']);
		expect(codes(forged({ seed: 8 }))).toEqual(['hash.seed']);
		expect(codes(forged({ contentHash: other }))).toEqual(['hash.content']);
		expect(codes(forged({ datasetHash: other }))).toContain('hash.dataset');
		expect(codes(forged({ engineVersion: '9.9.9' }))).toContain('hash.engine');
		expect(codes(forged({ program: 'other' }))).toContain('hash.program');
		expect(codes(forged({ document: 'x' }))).toEqual(['hash.document']);
		expect(codes(forged({ configuration: { seed: 8 } }))).toContain('hash.outcome');
	});

	it('refuses a base that production has moved away from', () => {
		const bench = { ...toyBench(), production: { seed: 8 } };
		expect(codes(goodBundle(), bench)).toEqual(['hash.base']);
		expect(codes(forged({ base: configHash({ seed: 8 }) }), bench)).toEqual([]);
		expect(codes(forged({ base: null }), bench)).toEqual([]);
	});

	it('blocks every red guardrail, whether the file or the re-run has it', () => {
		expect(codes(goodBundle(undefined, red), toyBench(red))).toEqual(['guardrail.supply', 'guardrail.ratio']);
		expect(codes(goodBundle(), toyBench(red))).toEqual([
			'hash.checks',
			'guardrail.supply',
			'guardrail.ratio',
		]);
		expect(codes(goodBundle(undefined, red))).toEqual(['hash.checks', 'guardrail.supply', 'guardrail.ratio']);
	});

	it('voids approvals of any other content, and misses those that nobody gave', () => {
		const bundle = goodBundle();
		const approvals = bundle.approvals.map((approval, i) =>
			i === 0 ? { ...approval, contentHash: 'e'.repeat(64) } : approval,
		);
		expect(codes(forged({ approvals }))).toEqual(['approval.sales']);
		expect(codes(forged({ approvals: bundle.approvals.slice(2) }))).toEqual([
			'approval.sales',
			'approval.growth',
		]);
	});

	it('knows what an override gave a reason for, but no reason makes a hash right', () => {
		const override = {
			reason: 'agreed by phone',
			name: 'Ana',
			at: '2026-03-17T15:00:00Z',
			waives: ['approval.sales', 'hash.outcome'],
		};
		const { problems, waived } = verifyBundle(
			forged({ approvals: goodBundle().approvals.slice(1), override, outcomeHash: 'e'.repeat(64) }),
			toyBench(),
		);
		expect(problems.map(({ code }) => code)).toEqual(['hash.outcome', 'approval.sales']);
		expect(waived.map(({ code }) => code)).toEqual(['approval.sales']);
	});
});

describe('checklistState', () => {
	it('shows the newest approval of this content and the newest void one', () => {
		const hash = contentHashOf(goodBundle());
		const tick = (contentHash: string, name: string) => ({ role: 'sales', name, at: '', contentHash });
		const [sales, growth] = checklistState([tick('a', 'Ana'), tick(hash, 'Bo'), tick('b', 'Cy'), tick(hash, 'Di')], hash); // prettier-ignore
		expect([sales.approval?.name, sales.voided?.name]).toEqual(['Di', 'Cy']);
		expect([growth.approval, growth.voided]).toEqual([null, null]);
	});

	it('speaks in the words of the program where it has its own', () => {
		const titles = (words?: ChecklistWords) => checklistState([], '', words).map(({ title }) => title);
		expect(titles()).toContain('Test run');
		const [own, general] = [titles({ 'test-drop': { title: 'Test Drop run' } }), titles()];
		expect(own.filter((title, i) => title !== general[i])).toEqual(['Test Drop run']);
	});
});
