import { describe, expect, it } from 'vitest';
import { firstMissing } from '../../../src/cli/setup/installed.mjs';

const linux = { os: 'linux', cpu: 'x64', libc: 'glibc' };

const packages = {
	'': { version: '0.1.0' },
	'node_modules/zod': { version: '4.6.7' },
	'node_modules/a/node_modules/zod': { version: '3.0.0' },
	'node_modules/binding-linux': {
		version: '1.0.0',
		optional: true,
		os: ['linux'],
		cpu: ['x64'],
		libc: ['glibc'],
	},
	'node_modules/binding-musl': {
		version: '1.0.0',
		optional: true,
		os: ['linux'],
		cpu: ['x64'],
		libc: ['musl'],
	},
	'node_modules/fsevents': { version: '2.3.3', optional: true, os: ['darwin'] },
	'node_modules/not-windows': { version: '1.0.0', optional: true, os: ['!win32'], cpu: ['x64'] },
	'node_modules/extra': { version: '1.0.0', optional: true },
};

function tree(versions: Record<string, string>) {
	return (path: string) => versions[path] ?? null;
}

const whole = {
	'node_modules/zod': '4.6.7',
	'node_modules/a/node_modules/zod': '3.0.0',
	'node_modules/binding-linux': '1.0.0',
	'node_modules/not-windows': '1.0.0',
};

describe('firstMissing', () => {
	it('finds nothing missing in a tree that is whole for this system', () => {
		expect(firstMissing(packages, tree(whole), linux)).toBeNull();
	});

	it('finds what is not there, of another version, or needed on this system only', () => {
		expect(firstMissing(packages, tree({}), linux)).toBe('node_modules/zod');
		const older = { ...whole, 'node_modules/a/node_modules/zod': '2.0.0' };
		expect(firstMissing(packages, tree(older), linux)).toBe('node_modules/a/node_modules/zod');
		expect(firstMissing(packages, tree(whole), { ...linux, libc: 'musl' })).toBe('node_modules/binding-musl');
		expect(firstMissing(packages, tree(whole), { os: 'darwin', cpu: 'arm64', libc: 'glibc' })).toBe(
			'node_modules/fsevents',
		);
	});
});
