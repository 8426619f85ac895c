import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readStamp, sourceStamp } from '../../../src/cli/setup/source-stamp.mjs';

const folder = '.cache/stamp-test';

describe('sourceStamp', () => {
	it('changes when a file is edited, added, renamed or removed, and at no other time', () => {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(`${folder}/inner`, { recursive: true });
		writeFileSync(`${folder}/inner/a.ts`, 'a');
		const stamps = [sourceStamp([folder])];
		const change = (make: () => void) => {
			make();
			const stamp = sourceStamp([folder]);
			expect(sourceStamp([folder])).toBe(stamp);
			stamps.push(stamp);
		};
		change(() => writeFileSync(`${folder}/inner/a.ts`, 'ab'));
		change(() => writeFileSync(`${folder}/b.ts`, ''));
		change(() => renameSync(`${folder}/b.ts`, `${folder}/c.ts`));
		change(() => rmSync(`${folder}/inner/a.ts`));
		expect(new Set(stamps).size).toBe(stamps.length);
		rmSync(folder, { recursive: true });
	});

	it('takes paths that are not there', () => {
		expect(sourceStamp(['no-such-folder'])).toMatch(/^[0-9a-f]{64}$/);
		expect(readStamp('no-such-file')).toBe('');
	});
});
