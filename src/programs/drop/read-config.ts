import { InputError, found, inputError, type Issue } from '../input-error.ts';
import type { Config } from '../levers.ts';
import type { Notice } from '../report.ts';
import { unknownKeys } from '../unknown-keys.ts';
import { wantedInWords } from '../wanted-words.ts';
import { dropConfigSchema, type DropConfig } from './levers.ts';

/** Keys that older systems wrote and that mean nothing here (spec, opening). */
const IGNORED = /boost|exclu|location_?drop/i;

/**
 * Reads a configuration document: defaults filled in, unknown keys kept and named in `notices`. Throws
 * `InputError` with a path for each wrong value, or where the version is newer than this engine.
 */
export function readDropConfig(document: unknown): { config: DropConfig; notices: Notice[] } {
	if (typeof document !== 'object' || document === null || Array.isArray(document)) {
		throw inputError('config', `invalid document: ${found(document)}; must be a JSON object`, 'config.value');
	}
	if ('version' in document && typeof document.version === 'number' && document.version > 1) {
		throw inputError(
			'config.version',
			`version ${document.version} is newer than this engine, which runs version 1; it was kept unchanged`,
			'config.version',
		);
	}
	const result = dropConfigSchema.safeParse(document);
	if (!result.success) {
		const issues = result.error.issues.map((issue): Issue => {
			const at = ['config', ...issue.path.map(String)].join('.');
			const value = issue.path.reduce<unknown>(
				(node, key) =>
					typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>)[key] : undefined,
				document,
			);
			const message = `invalid value: ${value === undefined ? 'nothing' : found(value)}; ${wantedInWords(issue)}`;
			return { at, message, code: 'config.value' };
		});
		throw new InputError(issues, { path: ['config', ...result.error.issues[0].path.map(String)].join('.') });
	}
	const notices = unknownKeys(dropConfigSchema, document as Config).map(({ path, nearest }): Notice => {
		if (IGNORED.test(path)) {
			return {
				code: 'config-ignored',
				message: `${path} is ignored: Drops know no boosts, exclusions or location Drops`,
			};
		}
		const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
		return { code: 'config-unknown', message: `unknown setting ${path} is kept and changes nothing${hint}` };
	});
	return { config: result.data, notices };
}
