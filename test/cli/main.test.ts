import { describe, expect, it } from 'vitest';
import { commands, main } from '../../src/cli/main.ts';
import { makeEffects, runLine } from './make-effects.ts';

describe('main', () => {
	it('prints the version', async () => {
		for (const line of ['version', '--version', '-v']) {
			expect(await runLine(line)).toMatchObject({ exit: 0, out: '1.2.3\n', warnings: [] });
		}
	});

	it('lists its commands where no word is given', async () => {
		for (const line of ['', 'help', '--help', '-h']) {
			const { exit, out } = await runLine(line);
			expect(exit).toBe(0);
			for (const { name, summary } of commands)
				expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'));
		}
	});

	it('has help for each command that names all of its options', async () => {
		for (const { name, options } of commands) {
			const { out } = await runLine(`help ${name}`);
			expect((await runLine(`${name} --help`)).out).toBe(out);
			expect(out.startsWith(`usage: dropbench ${name} `)).toBe(true);
			for (const option of options) expect(out).toContain(`--${option.name}`);
		}
	});

	it('refuses unknown commands, options and words with exit code 2', async () => {
		expect(await runLine('rum')).toMatchObject({
			exit: 2,
			out: '',
			warnings: [expect.stringContaining('unknown command: rum; must be one of run, ')],
		});
		expect((await runLine('help rum')).exit).toBe(2);
		const option = await runLine('case --fast');
		expect(option.exit).toBe(2);
		expect(option.warnings[0]).toContain("dropbench case: invalid options: Unknown option '--fast'");
		expect(await runLine('case now')).toMatchObject({
			exit: 2,
			warnings: ['dropbench case: unknown word: now; usage: < CASES.jsonl'],
		});
		expect((await runLine('run a --config')).exit).toBe(2);
	});

	it('answers a bug with exit code 1 and its stack', async () => {
		const { effects, warnings } = makeEffects();
		const broken = { ...effects, write: () => Promise.reject(new Error('broken pipe')) };
		expect(await main(['version'], broken)).toBe(1);
		expect(warnings[0]).toMatch(/^Error: broken pipe\n +at /);
	});
});
