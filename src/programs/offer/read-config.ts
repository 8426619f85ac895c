import { InputError, found, inputError, type Issue } from '../input-error.ts';
import type { Config } from '../levers.ts';
import type { Notice } from '../report.ts';
import { unknownKeys } from '../unknown-keys.ts';
import { wantedInWords } from '../wanted-words.ts';
import { offerConfigSchema, type OfferConfig } from './levers.ts';
import type { z } from 'zod';

/**
 * Reads a configuration document: defaults filled in, unknown keys kept and named in `notices`. Throws
 * `InputError` with a path for each wrong value, or where the version is newer than this engine.
 */
export function readOfferConfig(document: unknown): { config: OfferConfig; notices: Notice[] } {
	const config = parseSettings(offerConfigSchema, document, 'config');
	const notices = unknownKeys(offerConfigSchema, document as Config).map(({ path, nearest }): Notice => {
		const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
		return { code: 'config-unknown', message: `unknown setting ${path} is kept and changes nothing${hint}` };
	});
	return { config, notices };
}

/** Parses settings by a schema; every wrong value is an issue `<name>.<path>`. */
export function parseSettings<T extends z.ZodType>(schema: T, document: unknown, name: string): z.infer<T> {
	if (typeof document !== 'object' || document === null || Array.isArray(document)) {
		throw inputError(name, `invalid document: ${found(document)}; must be a JSON object`, `${name}.value`);
	}
	if ('version' in document && typeof document.version === 'number' && document.version > 1) {
		const message = `version ${document.version} is newer than this engine, which runs version 1; it was kept unchanged`;
		throw inputError(`${name}.version`, message, `${name}.version`);
	}
	const result = schema.safeParse(document);
	if (result.success) return result.data;
	const issues = result.error.issues.map((issue): Issue => {
		const at = [name, ...issue.path.map(String)].join('.');
		const value = valueAtPath(document, issue.path);
		const shown = value === undefined ? 'nothing' : found(value);
		return { at, message: `invalid value: ${shown}; ${wantedInWords(issue)}`, code: `${name}.value` };
	});
	throw new InputError(issues, { path: issues[0].at });
}

function valueAtPath(document: unknown, path: readonly PropertyKey[]): unknown {
	let node = document;
	for (const key of path) {
		if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
		node = (node as Readonly<Record<PropertyKey, unknown>>)[key];
	}
	return node;
}
