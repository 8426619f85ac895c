import { parseJson } from '#data/parse-json.ts';
import { isBundle, readBundle, type ReadBundle } from '#programs/bundle/read-bundle.ts';
import { inputError } from '#programs/input-error.ts';
import type { Config } from '#programs/levers.ts';

/** What someone handed in as production: a configuration, or an export with one inside. */
export type HandedIn =
	{ readonly kind: 'configuration'; readonly text: string } | (ReadBundle & { readonly text: string });

/**
 * Reads the text of a file or the clipboard. A configuration is only parsed here; its program reads it. Throws
 * `InputError`, also for an export of another program.
 */
export function readHandedIn(text: string, program: string): HandedIn {
	const document = parseJson(text, 'production');
	if (!isBundle(document)) return { kind: 'configuration', text };
	const read = readBundle(document);
	if (read.kind === 'newer') return { ...read, text };
	if (read.bundle.program !== program) {
		throw inputError(
			'production',
			`mismatched program: this export is of ${read.bundle.program}; open that lab first`,
			'deploy.program',
		);
	}
	return { ...read, text: configurationText(read.bundle.configuration) };
}

function configurationText(configuration: Config): string {
	return JSON.stringify(configuration);
}
