import type { ForecastIntervals } from '../forecast-ledger.ts';
import { canonicalJson, sha256Hex } from '../hash.ts';
import type { Config } from '../levers.ts';
import type { Report } from '../report.ts';
import { BUNDLE_SCHEMA, BUNDLE_VERSION, type Approval, type Bundle } from './bundle-schema.ts';

/** What an approval is bound to: change any of it, and who agreed has agreed to something else. */
export interface BundleContent {
	readonly program: string;
	readonly configuration: Config;
	readonly datasetHash: string;
	readonly engineVersion: string;
}

/** What a bundle is made of, hashes aside. */
export interface BundleParts {
	/** the run that is exported */
	readonly report: Report;
	/** name by which the command line finds the scenario, and its as-of time */
	readonly scenario: { readonly name: string; readonly now: string };
	readonly datasetHash: string;
	readonly engineVersion: string;
	/** the production configuration that the draft was made against, or null for none */
	readonly base: Config | null;
	readonly approvals: readonly Approval[];
	readonly override: Bundle['override'];
	/** text for the live system, where it is not the configuration itself */
	readonly document: string | null;
	/** what is foretold, to be held against what happens; left out where the program foretells nothing */
	readonly intervals?: ForecastIntervals | null;
	/** fields of an imported bundle that this version does not know; kept */
	readonly extras?: Readonly<Record<string, unknown>>;
}

/** SHA-256, in hex, of what approvals are bound to. */
export function contentHashOf({ program, configuration, datasetHash, engineVersion }: BundleContent): string {
	return sha256Hex(canonicalJson({ program, configuration, datasetHash, engineVersion }));
}

/** SHA-256, in hex, of a configuration: how a bundle names its base. */
export function configHash(config: Config): string {
	return sha256Hex(canonicalJson(config));
}

/** SHA-256, in hex, of every field but `digest`. */
export function bundleDigest(bundle: Readonly<Record<string, unknown>>): string {
	return sha256Hex(canonicalJson({ ...bundle, digest: undefined }));
}

/** The numbers of a run as a bundle states them; those that are not finite become null. */
export function forecastOf({ metrics }: Pick<Report, 'metrics'>): Bundle['forecast'] {
	return metrics.map(({ id, title, unit, value }) => ({
		id,
		title,
		unit,
		value: value !== null && Number.isFinite(value) ? value : null,
	}));
}

/** Makes the document of a run. Numbers that are not finite become null; nothing else is rounded or left out. */
export function makeBundle(parts: BundleParts): Bundle {
	const { report, scenario, datasetHash, engineVersion } = parts;
	const content = { program: report.program, configuration: report.config, datasetHash, engineVersion };
	const body: Omit<Bundle, 'digest'> = {
		...parts.extras,
		schema: BUNDLE_SCHEMA,
		version: BUNDLE_VERSION,
		...content,
		scenario: { ...scenario },
		document: parts.document,
		contentHash: contentHashOf(content),
		seed: report.seed,
		outcomeHash: report.outcomeHash,
		base: parts.base === null ? null : configHash(parts.base),
		approvals: [...parts.approvals],
		override: parts.override,
		checks: report.checks.map(({ id, title, state, proof, isGuardrail }) => ({
			id,
			title,
			state,
			proof,
			isGuardrail,
		})),
		forecast: forecastOf(report),
		...(parts.intervals ? { intervals: parts.intervals } : {}),
	};
	return { ...body, digest: bundleDigest(body) } as Bundle;
}

/** The bytes of a bundle, as text: canonical JSON after RFC 8785, without a line feed at the end. */
export function bundleText(bundle: Readonly<Record<string, unknown>>): string {
	return canonicalJson(bundle);
}
