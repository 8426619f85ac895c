import { canonicalJson } from '../hash.ts';
import type { Config } from '../levers.ts';
import type { OpenScenario, Program } from '../program.ts';

/** The text that the live system takes, where that is not the configuration itself; null where it is. */
export function liveDocument(program: Program, open: OpenScenario, config: Config): string | null {
	if (open.exportDocument) return open.exportDocument(config);
	const document = program.exportConfig(config);
	const text = canonicalJson(document);
	return text === canonicalJson(config) ? null : text;
}
