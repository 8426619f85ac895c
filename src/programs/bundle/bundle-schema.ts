import { z } from 'zod';
import { forecastIntervalsSchema } from '../forecast-ledger.ts';

/** What stands in the `schema` field of every bundle. */
export const BUNDLE_SCHEMA = 'dropbench-bundle';
/** Newest version of the document that this program writes and runs. */
export const BUNDLE_VERSION = 1;

// the page reads bundles under a policy that forbids code from text, which zod would otherwise try for speed
z.config({ jitless: true });

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string().regex(/\S/);
const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/);

/** Who agreed to what, and when. A name is what someone typed; it proves nothing about who did. */
export const approvalSchema = z.looseObject({
	role: text.describe('item of the checklist: sales, growth, marketplace, test-drop, alerts, review'),
	name: text,
	at: instant,
	contentHash: hash.describe('hash of what was approved; approvals of anything else are void'),
	proof: text.optional().describe('what was shown at the time of the tick'),
});

/**
 * The document that is exported: a configuration, what it was made against, what came of it and who agreed.
 * Unknown fields are allowed anywhere and survive a round trip. Every rule can be told in JSON Schema, so that the
 * shipped schema takes exactly what this one takes.
 */
export const bundleSchema = z.looseObject({
	schema: z.literal(BUNDLE_SCHEMA),
	version: z.literal(BUNDLE_VERSION),
	program: text,
	scenario: z.looseObject({ name: z.string(), now: z.string() }).describe('the data it was tried on'),
	configuration: z.record(z.string(), z.unknown()).describe('every setting, defaults too'),
	document: z
		.string()
		.nullable()
		.describe('what the live system takes, where that is not the configuration itself'),
	contentHash: hash.describe('SHA-256 of program, configuration, datasetHash and engineVersion'),
	datasetHash: hash,
	engineVersion: text,
	seed: z.int(),
	outcomeHash: hash.describe('SHA-256 that a run with this engine, data and configuration must give'),
	base: hash.nullable().describe('SHA-256 of the production configuration it was made against'),
	approvals: z.array(approvalSchema),
	override: z
		.looseObject({
			reason: text,
			name: text,
			at: instant,
			waives: z.array(text).describe('codes of the problems that were known'),
		})
		.nullable(),
	checks: z.array(
		z.looseObject({
			id: text,
			title: z.string(),
			state: z.enum(['fine', 'close', 'over']),
			proof: z.string(),
			isGuardrail: z.boolean(),
		}),
	),
	forecast: z
		.array(z.looseObject({ id: text, title: z.string(), unit: z.string(), value: z.number().nullable() }))
		.describe('the numbers of the run'),
	intervals: forecastIntervalsSchema
		.optional()
		.describe('what is foretold of the next run, to be held against what happens'),
	digest: hash.describe('SHA-256 of the canonical JSON (RFC 8785) of all other fields'),
});

export type Approval = z.infer<typeof approvalSchema>;
export type Bundle = z.infer<typeof bundleSchema>;

/** The JSON Schema 2020-12 of a bundle, as it is shipped under `schemas/`. */
export function bundleJsonSchema(): Record<string, unknown> {
	return {
		$id: `${BUNDLE_SCHEMA}-${BUNDLE_VERSION}`,
		title: 'Dropbench export',
		...z.toJSONSchema(bundleSchema, { target: 'draft-2020-12', io: 'input' }),
	};
}
