import { describe, expect, it } from 'vitest';
import { runLine } from './make-effects.ts';
import { smallDrop } from './small-drop.ts';

const files: Record<string, string | Uint8Array> = {
	'small.json': JSON.stringify(smallDrop),
	'own/scenarios/drop/tiny/scenario.json': JSON.stringify(smallDrop),
};

async function digestOf(path: string, more: ReadonlyMap<string, Uint8Array>): Promise<string> {
	const { exit, out } = await runLine(`scenario check ${path}`, { files: Object.fromEntries(more) });
	expect(exit).toBe(0);
	return /^digest ([0-9a-f]{64})$/m.exec(out)?.[1] ?? 'none';
}

describe('dropbench scenario', () => {
	it('lists those that are shipped', async () => {
		expect(await runLine('scenario list', { files })).toMatchObject({ exit: 0, out: 'drop/tiny\n' });
	});

	it('checks one: its tables, its digest, and what to know', async () => {
		const { exit, out } = await runLine('scenario check small.json', { files });
		expect(exit).toBe(0);
		expect(out).toMatch(/^small \(Drop, 2026-03-17T15:00:00Z\)$/m);
		expect(out).toMatch(/^user +3$/m);
		const json = JSON.parse((await runLine('scenario check small.json --json', { files })).out) as {
			tables: unknown;
		};
		expect(json.tables).toMatchObject({ city: 1, brand: 2, user: 3, affinity: 6 });
	});

	it('lists every problem of a bad one', async () => {
		const user = smallDrop.tables.user.map((row) => ({ ...row, city_id: 'houston', latitude: 100 }));
		const bad = { 'bad.json': JSON.stringify({ ...smallDrop, tables: { ...smallDrop.tables, user } }) };
		const { exit, warnings } = await runLine('scenario check bad.json', { files: bad });
		expect(exit).toBe(2);
		expect(warnings.length).toBeGreaterThanOrEqual(3);
		expect(warnings[0]).toContain('bad.json, tables.user');
	});

	it('exports to every form, and each reads back to the same digest', async () => {
		const first = await digestOf(
			'small.json',
			new Map(Object.entries(files)) as ReadonlyMap<string, Uint8Array>,
		);
		for (const path of ['out.sqlite', 'out.json', 'out.zip', 'folder']) {
			const {
				exit,
				warnings,
				files: after,
			} = await runLine(`scenario export small.json --out ${path}`, { files });
			expect([exit, warnings[0]]).toEqual([
				0,
				expect.stringMatching(new RegExp(`^wrote ${path}, \\d+ bytes$`)),
			]);
			expect(await digestOf(path, after)).toBe(first);
		}
	});

	it('holds the result against expected.json, and writes that on demand', async () => {
		const check = (line: string, expected: Record<string, string>) =>
			runLine(`scenario check drop/tiny ${line}`, { files: { ...files, ...expected } });
		const path = 'own/scenarios/drop/tiny/expected.json';
		const { exit, files: after } = await check('--update', {});
		const text = new TextDecoder().decode(after.get(path));
		expect(exit).toBe(0);
		expect(await check('', { [path]: text })).toMatchObject({ exit: 0, warnings: [] });

		const other = text.replace(/"users.served": \d+/, '"users.served": 99');
		const changed = await check('', { [path]: other });
		expect(changed.exit).toBe(3);
		expect(changed.warnings).toEqual([`${path}: mismatched metrics.users.served: 3; expected 99`]);
		expect((await check('', { [path]: '{}' })).exit).toBe(3);
	});

	it('builds recipes only', async () => {
		const { exit, warnings } = await runLine('scenario build small.json --out x.sqlite', { files });
		expect(exit).toBe(2);
		expect(warnings[0]).toContain('small.json: invalid recipe');
	});

	it('says what is missing', async () => {
		expect((await runLine('scenario')).warnings[0]).toContain(
			'missing word; must be one of list, check, build, export',
		);
		expect((await runLine('scenario bake x')).warnings[0]).toContain('unknown word: bake');
		expect((await runLine('scenario check')).warnings[0]).toContain('missing scenario');
		expect((await runLine('scenario export small.json', { files })).warnings[0]).toContain(
			'--out: missing path',
		);
	});
});
