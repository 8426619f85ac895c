import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

// browsers and Node disagree on the last bit of these: engine/math.ts has portable ones
const unportable = [
	'exp',
	'log',
	'log2',
	'log10',
	'log1p',
	'expm1',
	'pow',
	'sin',
	'cos',
	'tan',
	'asin',
	'acos',
]
	.concat(['atan', 'atan2', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'cbrt', 'hypot', 'random'])
	.map((property) => ({
		object: 'Math',
		property,
		message: 'not bit-exact everywhere; use #engine/math.ts or #engine/random.ts',
	}));

export default defineConfig(
	{ ignores: ['build/', '.svelte-kit/', '.cache/', 'test-results/', 'coverage/'] },
	js.configs.recommended,
	ts.configs.recommendedTypeChecked,
	svelte.configs.recommended,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname,
			},
		},
		rules: { 'no-undef': 'off', 'svelte/no-navigation-without-resolve': 'off' },
	},
	{
		files: ['src/engine/**', 'src/programs/**'],
		rules: {
			'no-restricted-properties': [
				'error',
				...unportable,
				{ object: 'Date', property: 'now', message: 'time is an input' },
				{ object: 'Date', property: 'parse', message: 'use parseInstant of #programs/instant.ts' },
				{ object: 'performance', property: 'now', message: 'time is an input' },
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: "BinaryExpression[operator='**']",
					message: 'not bit-exact everywhere; use powInteger of #engine/math.ts',
				},
				{
					selector: "CallExpression[callee.property.name='localeCompare']",
					message: 'depends on the language; compare with <',
				},
				{
					selector: "CallExpression[callee.property.name='toLocaleString']",
					message: 'depends on the language; format in ui',
				},
			],
		},
	},
	{ files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		rules: {
			// the types of a component's callbacks are unknown here; svelte-check sees them
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			// state is replaced whole, so plain maps and sets are what is wanted
			'svelte/prefer-svelte-reactivity': 'off',
		},
	},
	{ files: ['**/*.js', '**/*.mjs', 'src/service-worker.ts'], extends: [ts.configs.disableTypeChecked] },
);
