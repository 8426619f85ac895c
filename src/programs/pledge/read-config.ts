import type { z } from 'zod';
import { InputError, found, inputError, type Issue } from '../input-error.ts';
import type { Config } from '../levers.ts';
import type { Notice } from '../report.ts';
import { unknownKeys } from '../unknown-keys.ts';
import { wantedInWords } from '../wanted-words.ts';
import { CONFIG_SCHEMA } from './export.ts';
import { POLICIES_WITH_PICK, pledgeConfigSchema, type PledgeLevers } from './levers.ts';

/**
 * Reads a configuration document: defaults filled in, unknown keys kept and named in `notices`, as is a pick
 * that the policy has no use for. Throws `InputError` with a path for each wrong value, or where the version is
 * newer than this engine.
 */
export function readPledgeConfig(document: unknown): { config: PledgeLevers; notices: Notice[] } {
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
	const result = pledgeConfigSchema.safeParse(document);
	if (!result.success) throw new InputError(result.error.issues.map((issue) => issueAt(document, issue)));

	const notices = unknownKeys(pledgeConfigSchema, document as Config)
		.filter(({ path }) => !(path === 'schema' && (document as Config).schema === CONFIG_SCHEMA))
		.map(({ path, nearest }): Notice => {
			const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
			return {
				code: 'config-unknown',
				message: `unknown setting ${path} is kept and changes nothing${hint}`,
			};
		});
	const { policy, pick } = result.data;
	if (pick !== null && !POLICIES_WITH_PICK.includes(policy)) {
		notices.push({
			code: 'config-unused',
			message: `pick ${pick} changes nothing under ${policy}; it counts under ${POLICIES_WITH_PICK.join(', ')}`,
		});
	}
	return { config: result.data, notices };
}

function issueAt(document: object, issue: z.core.$ZodIssue): Issue {
	const value = issue.path.reduce<unknown>(
		(node, key) =>
			typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>)[key] : undefined,
		document,
	);
	const shown = value === undefined ? 'nothing' : found(value);
	const message = `invalid value: ${shown}; ${wantedInWords(issue)}`;
	return { at: ['config', ...issue.path.map(String)].join('.'), message, code: 'config.value' };
}
