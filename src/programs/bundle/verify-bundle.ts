import { canonicalJson } from '../hash.ts';
import type { Config } from '../levers.ts';
import type { OpenScenario, OnStage, Program } from '../program.ts';
import type { Check, Report } from '../report.ts';
import type { Bundle } from './bundle-schema.ts';
import { checklistState } from './checklist.ts';
import { liveDocument } from './live-document.ts';
import { bundleDigest, configHash, contentHashOf, forecastOf } from './make-bundle.ts';

/** One reason why a bundle must not go live. */
export interface BundleProblem {
	/** `hash.outcome`, `guardrail.supply`, `approval.sales`, … */
	readonly code: string;
	readonly message: string;
}

/** What a bundle is held against. */
export interface Bench {
	readonly program: Program;
	readonly open: OpenScenario;
	/** SHA-256 of the scenario that is open */
	readonly datasetHash: string;
	readonly engineVersion: string;
	/** the configuration that is live now, where known: a bundle made against another one is stale */
	readonly production?: Config;
}

export interface Verdict {
	/** in the order looked at; empty where the bundle is what it says and may go live */
	readonly problems: readonly BundleProblem[];
	/** of those, what its override knew and gave a reason for */
	readonly waived: readonly BundleProblem[];
	/** the re-run */
	readonly report: Report;
	/** its lights, with those that only an export proves */
	readonly checks: readonly Check[];
}

/**
 * Recomputes everything a bundle states: its digest, the hash that approvals are bound to, the data, the outcome by
 * a whole run, and every light; then holds the checklist against it. Throws `InputError` where the configuration
 * is not one that the program takes. Cost: one run.
 */
export function verifyBundle(bundle: Bundle, bench: Bench, onStage?: OnStage): Verdict {
	const { program, open } = bench;
	const problems: BundleProblem[] = [];
	const mustEqual = (field: string, stated: unknown, is: unknown, what: string) => {
		if (stated !== is)
			problems.push({ code: `hash.${field}`, message: `mismatched ${what}: stated ${String(stated)}, found ${String(is)}` }); // prettier-ignore
	};
	mustEqual('program', bundle.program, program.id, 'program');
	mustEqual('digest', bundle.digest, bundleDigest(bundle), 'digest: the file was changed after its export');
	mustEqual('content', bundle.contentHash, contentHashOf(bundle), 'content hash');
	mustEqual('dataset', bundle.datasetHash, bench.datasetHash, 'dataset');
	mustEqual('engine', bundle.engineVersion, bench.engineVersion, 'engine version');
	if (bench.production && bundle.base !== null)
		mustEqual('base', bundle.base, configHash(bench.production), 'base: production moved since');

	const { config } = program.readConfig(bundle.configuration);
	const report = open.run(config, onStage);
	mustEqual('seed', bundle.seed, report.seed, 'seed');
	mustEqual('outcome', bundle.outcomeHash, report.outcomeHash, 'outcome');
	if (bundle.document !== null)
		mustEqual('document', bundle.document, liveDocument(program, open, config), 'document');
	const checks = [...report.checks, ...(open.prove?.(config, onStage) ?? [])];
	if (canonicalJson(lights(bundle)) !== canonicalJson(lights({ checks })))
		problems.push({ code: 'hash.checks', message: 'mismatched lights: the re-run finds other ones than the file states' }); // prettier-ignore

	if (canonicalJson(bundle.forecast.map(({ id, value }) => [id, value])) !== canonicalJson(forecastOf(report).map(({ id, value }) => [id, value])))
		problems.push({ code: 'hash.forecast', message: 'mismatched forecast: the re-run gives other numbers than the file states' }); // prettier-ignore

	// a light that is red in either is red
	const red = new Map(
		[...bundle.checks.filter(isRed), ...checks.filter(isRed)].map((check) => [check.id, check]),
	);
	for (const { id, title, proof } of red.values())
		problems.push({ code: `guardrail.${id}`, message: `${title}: ${proof}` });
	for (const { role, title, approval, voided } of checklistState(
		bundle.approvals,
		contentHashOf(bundle),
		program.checklistWords,
	)) {
		if (approval) continue;
		const why = voided ? `void: ${voided.name} agreed to ${voided.contentHash}` : 'missing';
		problems.push({ code: `approval.${role}`, message: `${title}: ${why}` });
	}
	const waives = new Set(bundle.override?.waives);
	// a reason explains a light or a tick; it cannot make a hash right
	const waived = problems.filter(({ code }) => waives.has(code) && !code.startsWith('hash.'));
	return { problems, waived, report, checks };
}

function lights({ checks }: Pick<Report, 'checks'> | Pick<Bundle, 'checks'>) {
	return checks.map(({ id, state, isGuardrail, proof }) => ({ id, state, isGuardrail, proof }));
}

function isRed({ state, isGuardrail }: Pick<Check, 'state' | 'isGuardrail'>): boolean {
	return state === 'over' && isGuardrail;
}
