import { describe, expect, it } from 'vitest';
import { bundleSchema } from '../../../src/programs/bundle/bundle-schema.ts';
import {
	bundleDigest,
	bundleText,
	configHash,
	contentHashOf,
} from '../../../src/programs/bundle/make-bundle.ts';
import { goodBundle } from './toy-bench.ts';

describe('makeBundle', () => {
	it('makes a document that its own schema takes', () => {
		expect(bundleSchema.safeParse(goodBundle()).success).toBe(true);
	});

	it('writes canonical bytes: sorted keys, no blanks, the same whatever order keys came in', () => {
		const text = bundleText(goodBundle({ seed: 7, ratio: 0.7 }));
		expect(text).toBe(bundleText(goodBundle({ ratio: 0.7, seed: 7 })));
		expect(text.startsWith('{"approvals":[{"at":')).toBe(true);
		expect(bundleText(JSON.parse(text) as Record<string, unknown>)).toBe(text);
	});

	it('writes numbers that are not finite as null', () => {
		expect(goodBundle().forecast.map(({ value }) => value)).toEqual([12, null]);
	});

	it('names its base by hash, and digests all other fields', () => {
		const bundle = goodBundle();
		expect(bundle.base).toBe(configHash({ seed: 7 }));
		expect(bundle.digest).toBe(bundleDigest(bundle));
		expect(bundleDigest({ ...bundle, seed: 8 })).not.toBe(bundle.digest);
	});

	it('gives another content hash for another configuration, dataset or engine, and for nothing else', () => {
		const bundle = goodBundle();
		const hash = contentHashOf(bundle);
		expect(contentHashOf({ ...bundle, configuration: { ...bundle.configuration, seed: 8 } })).not.toBe(hash);
		expect(contentHashOf({ ...bundle, datasetHash: 'e'.repeat(64) })).not.toBe(hash);
		expect(contentHashOf({ ...bundle, engineVersion: '1.2.4' })).not.toBe(hash);
		expect(contentHashOf({ ...bundle, outcomeHash: 'e'.repeat(64), approvals: [] } as typeof bundle)).toBe(
			hash,
		);
	});
});
