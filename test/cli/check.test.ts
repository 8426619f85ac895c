import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundleText } from '../../src/programs/bundle/make-bundle.ts';
import { exported, withFields } from './make-bundle-file.ts';
import { runLine } from './make-effects.ts';
import { smallDrop } from './small-drop.ts';

const good = exported(smallDrop, { seed: 3, slotsPerUser: 2 }, 'small.json');
/** every light of the Deploy screen that a program proves, as product and check name them */
const guardrails = good.checks.filter(({ isGuardrail }) => isGuardrail).map(({ id }) => id);

/** Checks a bundle in a world that also holds its scenario. */
function check(bundle: object, line = 'check bundle.json') {
	return runLine(line, {
		files: {
			'small.json': JSON.stringify({ ...smallDrop, config: { seed: 3 } }),
			'bundle.json': bundleText({ ...bundle }),
			'live.json': '{"seed": 3}',
			'moved.json': '{"seed": 3, "slotsPerUser": 1}',
		},
	});
}

const withLight = (id: string) =>
	withFields(good, {
		checks: good.checks.map((light) =>
			light.id === id ? { ...light, state: 'over', proof: 'k1 holds 101 of 100' } : light,
		),
	});

describe('dropbench check', () => {
	it('passes what the workbench exported, with the same outcome', async () => {
		const { exit, out, warnings } = await check(good, 'check bundle.json --production live.json');
		expect({ exit, warnings }).toEqual({ exit: 0, warnings: [] });
		expect(out).toContain(`outcome ${good.outcomeHash}\n`);
		expect(out).toContain('✓ same outcome, 6 guardrails kept, everything approved');
		expect(out).toContain(
			'✓ Growth contracts do not move sponsored assignments: A run without the 1 growth contracts',
		);
		expect(out).toContain('✓ None to a completed contract: ');
	});

	it.each(guardrails)('blocks a bundle whose guardrail %s is red', async (id) => {
		const { exit, out } = await check(withLight(id));
		expect(exit).toBe(3);
		expect(out).toContain(`✗ guardrail.${id}: `);
		expect(out).toContain('k1 holds 101 of 100');
	});

	it('knows a guardrail for each promise of the plan, and blocks what leaves one out', async () => {
		expect(guardrails).toEqual(['supply', 'completed', 'ratio', 'eligible', 'slots', 'growth-apart']);
		for (const id of guardrails) {
			const { exit, out } = await check(withFields(good, { checks: good.checks.filter((light) => light.id !== id) })); // prettier-ignore
			expect({ id, exit }).toEqual({ id, exit: 3 });
			expect(out).toContain('✗ hash.checks');
		}
	});

	it('blocks each hash that the re-run does not give', async () => {
		const other = 'e'.repeat(64);
		for (const field of ['outcome', 'dataset', 'content']) {
			const { exit, out } = await check(withFields(good, { [`${field}Hash`]: other }));
			expect(exit, field).toBe(3);
			expect(out).toContain(`✗ hash.${field}: mismatched`);
		}
		const rosy = good.forecast.map((row) => ({ ...row, value: (row.value ?? 0) + 1 }));
		expect((await check(withFields(good, { forecast: rosy }))).out).toContain('✗ hash.forecast: mismatched');
		expect((await check({ ...good, seed: 4 })).out).toContain('✗ hash.digest');
		expect((await check(withFields(good, { engineVersion: '1.2.2' }))).out).toContain('✗ hash.engine');
		expect((await check(good, 'check bundle.json --production moved.json')).out).toContain('✗ hash.base');
	});

	it('blocks missing and void approvals, unless their reason is accepted', async () => {
		const override = { reason: 'Sales is on holiday', name: 'Bo', at: '2026-03-17T16:00:00Z', waives: ['approval.sales'] }; // prettier-ignore
		const bundle = withFields(good, { approvals: good.approvals.slice(1), override });
		expect((await check(bundle)).exit).toBe(3);
		const accepted = await check(bundle, 'check bundle.json --accept-override');
		expect(accepted.exit).toBe(0);
		expect(accepted.out).toContain('Bo gave a reason: Sales is on holiday');
		const json = JSON.parse((await check(bundle, 'check bundle.json --json')).out) as { problems: unknown[] };
		expect(json.problems).toEqual([{ code: 'approval.sales', message: 'Sales: missing' }]);
	});

	it('blocks the bad bundle that is shipped for this', async () => {
		const bad = withFields(withLight('supply'), { outcomeHash: '0'.repeat(64) });
		const text = readFileSync(new URL('bad-bundle.json', import.meta.url), 'utf8');
		const { exit, out } = await check(JSON.parse(text) as object);
		expect(exit).toBe(3);
		expect(out).toContain('✗ guardrail.supply');
		expect(out).toContain('✗ hash.outcome');
		expect(Object.keys(JSON.parse(text) as object)).toEqual(Object.keys(bad).sort());
	});

	it('names what it cannot read, with exit code 2', async () => {
		expect((await runLine('check')).warnings).toEqual([
			'dropbench check: missing bundle; must be an exported file',
		]);
		expect((await check({ ...good, version: 2 })).warnings[0]).toContain('version 2 is newer');
		expect((await check({ seed: 1 })).warnings[0]).toContain('bundle.schema: invalid schema');
		expect((await check(withFields(good, { scenario: { name: 'gone', now: '' } }))).warnings[0]).toContain(
			'gone: missing scenario',
		);
		expect((await check({ ...good, seed: 'x' })).exit).toBe(2);
	});
});
