import { contentFromDocument } from '../../src/data/read-json.ts';
import { contentDigest } from '../../src/data/digest.ts';
import type { Bundle } from '../../src/programs/bundle/bundle-schema.ts';
import { checklist } from '../../src/programs/bundle/checklist.ts';
import { bundleDigest, contentHashOf, makeBundle } from '../../src/programs/bundle/make-bundle.ts';
import type { Config } from '../../src/programs/levers.ts';
import { programById } from '../../src/programs/registry.ts';

/** What the Deploy screen exports of a configuration on a scenario document, approved by everyone. */
export function exported(document: object, config: Config, name: string): Bundle {
	const { content } = contentFromDocument(document, programById);
	const program = programById(content.program);
	if (!program) throw new Error(`unknown program ${content.program}`);
	const datasetHash = contentDigest(content, program.tables);
	const production = program.readConfig({ seed: 3 }).config;
	const open = program.open(content);
	const run = open.run(program.readConfig(config).config);
	const report = { ...run, checks: [...run.checks, ...(open.prove?.(run.config) ?? [])] };
	const engineVersion = '1.2.3';
	const contentHash = contentHashOf({
		program: program.id,
		configuration: report.config,
		datasetHash,
		engineVersion,
	});
	return makeBundle({
		report,
		scenario: { name, now: content.now },
		datasetHash,
		engineVersion,
		base: production,
		approvals: checklist.map(({ role }) => ({ role, name: 'Ana', at: '2026-03-17T16:00:00Z', contentHash })),
		override: null,
		document: null,
	});
}

/** A bundle with other fields, and a digest that fits them. */
export function withFields(bundle: Bundle, fields: Readonly<Record<string, unknown>>): Bundle {
	const changed = { ...bundle, ...fields } as Bundle;
	return { ...changed, digest: bundleDigest(changed) };
}
