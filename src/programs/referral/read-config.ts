import { InputError, found, inputError, type Issue } from '../input-error.ts';
import { valueAt, type Config } from '../levers.ts';
import type { Notice } from '../report.ts';
import { unknownKeys } from '../unknown-keys.ts';
import { wantedInWords } from '../wanted-words.ts';
import { referralConfigSchema, type ReferralConfig } from './levers.ts';
import { readAddress } from './rule-fields.ts';

/**
 * Reads a configuration document: defaults filled in, unknown keys kept and named in `notices`. Throws
 * `InputError` with a path for each wrong value.
 */
export function readReferralConfig(document: unknown): { config: ReferralConfig; notices: Notice[] } {
	if (typeof document !== 'object' || document === null || Array.isArray(document)) {
		throw inputError('config', `invalid document: ${found(document)}; must be a JSON object`, 'config.value');
	}
	const result = referralConfigSchema.safeParse(document);
	if (!result.success) {
		const issues = result.error.issues.map((issue): Issue => {
			const path = issue.path.map(String);
			const value = valueAt(document as Config, path.join('.'));
			const message = `invalid value: ${value === undefined ? 'nothing' : found(value)}; ${wantedInWords(issue)}`;
			return { at: ['config', ...path].join('.'), message, code: 'config.value' };
		});
		throw new InputError(issues, { path: issues[0].at });
	}
	const notices = unknownKeys(referralConfigSchema, document as Config).map(({ path, nearest }): Notice => {
		const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
		return { code: 'config-unknown', message: `unknown setting ${path} is kept and changes nothing${hint}` };
	});
	for (const referrer of Object.keys(result.data.disqualified)) {
		if (readAddress(referrer) === null) {
			throw inputError(
				`config.disqualified.${referrer}`,
				'invalid address; must be 0x and 40 hex digits',
				'config.value',
			);
		}
	}
	return { config: result.data, notices };
}
