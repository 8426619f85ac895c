import { describe, expect, it } from 'vitest';
import { bundleText } from '../../../src/programs/bundle/make-bundle.ts';
import { extrasOf, isBundle, readBundle } from '../../../src/programs/bundle/read-bundle.ts';
import { goodBundle } from './toy-bench.ts';

const reread = (document: unknown) => readBundle(JSON.parse(JSON.stringify(document)) as unknown);

describe('readBundle', () => {
	it('keeps unknown fields, at any depth and of any name, to the byte', () => {
		const text = bundleText({ ...goodBundle(), later: { thing: [1, { two: null }] } })
			.replace('"program":', '"__proto__":{"a":1},"program":')
			.replace('"role":"sales"', '"role":"sales","signature":"abc"');
		const read = readBundle(JSON.parse(text) as unknown);
		expect(read.kind).toBe('bundle');
		if (read.kind !== 'bundle') return;
		// the pasted key is out of order; canonical text sorts it
		expect(bundleText(read.bundle)).toHaveLength(text.length);
		expect(bundleText(read.bundle)).toContain('"__proto__":{"a":1}');
		expect(bundleText(read.bundle)).toContain('"signature":"abc"');
		expect(Object.keys(extrasOf(read.bundle)).sort()).toEqual(['__proto__', 'later']);
	});

	it('passes a newer version on unread and unchanged', () => {
		const document = {
			schema: 'dropbench-bundle',
			version: 2,
			configuration: 'a link',
			approvals: 'elsewhere',
		};
		expect(reread(document)).toEqual({ kind: 'newer', version: 2, document });
	});

	it('names every wrong value by its path', () => {
		expect(() => reread({ ...goodBundle(), seed: 'x', datasetHash: 'd' })).toThrow(
			/bundle\.datasetHash: invalid value.*\n.*bundle\.seed: invalid value/,
		);
		expect(() => reread([])).toThrow(/invalid document/);
		expect(() => reread({ schema: 'other' })).toThrow(/bundle\.schema: invalid schema: "other"/);
		expect(() => reread({ ...goodBundle(), version: 0 })).toThrow(/bundle\.version/);
	});

	it('tells bundles from configurations', () => {
		expect(isBundle(goodBundle())).toBe(true);
		expect(isBundle({ seed: 1 })).toBe(false);
		expect(isBundle(null)).toBe(false);
	});
});
