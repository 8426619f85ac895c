import { contentDigest } from '#data/digest.ts';
import type { Bundle } from '#programs/bundle/bundle-schema.ts';
import { readBundle } from '#programs/bundle/read-bundle.ts';
import { verifyBundle, type BundleProblem } from '#programs/bundle/verify-bundle.ts';
import { inputError } from '#programs/input-error.ts';
import type { Check } from '#programs/report.ts';
import { EXIT, hasOption, textOption, type Command } from '../command.ts';
import type { Effects } from '../effects.ts';
import { jsonText } from '../json-text.ts';
import { loadScenario } from '../load-scenario.ts';
import { readDocument } from '../read-document.ts';
import { lightLine } from '../study-text.ts';

/** `dropbench check`: is an exported bundle what it says, and may it go live? */
export const checkCommand: Command = {
	name: 'check',
	usage: 'BUNDLE [--scenario SCENARIO] [--production FILE] [--accept-override] [--json]',
	summary: 're-run an exported bundle: hashes, guardrails and approvals',
	details: `BUNDLE is the JSON that the Deploy screen exports. Its scenario is looked up by the name it states, unless --scenario
says where the data is. Digest, content hash, dataset hash and seed are recomputed; the run must give the same outcome
hash, forecast and lights, those too slow for every run included; every item of the checklist must be approved for exactly this content. Exits with 3 on any
mismatch, red guardrail or missing approval.`,
	options: [
		{ name: 'scenario', type: 'string', value: 'SCENARIO', help: 'where the data is' },
		{
			name: 'production',
			type: 'string',
			value: 'FILE',
			help: 'configuration that is live now; a bundle made against another one is refused',
		},
		{
			name: 'accept-override',
			type: 'boolean',
			help: 'let lights and approvals pass that the file gives a reason for; hashes never',
		},
		{ name: 'json', type: 'boolean', help: 'print JSON' },
	],
	most: 1,
	async run(words, effects) {
		const [file] = words.positionals;
		if (file === undefined)
			throw inputError('dropbench check', 'missing bundle; must be an exported file', 'cli.word');
		const bundle = readBundleFile(file, effects);
		const name = textOption(words, 'scenario') ?? bundle.scenario.name;
		const { program, content } = await loadScenario(name, effects);
		const live = textOption(words, 'production');
		const production =
			live === undefined ? undefined : program.readConfig(readDocument(live, effects)).config;

		const verdict = verifyBundle(
			bundle,
			{
				program,
				open: program.open(content),
				datasetHash: contentDigest(content, program.tables),
				engineVersion: effects.version,
				...(production === undefined ? {} : { production }),
			},
			effects.progress,
		);
		const waived = hasOption(words, 'accept-override') ? verdict.waived : [];
		const blocking = verdict.problems.filter((problem) => !waived.includes(problem));
		const { outcomeHash } = verdict.report;
		const { checks } = verdict;
		await effects.write(
			hasOption(words, 'json')
				? jsonText({ isGood: blocking.length === 0, problems: blocking, waived, outcomeHash, checks })
				: verdictText(bundle, checks, blocking, waived, outcomeHash),
		);
		return blocking.length === 0 ? EXIT.done : EXIT.failed;
	},
};

function readBundleFile(file: string, effects: Effects): Bundle {
	const read = readBundle(readDocument(file, effects));
	if (read.kind === 'bundle') return read.bundle;
	throw inputError(
		file,
		`version ${read.version} is newer than this program; it can be kept and passed on, but not run here`,
		'bundle.version',
	);
}

function verdictText(
	bundle: Bundle,
	checks: readonly Check[],
	blocking: readonly BundleProblem[],
	waived: readonly BundleProblem[],
	outcomeHash: string,
): string {
	const lights = checks.filter(({ isGuardrail }) => isGuardrail).length;
	const lines = [
		`${bundle.program}, ${bundle.scenario.name}, engine ${bundle.engineVersion}, seed ${bundle.seed}`,
		`content ${bundle.contentHash}`,
		`outcome ${outcomeHash}`,
		'',
		...checks.map((check) => lightLine(check).trimEnd()),
		'',
		...blocking.map(({ code, message }) => `✗ ${code}: ${message}`),
		...waived.map(({ code, message }) => `! ${code}: ${message}`),
		...(waived.length > 0 && bundle.override
			? [`  ${bundle.override.name} gave a reason: ${bundle.override.reason}`]
			: []),
		blocking.length === 0
			? `✓ same outcome, ${lights} guardrails kept${waived.length === 0 ? ', everything approved' : ''}`
			: `blocked: ${blocking.length} ${blocking.length === 1 ? 'problem' : 'problems'}`,
	];
	return `${lines.join('\n')}\n`;
}
