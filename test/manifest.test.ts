import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
	readonly version?: string;
	readonly resolved?: string;
	readonly hasInstallScript?: boolean;
	readonly optional?: boolean;
	readonly dependencies?: Record<string, string>;
	readonly optionalDependencies?: Record<string, string>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
	string,
	Record<string, string> | undefined
>;
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

describe('dependencies', () => {
	it('have exact versions, and the lockfile holds just those', () => {
		const wanted = {
			...manifest.dependencies,
			...manifest.devDependencies,
			...manifest.optionalDependencies,
		};
		expect(
			Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
		).toEqual([]);
		const stale = Object.entries(wanted).filter(
			([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version,
		);
		expect(stale).toEqual([]);
	});

	it('have no download address in the lockfile', () => {
		expect(locked.length).toBeGreaterThan(100);
		expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
	});

	it('are all locked, those for other systems too: else a clean installation is refused', () => {
		// the nearest folder of packages that holds the name, as Node looks for it
		const isLocked = (from: string, name: string) => {
			const parts = from === '' ? [] : from.split('/node_modules/');
			for (let depth = parts.length; depth >= 0; depth--) {
				const folder = parts.slice(0, depth).join('/node_modules/');
				if (lock.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true;
			}
			return false;
		};
		const missing = Object.entries(lock.packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
			Object.keys({ ...dependencies, ...optionalDependencies })
				.filter((name) => !isLocked(path, name))
				.map((name) => `${path}: ${name}`),
		);
		expect(missing).toEqual([]);
	});

	it('run no script at installation, save optional ones for other systems', () => {
		const scripted = locked.filter(([, { hasInstallScript, optional }]) => hasInstallScript && !optional);
		expect(scripted.map(([path]) => path)).toEqual([]);
	});

	it('are the same version where they must be', () => {
		const { devDependencies = {} } = manifest;
		expect(devDependencies['@vitest/browser-playwright']).toBe(devDependencies.vitest);
		expect(devDependencies['@playwright/test']).toBe(devDependencies.playwright);
	});
});
