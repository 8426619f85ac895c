import { InputError, found, inputError, type Issue } from '#programs/input-error.ts';
import { withValue, type Config, type LeverSpec } from '#programs/levers.ts';

/**
 * A configuration with settings of the form `path=value` laid over it, in order. A path names a lever, with the
 * id of an entity where the lever has `*`. Values are read as the lever's kind: `null` empties a lever that may be
 * empty, `true` and `false` are a switch's, a list is JSON. Bounds are the program's to check. Throws
 * `InputError` with every setting that names no lever or cannot be read; `option` is what they came by.
 */
export function applySettings(
	config: Config,
	settings: readonly string[],
	levers: readonly LeverSpec[],
	option = '--set',
): Config {
	const issues: Issue[] = [];
	let result = config;
	for (const setting of settings) {
		const cut = setting.indexOf('=');
		const [path, text] = [setting.slice(0, cut), setting.slice(cut + 1)];
		const lever = cut > 0 ? leverOf(path, levers) : undefined;
		const add = (message: string) =>
			issues.push({ at: `${option} ${setting}`, message, code: 'cli.setting' });
		if (cut <= 0) add('invalid setting; must be path=value');
		else if (!lever) add(`unknown lever: ${path}; must be one of ${nearest(path, levers).join(', ')}`);
		else {
			const value = readValue(text, lever);
			if (value === undefined) add(`invalid value: ${found(text)}; ${wanted(lever)}`);
			else result = withValue(result, path, value);
		}
	}
	if (issues.length > 0) throw new InputError(issues);
	return result;
}

/** A configuration with the seed of a command line. Throws `InputError` where it is no seed, or there is no luck. */
export function applySeed(config: Config, seed: string | undefined, levers: readonly LeverSpec[]): Config {
	if (seed === undefined) return config;
	if (!levers.some((lever) => lever.path === 'seed')) {
		throw inputError('--seed', 'unknown option: this program draws no luck; leave it out', 'cli.setting');
	}
	if (!/^\d{1,10}$/.test(seed)) {
		throw inputError('--seed', `invalid seed: ${found(seed)}; must be a whole number`, 'cli.setting');
	}
	return withValue(config, 'seed', Number(seed));
}

/** The lever that a path names, with the id of an entity where it has `*`. */
export function leverOf(path: string, levers: readonly LeverSpec[]): LeverSpec | undefined {
	return levers.find((candidate) => isAt(candidate, path));
}

function isAt(lever: LeverSpec, path: string): boolean {
	const pattern = lever.path.split('.');
	const parts = path.split('.');
	return pattern.length === parts.length && pattern.every((part, i) => part === '*' || part === parts[i]);
}

/** A value as the lever's kind; undefined where the text is none. */
export function readValue(text: string, lever: LeverSpec): unknown {
	if (text === 'null' && lever.isNullable) return null;
	switch (lever.kind) {
		case 'number':
		case 'integer': {
			const isNumber = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text);
			return isNumber ? Number(text) : undefined;
		}
		case 'switch':
			return text === 'true' ? true : text === 'false' ? false : undefined;
		case 'choice':
			return lever.choices.includes(text) ? text : undefined;
		case 'list':
			return readList(text);
		case 'text':
			return text;
	}
}

function readList(text: string): unknown {
	try {
		const list = JSON.parse(text) as unknown;
		return Array.isArray(list) ? list : undefined;
	} catch {
		return undefined;
	}
}

function wanted(lever: LeverSpec): string {
	const kinds = {
		number: 'must be a number',
		integer: 'must be a whole number',
		switch: 'must be true or false',
		choice: `must be one of ${lever.choices.join(', ')}`,
		list: 'must be a list in JSON',
		text: 'must be text',
	};
	return kinds[lever.kind] + (lever.isNullable ? ', or null' : '');
}

/** Levers that share a word, or most of one, with the path's last; all of them where there is none. */
function nearest(path: string, levers: readonly LeverSpec[]): string[] {
	const word = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
	const isNear = (part: string) => part !== '*' && (part.includes(word) || word.includes(part));
	const near = levers.filter((lever) => lever.path.toLowerCase().split('.').some(isNear));
	return (near.length > 0 ? near : levers).map((lever) => lever.path);
}
