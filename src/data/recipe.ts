import { inputError } from '#programs/input-error.ts';
import { valueAt, withValue, type Config, type LeverSpec } from '#programs/levers.ts';
import type { OnStage } from '#programs/program.ts';
import type { ScenarioContent } from '#programs/tables.ts';
import { collectProblems, shown, type Problems } from './problems.ts';
import type { FindProgram, ProgramTables } from './program-tables.ts';
import { checkVersion, findProgram } from './scenario-meta.ts';

/** The name that recipes go by. */
export const RECIPE_FORMAT = 'dropbench-recipe';
const RECIPE_VERSION = 1;
const MOST_SEED = 0xffffffff;

/** A scenario that is made rather than stored: what to ask a program's generator for. */
export interface Recipe {
	readonly program: ProgramTables;
	readonly name: string;
	readonly seed: number;
	/** every option of the generator, defaults too */
	readonly options: Config;
}

/** Is a parsed document a recipe? */
export function isRecipe(document: unknown): boolean {
	return typeof document === 'object' && document !== null && Object.hasOwn(document, 'format') && (document as { format: unknown }).format === RECIPE_FORMAT; // prettier-ignore
}

/**
 * Reads a recipe: `{ format, version, program, name, seed, options }`. Options left out have their defaults.
 * Throws `InputError` with every problem found, also for an option the generator does not have.
 */
export function readRecipe(document: unknown, find: FindProgram, file = 'recipe'): Recipe {
	if (typeof document !== 'object' || document === null || Array.isArray(document)) {
		throw inputError(file, `invalid recipe: ${shown(document)}; must be an object with format, program, seed and options`, 'import.not-a-scenario'); // prettier-ignore
	}
	const problems = collectProblems();
	const at = (field: string) => `${file}, ${field}`;
	const fields = new Map<string, unknown>(Object.entries(document));
	checkVersion(
		{ format: fields.get('format'), version: fields.get('version') },
		RECIPE_FORMAT,
		RECIPE_VERSION,
		at,
		problems,
	);
	const program = findProgram(fields.get('program'), at, find, problems);
	if (program.generator === null) {
		throw inputError(
			at('program'),
			`invalid program: ${shown(program.id)} has no generator; open a scenario file instead`,
			'import.program',
		);
	}

	const seed = fields.get('seed');
	if (!Number.isSafeInteger(seed) || Number(seed) < 0 || Number(seed) > MOST_SEED) {
		problems.add(
			at('seed'),
			`invalid seed: ${shown(seed)}; must be a whole number from 0 to ${MOST_SEED}`,
			'import.value',
		);
	}
	const name = fields.get('name') ?? '';
	const nameText = typeof name === 'string' ? name : '';
	if (typeof name !== 'string' || name.length > 200) {
		problems.add(
			at('name'),
			`invalid name: ${shown(name)}; must be text of at most 200 characters`,
			'import.value',
		);
	}
	const options = readOptions(
		fields.get('options') ?? {},
		program.generator.options,
		at('options'),
		problems,
	);
	problems.throwIfAny();
	return { program, name: nameText, seed: Number(seed), options };
}

/** Makes the scenario of a recipe. The same recipe gives the same scenario. */
export function cook(recipe: Recipe, onStage?: OnStage): ScenarioContent {
	const { program, seed, options, name } = recipe;
	const content = program.generator!.generate(options, seed, onStage);
	return name === '' ? content : { ...content, name };
}

function readOptions(document: unknown, specs: readonly LeverSpec[], at: string, problems: Problems): Config {
	if (typeof document !== 'object' || document === null || Array.isArray(document)) {
		problems.add(at, `invalid options: ${shown(document)}; must be an object`, 'import.value');
		return {};
	}
	const given = document as Config;
	for (const path of paths(given, specs)) {
		if (specs.some((spec) => spec.path === path)) continue;
		const known = specs.map((spec) => spec.path).join(', ');
		problems.add(
			`${at}.${path}`,
			`unknown option; must be one of ${known}; correct the name or take it out`,
			'import.value',
		);
	}
	let options: Config = {};
	for (const spec of specs) {
		const value = valueAt(given, spec.path) ?? spec.default;
		if (!fits(value, spec))
			problems.add(`${at}.${spec.path}`, `invalid option: ${shown(value)}; ${allowed(spec)}`, 'import.value');
		options = withValue(options, spec.path, value);
	}
	return options;
}

/** Paths of the values of a document; what stands where an option stands is one value. */
function paths(document: Config, specs: readonly LeverSpec[], prefix = ''): string[] {
	return Object.entries(document).flatMap(([key, value]) => {
		const path = `${prefix}${key}`;
		const isGroup = specs.some((spec) => spec.path.startsWith(`${path}.`));
		return isGroup && typeof value === 'object' && value !== null
			? paths(value as Config, specs, `${path}.`)
			: [path];
	});
}

function fits(value: unknown, spec: LeverSpec): boolean {
	if (value === null) return spec.isNullable;
	switch (spec.kind) {
		case 'integer':
			return Number.isSafeInteger(value) && isInRange(value as number, spec);
		case 'number':
			return Number.isFinite(value) && isInRange(value as number, spec);
		case 'choice':
			return typeof value === 'string' && spec.choices.includes(value);
		case 'switch':
			return typeof value === 'boolean';
		case 'text':
			return typeof value === 'string' && value.length <= 10_000;
		case 'list':
			return Array.isArray(value) && value.length <= 10_000;
	}
}

function isInRange(value: number, { min, max, isMinOpen, isMaxOpen }: LeverSpec): boolean {
	const isLow = min !== null && (isMinOpen ? value <= min : value < min);
	const isHigh = max !== null && (isMaxOpen ? value >= max : value > max);
	return !isLow && !isHigh;
}

function allowed(spec: LeverSpec): string {
	if (spec.kind === 'choice') return `must be one of ${spec.choices.join(', ')}`;
	if (spec.kind === 'switch') return 'must be true or false';
	if (spec.kind === 'text') return 'must be text';
	if (spec.kind === 'list') return 'must be a list';
	const what = spec.kind === 'integer' ? 'a whole number' : 'a number';
	const low = spec.min === null ? '' : ` ${spec.isMinOpen ? 'above' : 'from'} ${spec.min}`;
	const high = spec.max === null ? '' : ` ${spec.isMaxOpen ? 'below' : 'up to'} ${spec.max}`;
	return `must be ${what}${low}${high}`;
}
