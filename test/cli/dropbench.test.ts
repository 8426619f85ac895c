import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Ended {
	readonly exit: number | null;
	readonly out: string;
}

/** Runs the real `bin` as a process of its own. */
function dropbench(args: readonly string[], input = ''): Promise<Ended> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, ['src/cli/dropbench.mjs', ...args], {
			stdio: ['pipe', 'pipe', 'pipe'],
		});
		let out = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
		child.on('error', reject);
		child.on('close', (exit) => resolve({ exit, out }));
		child.stdin.end(input);
	});
}

describe('the bin', () => {
	it('bundles itself and keeps standard output clean', async () => {
		const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
		expect(await dropbench(['version'])).toEqual({ exit: 0, out: `${version}\n` });
		expect(await dropbench(['rum'])).toEqual({ exit: 2, out: '' });
	});

	it('answers thousands of cases in one process, in order, and ends with its input', async () => {
		const ids = Array.from({ length: 5000 }, (_, i) => i);
		const input = ids
			.map((id) => `${JSON.stringify({ id, program: 'none', input: { pad: 'x'.repeat(100) } })}\n`)
			.join('');
		const { exit, out } = await dropbench(['case'], input);
		expect(exit).toBe(0);
		const answers = out
			.trimEnd()
			.split('\n')
			.map((line) => (JSON.parse(line) as { id: number }).id);
		expect(answers).toEqual(ids);
	});
});
