import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lever, listLevers, pathPart, valueAt, withValue } from '#programs/levers.ts';

const words = (title: string) => ({ title, help: 'help', unit: 'ratio' as const });
const schema = z.looseObject({
	share: lever(z.number().gt(0).max(1).default(0.5), { ...words('Share'), step: 0.1, usual: [0.3, 0.8] }),
	deep: z.looseObject({
		mode: lever(z.enum(['a', 'b']).default('b'), words('Mode')),
		count: lever(z.number().int().min(1).nullable().default(null), words('Count')),
	}),
	cities: z
		.record(z.string(), z.looseObject({ isOn: lever(z.boolean().optional(), words('On')) }))
		.default({}),
});

describe('listLevers', () => {
	it('reads paths, kinds, bounds, defaults and words off a schema, in its order', () => {
		const levers = listLevers(schema);
		expect(levers.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
			'share number',
			'deep.mode choice',
			'deep.count integer',
			'cities.*.isOn switch',
		]);
		const [share, mode, count] = levers;
		expect(share).toMatchObject({ title: 'Share', min: 0, isMinOpen: true, max: 1, isMaxOpen: false, default: 0.5, step: 0.1, usual: [0.3, 0.8] }); // prettier-ignore
		expect(mode).toMatchObject({ choices: ['a', 'b'], section: 'deep', default: 'b', isNullable: false });
		expect(count).toMatchObject({ min: 1, isNullable: true, default: null });
	});
});

describe('a list of objects', () => {
	const list = (entry: z.ZodType) =>
		lever(z.array(entry).default([]), { ...words('List'), item: ['row', 'rows'] });
	const only = (entry: z.ZodType) => listLevers(z.looseObject({ list: list(entry) }))[0];

	it('has the fields of its entries, with their words, in their order', () => {
		const entry = z.strictObject({
			name: lever(z.string(), words('Name')),
			plain: z.string().default(''),
			count: lever(z.int().min(1).nullable().default(null), { ...words('Count'), fresh: 3 }),
		});
		const { kind, item, fields } = only(entry);
		expect([kind, item]).toEqual(['list', ['row', 'rows']]);
		expect(
			fields?.map(({ path, kind: each, default: standard, fresh }) => [path, each, standard, fresh]),
		).toEqual([
			['name', 'text', undefined, undefined],
			['count', 'integer', null, 3],
		]);
	});

	it('has none where its entries are no objects, or have no words', () => {
		expect(only(z.number())).not.toHaveProperty('fields');
		expect(only(z.strictObject({ a: z.number() }))).not.toHaveProperty('fields');
	});
});

describe('paths', () => {
	it('name values, own ones only', () => {
		const config = { a: { b: 0 }, 'x.y': 1 };
		expect([valueAt(config, 'a.b'), valueAt(config, 'a.c'), valueAt(config, 'a.b.c')]).toEqual([
			0,
			undefined,
			undefined,
		]);
		expect([valueAt(config, 'constructor'), valueAt(config, 'a.__proto__')]).toEqual([undefined, undefined]);
	});

	it('carry ids with dots and tildes', () => {
		for (const id of ['a.b', 'a~b', '~1', 'a~.b', '']) {
			const config = withValue({}, `cities.${pathPart(id)}.isOn`, true);
			expect(config).toEqual({ cities: { [id]: { isOn: true } } });
			expect(valueAt(config, `cities.${pathPart(id)}.isOn`)).toBe(true);
		}
	});

	it('change a copy, and take out with undefined what is then empty', () => {
		const config = { a: { b: 1, c: 2 }, d: { e: { f: 1 } } };
		expect(withValue(config, 'a.b', 3)).toEqual({ a: { b: 3, c: 2 }, d: { e: { f: 1 } } });
		expect(withValue(config, 'd.e.f', undefined)).toEqual({ a: { b: 1, c: 2 } });
		expect(config).toEqual({ a: { b: 1, c: 2 }, d: { e: { f: 1 } } });
	});

	it('take __proto__ for a key like any other', () => {
		const config = withValue({}, 'cities.__proto__.isOn', true);
		expect(JSON.stringify(config)).toBe('{"cities":{"__proto__":{"isOn":true}}}');
		expect(Object.hasOwn({}, 'isOn') || 'isOn' in {}).toBe(false);
	});
});
