import { zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZip, packZip, unpackZip } from '#data/zip.ts';
import { InputError } from '#programs/input-error.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

function refusal(bytes: Uint8Array): string {
	try {
		unpackZip(bytes, 'a.zip');
	} catch (error) {
		if (error instanceof InputError) return `${error.issues[0].message} [${error.issues[0].code}]`;
		throw error;
	}
	return 'accepted';
}

describe('unpackZip', () => {
	it('gives back what packZip packed, and the same files pack to the same bytes', () => {
		const property = fc.property(
			fc.dictionary(fc.stringMatching(/^[a-z]{1,8}\.csv$/), fc.uint8Array({ maxLength: 3000 })),
			(files) => {
				const folder = new Map(Object.entries(files));
				const zip = packZip(folder);
				expect(isZip(zip)).toBe(true);
				expect(unpackZip(zip, 'a.zip')).toEqual(folder);
				expect(packZip(new Map(folder))).toEqual(zip);
			},
		);
		fc.assert(property, { seed: 1, numRuns: 100 });
	});

	it('takes files of one folder, stored or deflated, and leaves hidden ones out', () => {
		const zip = zipSync({
			'x/y/a.csv': [encode('a'), { level: 0 }],
			'x/y/b.csv': encode('b'.repeat(200_000)),
			'x/y/.DS_Store': encode('?'),
			'__MACOSX/x/._a.csv': encode('?'),
		});
		const folder = unpackZip(zip, 'a.zip');
		expect([...folder.keys()]).toEqual(['a.csv', 'b.csv']);
		expect(decode(folder.get('b.csv'))).toHaveLength(200_000);
	});

	it('refuses files in several folders, names that lead out, and names twice', () => {
		expect(refusal(zipSync({ 'a/x.csv': encode(''), 'b/y.csv': encode('') }))).toContain(
			'invalid folder: files in "a/", "b/"',
		);
		for (const name of ['../x.csv', '/x.csv', 'a/../x.csv', 'a\\x.csv', 'a\0.csv'])
			expect(refusal(zipSync({ [name]: encode('1') }))).toContain('must not lead out');
		const twice = zipSync({ 'a.csv': encode('1'), 'b.csv': encode('2') });
		for (let i = 0; i < twice.length; i++) if (twice[i] === 0x62 && twice[i + 1] === 0x2e) twice[i] = 0x61;
		expect(refusal(twice)).toContain('duplicate file: "a.csv"');
	});

	it('stops at the size that a file says, and at the size limits, whatever is packed in it', () => {
		const bomb = zipSync({ 'a.csv': new Uint8Array(300 * 1024 * 1024) }, { level: 9 });
		expect(refusal(bomb)).toContain('too large unpacked');
		// the same bomb, said to be small
		const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.length);
		const directory = view.getUint32(bomb.length - 22 + 16, true);
		view.setUint32(directory + 24, 1000, true);
		const start = performance.now();
		expect(refusal(bomb)).toContain('cut short or damaged');
		expect(performance.now() - start).toBeLessThan(20_000);
		const many = zipSync(Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`${i}.csv`, encode('')])));
		expect(refusal(many)).toContain('201 files; must be at most 200');
	});

	it('refuses a file that is cut short or changed anywhere, or gives what was packed', () => {
		const zip = packZip(new Map([['a.csv', encode('hello '.repeat(100))], ['b.csv', encode('x')]])); // prettier-ignore
		const whole = unpackZip(zip, 'a.zip');
		for (let length = 0; length < zip.length; length++)
			expect(refusal(zip.slice(0, length))).not.toBe('accepted');
		for (let at = 0; at < zip.length; at++) {
			const copy = zip.slice();
			copy[at] ^= 0x55;
			if (refusal(copy) !== 'accepted') continue;
			// names, dates and flags are not under a checksum: contents are
			expect([...unpackZip(copy, 'a.zip').values()]).toEqual([...whole.values()]);
		}
	});

	it('refuses a file whose directory counts fewer files than it lists', () => {
		const zip = packZip(new Map(['a.csv', 'b.csv', 'c.csv'].map((name) => [name, encode(name)])));
		// the count stands 12 bytes before the end
		for (const count of [0, 1, 2]) {
			const fewer = zip.slice();
			fewer[zip.length - 12] = count;
			expect(refusal(fewer)).toContain('[import.zip]');
		}
		expect(unpackZip(zip, 'a.zip').size).toBe(3);
	});

	it('refuses an encrypted file and an unknown method', () => {
		const zip = zipSync({ 'a.csv': encode('1') });
		const directory = new DataView(zip.buffer).getUint32(zip.length - 22 + 16, true);
		const encrypted = zip.slice();
		encrypted[directory + 8] |= 1;
		expect(refusal(encrypted)).toContain('encrypted');
		const method = zip.slice();
		method[directory + 10] = 12;
		expect(refusal(method)).toContain('packed by method 12');
	});
});
