import { describe, expect, it } from 'vitest';
import { ensureBrowser, installPlans, type BrowserEffects } from '../../../src/cli/setup/ensure-browser.mjs';

const OWN = '/cache/ms-playwright/chrome';

/** A machine on which the files given exist; `installs` says what running a command adds. */
function machine(
	files: string[],
	options: Partial<BrowserEffects> = {},
	installs: Record<string, string> = {},
) {
	const there = new Set(files);
	const ran: string[] = [];
	const effects: BrowserEffects = {
		env: {},
		exists: (path) => there.has(path),
		which: (name) => (there.has(`/bin/${name}`) ? `/bin/${name}` : null),
		bundled: () => Promise.resolve(OWN),
		isRoot: true,
		run(program, args) {
			const line = [program.replace(/.*[\\/]/, ''), ...args.map((arg) => arg.replace(/.*[\\/]/, ''))].join(
				' ',
			);
			ran.push(line);
			const [found] = Object.entries(installs).filter(([words]) => line.includes(words));
			if (found) there.add(found[1]);
			return Promise.resolve(found ? 0 : 1);
		},
		say: () => undefined,
		...options,
	};
	return { effects, ran };
}

describe('ensureBrowser', () => {
	it('takes what CHROMIUM_PATH names', async () => {
		const { effects, ran } = machine(['/opt/chrome', '/bin/chromium'], {
			env: { CHROMIUM_PATH: '/opt/chrome' },
		});
		expect(await ensureBrowser(effects)).toBe('/opt/chrome');
		expect(ran).toEqual([]);
	});

	it('refuses a CHROMIUM_PATH that names nothing', async () => {
		const { effects } = machine(['/bin/chromium'], { env: { CHROMIUM_PATH: '/opt/chrome' } });
		await expect(ensureBrowser(effects)).rejects.toThrow('invalid CHROMIUM_PATH: /opt/chrome');
	});

	it('takes a browser on the search path before one in a usual place, and that before that of Playwright', async () => {
		const usual = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
		expect(await ensureBrowser(machine([OWN, usual, '/bin/google-chrome']).effects)).toBe(
			'/bin/google-chrome',
		);
		expect(await ensureBrowser(machine([OWN, usual]).effects)).toBe(usual);
		const { effects, ran } = machine([OWN]);
		expect(await ensureBrowser(effects)).toBe(OWN);
		expect(ran).toEqual([]);
	});

	it('installs the chromium of Debian as root, after reading the package lists', async () => {
		const { effects, ran } = machine(['/bin/apt-get'], {}, { 'install -y chromium': '/bin/chromium' });
		expect(await ensureBrowser(effects)).toBe('/bin/chromium');
		expect(ran).toEqual([
			'apt-get -o DPkg::Lock::Timeout=300 update',
			'apt-get -o DPkg::Lock::Timeout=300 install -y chromium',
		]);
	});

	it('installs that of Playwright where there is no apt-get', async () => {
		const { effects, ran } = machine([], {}, { 'install chromium': OWN });
		expect(await ensureBrowser(effects)).toBe(OWN);
		expect(ran).toEqual(['node cli.js install chromium']);
	});

	it('installs that of Playwright where the user is not root', async () => {
		const { effects, ran } = machine(['/bin/apt-get'], { isRoot: false }, { 'install chromium': OWN });
		expect(await ensureBrowser(effects)).toBe(OWN);
		expect(ran).toEqual(['node cli.js install chromium']);
	});

	it('installs that of Playwright where apt-get fails', async () => {
		const { effects, ran } = machine(['/bin/apt-get'], {}, { 'cli.js install chromium': OWN });
		expect(await ensureBrowser(effects)).toBe(OWN);
		expect(ran).toHaveLength(3);
	});

	it('says what to do where nothing helps', async () => {
		const { effects, ran } = machine(['/bin/apt-get']);
		await expect(ensureBrowser(effects)).rejects.toThrow('install Chromium or Chrome, or set CHROMIUM_PATH');
		expect(ran).toHaveLength(3);
	});

	it('plans one way for those who are not root, two for root on Debian', () => {
		expect(installPlans({ isRoot: false, which: () => '/bin/apt-get' })).toHaveLength(1);
		expect(installPlans({ isRoot: true, which: () => null })).toHaveLength(1);
		expect(installPlans({ isRoot: true, which: () => '/bin/apt-get' })).toHaveLength(2);
	});
});
