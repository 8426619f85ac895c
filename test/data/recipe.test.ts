import { describe, expect, it } from 'vitest';
import type { ProgramTables } from '#data/program-tables.ts';
import { contentFromDocument } from '#data/read-json.ts';
import { cook, isRecipe, readRecipe } from '#data/recipe.ts';
import { InputError } from '#programs/input-error.ts';
import type { LeverSpec } from '#programs/levers.ts';
import { findToy, shopRow, toy, toyDocument } from './toy-program.ts';

const option: LeverSpec = { path: 'shops', title: 'Shops', help: 'how many', unit: 'count', kind: 'integer', section: 'shops', front: false, min: 1, max: 100, isMinOpen: false, isMaxOpen: false, choices: [], isNullable: false, default: 2 }; // prettier-ignore
const options: readonly LeverSpec[] = [
	option,
	{ ...option, path: 'mix.ratio', kind: 'number', min: 0, max: 1, isMinOpen: true, default: 0.5 },
	{
		...option,
		path: 'mix.style',
		kind: 'choice',
		choices: ['plain', 'odd'],
		min: null,
		max: null,
		default: 'plain',
	},
	{ ...option, path: 'hasVisits', kind: 'switch', min: null, max: null, default: true },
];
const program: ProgramTables = {
	...toy,
	generator: {
		options,
		generate: (given, seed) => {
			const shop = Array.from({ length: Number(given.shops) }, (_, i) =>
				shopRow({ id: `s${i}`, balance: seed }),
			);
			return contentFromDocument(toyDocument({ shop }), findToy).content;
		},
	},
};
const find = (id: string) => (id === 'toy' ? program : undefined);
const recipe = {
	format: 'dropbench-recipe',
	version: 1,
	program: 'toy',
	name: 'three',
	seed: 7,
	options: { shops: 3 },
};

function issuesOf(document: unknown, search = find): string[] {
	try {
		readRecipe(document, search, 'r.json');
	} catch (error) {
		if (error instanceof InputError) return error.issues.map(({ at, message }) => `${at}: ${message}`);
		throw error;
	}
	return [];
}

describe('readRecipe', () => {
	it('fills in what is left out, and cook makes the scenario', () => {
		expect(isRecipe(recipe)).toBe(true);
		const read = readRecipe(recipe, find);
		expect(read).toMatchObject({
			seed: 7,
			name: 'three',
			options: { shops: 3, mix: { ratio: 0.5, style: 'plain' }, hasVisits: true },
		});
		expect(cook(read)).toMatchObject({ name: 'three', program: 'toy' });
		expect(cook(read).tables.get('shop')?.rowCount).toBe(3);
		expect(cook(readRecipe({ ...recipe, name: undefined }, find)).name).toBe('toy');
	});

	it('refuses every wrong part by its place', () => {
		expect(
			issuesOf({
				...recipe,
				seed: -1,
				options: { shops: 0, mix: { ratio: 0, style: 'x', other: 1 }, hasVisits: 'yes', wrong: 1 },
			}),
		).toEqual([
			'r.json, seed: invalid seed: -1; must be a whole number from 0 to 4294967295',
			'r.json, options.mix.other: unknown option; must be one of shops, mix.ratio, mix.style, hasVisits; correct the name or take it out',
			'r.json, options.wrong: unknown option; must be one of shops, mix.ratio, mix.style, hasVisits; correct the name or take it out',
			'r.json, options.shops: invalid option: 0; must be a whole number from 1 up to 100',
			'r.json, options.mix.ratio: invalid option: 0; must be a number above 0 up to 1',
			'r.json, options.mix.style: invalid option: "x"; must be one of plain, odd',
			'r.json, options.hasVisits: invalid option: "yes"; must be true or false',
		]);
		expect(issuesOf({ ...recipe, version: 2 })[0]).toContain('unknown version: 2');
		expect(issuesOf({ ...recipe, format: 'x' })[0]).toContain('invalid format: "x"');
		expect(issuesOf({ ...recipe, program: 'x' })[0]).toContain('unknown program: "x"');
		expect(issuesOf({ ...recipe, options: [] })[0]).toContain('invalid options: a list of 0');
		expect(issuesOf([])[0]).toContain('invalid recipe');
		expect(issuesOf(recipe, findToy)[0]).toContain('"toy" has no generator');
	});
});
