import { describe, expect, it } from 'vitest';
import { runLine } from './make-effects.ts';
import { smallDrop } from './small-drop.ts';

const dropped = {
	id: 'd1',
	scheduled_at: '2026-03-10T15:00:00Z',
	started_at: '2026-03-10T15:00:00Z',
	completed_at: '2026-03-10T15:01:00Z',
	status: 'completed',
	seed: 1,
	config: null,
};
const files = {
	'small.json': JSON.stringify({ ...smallDrop, tables: { ...smallDrop.tables, drop: [dropped] } }),
	'never.json': JSON.stringify(smallDrop),
};

describe('dropbench alerts', () => {
	it('prints the conditions as code', async () => {
		const { exit, out } = await runLine('alerts');
		expect(exit).toBe(0);
		const conditions = JSON.parse(out) as { name: string; nrql: { query: string } }[];
		expect(conditions).toHaveLength(6);
		expect(conditions[3].nrql.query).toBe('SELECT latest(hoursSinceRetraining) FROM DropbenchHealth');
	});

	it('says which ring for a scenario, with exit code 3', async () => {
		expect(await runLine('alerts small.json', { files })).toMatchObject({ exit: 0 });
		const never = await runLine('alerts never.json', { files });
		expect(never.exit).toBe(3);
		expect(JSON.parse(never.out)).toMatchObject({ ringing: ['drop-missed'] });
		const strict = await runLine('alerts small.json --set recommender.maxAgeDays=1', { files });
		expect(JSON.parse(strict.out)).toMatchObject({ ringing: ['not-retrained'] });
	});

	it('rehearses every alert, and writes the data it did so with', async () => {
		const { exit, out, files: written } = await runLine('alerts --rehearse --out rehearsals');
		expect(exit).toBe(0);
		const results = JSON.parse(out) as { alert: string; isPassed: boolean }[];
		expect(results.map(({ isPassed }) => isPassed)).toEqual([true, true, true, true, true, true]);
		const names = [...written.keys()];
		expect(names).toHaveLength(10);
		const text = (name: string) => new TextDecoder().decode(written.get(`rehearsals/${name}.json`));
		for (const [name, exitOf] of [
			['drop-missed-trips', 3],
			['drop-missed-quiet', 0],
		] as const)
			expect((await runLine('alerts a.json', { files: { 'a.json': text(name) } })).exit).toBe(exitOf);
	});
});
