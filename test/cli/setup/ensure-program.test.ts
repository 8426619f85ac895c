import { describe, expect, it } from 'vitest';
import { ensureProgram, firefox } from '../../../src/cli/setup/ensure-program.mjs';
import type { ProgramEffects } from '../../../src/cli/setup/install-program.mjs';

/** A machine on which the files given exist; installing the package puts `/bin/firefox-esr` there if `installs`. */
function machine(files: string[], options: Partial<ProgramEffects> = {}, installs = true) {
	const there = new Set(files);
	const ran: string[] = [];
	const effects: ProgramEffects = {
		env: {},
		exists: (path) => there.has(path),
		which: (name) => (there.has(`/bin/${name}`) ? `/bin/${name}` : null),
		isRoot: true,
		run(program, args) {
			ran.push([program, ...args].join(' '));
			if (installs && args.includes('install')) there.add('/bin/firefox-esr');
			return Promise.resolve(installs ? 0 : 1);
		},
		say: () => undefined,
		...options,
	};
	return { effects, ran };
}

describe('ensureProgram', () => {
	it('takes what its variable names, and refuses a path that names nothing', async () => {
		const env = { FIREFOX_PATH: '/opt/firefox' };
		expect(await ensureProgram(firefox, machine(['/opt/firefox', '/bin/firefox'], { env }).effects)).toBe(
			'/opt/firefox',
		);
		await expect(ensureProgram(firefox, machine(['/bin/firefox'], { env }).effects)).rejects.toThrow(
			'invalid FIREFOX_PATH: /opt/firefox',
		);
	});

	it('takes one that is there, and installs nothing', async () => {
		const { effects, ran } = machine(['/bin/firefox', '/bin/apt-get']);
		expect(await ensureProgram(firefox, effects)).toBe('/bin/firefox');
		const mac = firefox.places[0] ?? '';
		expect(await ensureProgram(firefox, machine([mac, '/bin/apt-get']).effects)).toBe(mac);
		expect(ran).toEqual([]);
	});

	it('installs the package of Debian as root, after reading the package lists', async () => {
		const { effects, ran } = machine(['/bin/apt-get']);
		expect(await ensureProgram(firefox, effects)).toBe('/bin/firefox-esr');
		expect(ran.map((line) => line.replace(/ -o \S+/, ''))).toEqual([
			'apt-get update',
			'apt-get install -y firefox-esr',
		]);
	});

	it('gives null, and says so, where nothing can be installed, or installing fails', async () => {
		expect(await ensureProgram(firefox, machine([]).effects)).toBeNull();
		expect(await ensureProgram(firefox, machine(['/bin/apt-get'], { isRoot: false }).effects)).toBeNull();
		const said: string[] = [];
		const say = (line: string) => void said.push(line);
		expect(await ensureProgram(firefox, machine(['/bin/apt-get'], { say }, false).effects)).toBeNull();
		expect(said.at(-1)).toContain('set FIREFOX_PATH');
	});
});
