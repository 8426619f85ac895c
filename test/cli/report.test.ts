import { describe, expect, it } from 'vitest';
import { runLine } from './make-effects.ts';
import { smallDrop } from './small-drop.ts';

const files = { 'small.json': JSON.stringify({ ...smallDrop, name: '<b>small</b>', config: { seed: 3 } }) };

describe('dropbench report', () => {
	it('writes one file with the numbers of both configurations, the checks and the hashes', async () => {
		const run = await runLine('report small.json --set slotsPerUser=1 --out r.html', { files });
		expect(run.exit).toBe(0);
		const html = new TextDecoder().decode(run.files.get('r.html'));
		expect(html).toContain('<h1>Drop: &#60;b&#62;small&#60;/b&#62;</h1>');
		expect(html).toContain('<th class="n">Production</th><th class="n">Draft</th>');
		expect(html).toContain('Never over supply');
		expect(html).toMatch(/<td>outcome<\/td><td><code>[0-9a-f]{64}/);
		expect(html).toMatch(/<td>dataset<\/td><td><code>[0-9a-f]{64}/);
		expect(html).not.toMatch(/<script|\ssrc=|<b>/);
	});

	it('prints it where no file is named, alone where production itself runs', async () => {
		const { out } = await runLine('report small.json', { files });
		expect(out.startsWith('<!doctype html>')).toBe(true);
		expect(out).not.toContain('Production</th>');
		expect((await runLine('report')).exit).toBe(2);
	});
});
