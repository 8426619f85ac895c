import type { StoredForecast } from '../forecast-ledger.ts';
import { found, InputError, inputError, type Issue } from '../input-error.ts';
import { BUNDLE_SCHEMA, BUNDLE_VERSION, bundleSchema, type Bundle } from './bundle-schema.ts';

/** A bundle as read; one of a newer version can be shown and passed on, but neither edited nor run. */
export type ReadBundle =
	| { readonly kind: 'bundle'; readonly bundle: Bundle }
	| {
			readonly kind: 'newer';
			readonly version: number;
			readonly document: Readonly<Record<string, unknown>>;
	  };

/** Is a document meant to be a bundle, of whatever version? */
export function isBundle(document: unknown): document is Readonly<Record<string, unknown>> {
	return isObject(document) && document.schema === BUNDLE_SCHEMA;
}

/**
 * Reads a bundle from parsed JSON. What it holds beyond this version's fields stays as it was. Throws `InputError`
 * with a path for each wrong value. No hash is looked at here: `verifyBundle` does that.
 */
export function readBundle(document: unknown): ReadBundle {
	if (!isObject(document))
		throw inputError('bundle', `invalid document: ${found(document)}; must be a JSON object`, 'bundle.value');
	if (document.schema !== BUNDLE_SCHEMA) {
		throw inputError(
			'bundle.schema',
			`invalid schema: ${found(document.schema)}; must be "${BUNDLE_SCHEMA}"`,
			'bundle.schema',
		);
	}
	const { version } = document;
	if (typeof version === 'number' && Number.isInteger(version) && version > BUNDLE_VERSION)
		return { kind: 'newer', version, document };
	const result = bundleSchema.safeParse(document);
	if (!result.success) {
		throw new InputError(
			result.error.issues.map((issue): Issue => {
				const at = ['bundle', ...issue.path.map(String)].join('.');
				return { at, message: `invalid value: ${issue.message}`, code: 'bundle.value' };
			}),
		);
	}
	// what was just checked, not the parser's copy: that may lose keys such as `__proto__`
	return { kind: 'bundle', bundle: document as Bundle };
}

/** The forecast that a bundle stored, for the ledger; null where it stored none. */
export function storedForecastOf({ digest, configuration, intervals }: Bundle): StoredForecast | null {
	return intervals ? { ...intervals, id: digest, configuration } : null;
}

/** Fields beyond those of this version, to be kept when a bundle is made anew. */
export function extrasOf(bundle: Bundle): Record<string, unknown> {
	const known = new Set(Object.keys(bundleSchema.shape));
	return Object.fromEntries(Object.entries(bundle).filter(([key]) => !known.has(key)));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
