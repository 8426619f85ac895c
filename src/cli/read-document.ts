import { decodeText, parseJson } from '#data/parse-json.ts';
import { inputError } from '#programs/input-error.ts';
import type { Effects } from './effects.ts';

/** The JSON document of a file. Throws `InputError` where it is missing or no JSON. */
export function readDocument(path: string, effects: Effects): unknown {
	const bytes = effects.readFile(path);
	if (bytes === null) throw inputError(path, 'missing file', 'cli.file');
	return parseJson(decodeText(bytes, path), path);
}
