import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleJsonSchema, bundleSchema } from '../../../src/programs/bundle/bundle-schema.ts';
import { accepts } from './json-schema.ts';
import { goodBundle } from './toy-bench.ts';

const schema = bundleJsonSchema();

/** Every path into a document, the document itself aside. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [[...path]];
	const below = Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
	return path.length === 0 ? below : [[...path], ...below];
}

function changed(document: unknown, path: readonly string[], value: unknown): unknown {
	const copy = structuredClone(document) as Record<string, unknown>;
	let node = copy;
	for (const key of path.slice(0, -1)) node = node[key] as Record<string, unknown>;
	const last = path[path.length - 1];
	if (value === undefined && !Array.isArray(node)) delete node[last];
	else node[last] = value === undefined ? null : value;
	return copy;
}

describe('the schema of a bundle', () => {
	it('is shipped as it is written in the source', async () => {
		await expect(`${JSON.stringify(schema, null, '\t')}\n`).toMatchFileSnapshot(
			'../../../static/schemas/dropbench-bundle-1.schema.json',
		);
	});

	it('takes exactly the same documents in zod and in JSON Schema', () => {
		const whole = {
			...goodBundle(),
			override: { reason: 'known', name: 'Ana', at: '2026-03-17T15:00:00Z', waives: ['approval.sales'] },
		};
		expect(bundleSchema.safeParse(whole).success).toBe(true);
		expect(accepts(schema, whole)).toBe(true);
		const anything = fc.oneof(
			fc.constantFrom(undefined, null, true, '', ' ', 'fine', 'x', 'a'.repeat(64), 'A'.repeat(64), [], {}, 0, -1, 2, 1.5, 2 ** 53, 1e300), // prettier-ignore
			fc.constantFrom('2026-03-17T15:00:00Z', '2026-03-17', '2026-03-17T15:00:00+01:00'),
			fc.jsonValue(),
		);
		let refused = 0;
		fc.assert(
			fc.property(fc.constantFrom(...pathsOf(whole)), anything, (path, value) => {
				const document = changed(whole, path, value);
				const isTaken = bundleSchema.safeParse(document).success;
				if (!isTaken) refused++;
				expect(accepts(schema, document), path.join('.')).toBe(isTaken);
			}),
			{ seed: 1, numRuns: 3000 },
		);
		expect(refused).toBeGreaterThan(1000);
	});
});
