import { checkJson } from '#data/parse-json.ts';
import { InputError, found } from '#programs/input-error.ts';
import type { CaseReader, Program } from '#programs/program.ts';

/** The error of an answer: a stable code, words, and where the program says so a path or an event. */
export interface CaseError {
	readonly code: string;
	readonly message: string;
	readonly path?: string | readonly (string | number)[];
	readonly event?: number | null;
}

/** Where the cases of a line go: the program of an id, and the reader of scenario documents for it. */
export interface CaseDesk {
	find(id: string): Program | undefined;
	readerOf(program: Program): CaseReader;
}

/**
 * Answers one line of the case protocol, `{ id, program, input }`, with one line, `{ id, result }` or
 * `{ id, error }`, without its line end. Never throws: a line that is no such object has the code
 * `case.invalid` or, where it is not even JSON, one of `import.json` and its like; an unknown program
 * `case.program`; a fault of ours `bug`. The id is given back as it came; it is null where the line has none,
 * where it is a list or an object, and where the line cannot be read.
 */
export function answerLine(line: string, desk: CaseDesk): string {
	const fault = checkJson(line);
	const request = parseOrNull(line);
	// even a line that is refused for a fault deep inside is answered by its id
	const id = idOf(request);
	try {
		if (fault !== null) throw new CaseFault(`${fault.message} (character ${fault.index + 1})`, fault.code);
		const { program: name, input } = checkRequest(request);
		const program = desk.find(name);
		if (!program) throw new CaseFault(`unknown program: ${found(name)}`, 'case.program');
		const result = resultText(program.answerCase(input, desk.readerOf(program)));
		return `{"id":${JSON.stringify(id)},"result":${result}}`;
	} catch (error) {
		return JSON.stringify({ id, error: caseError(error) });
	}
}

class CaseFault extends Error {
	readonly code: string;
	constructor(message: string, code: string) {
		super(message);
		this.code = code;
	}
}

function parseOrNull(line: string): unknown {
	try {
		return JSON.parse(line) as unknown;
	} catch {
		return null;
	}
}

function idOf(request: unknown): unknown {
	if (typeof request !== 'object' || request === null || !Object.hasOwn(request, 'id')) return null;
	const { id } = request as { id: unknown };
	return typeof id === 'object' ? null : id;
}

function checkRequest(request: unknown): { program: string; input: unknown } {
	const fault = (message: string) => new CaseFault(message, 'case.invalid');
	if (typeof request !== 'object' || request === null || Array.isArray(request)) {
		throw fault(`invalid case: ${found(request)}; must be an object with id, program and input`);
	}
	if (!('program' in request)) throw fault('missing program; must be a text such as "drop"');
	if (typeof request.program !== 'string') {
		throw fault(`invalid program: ${found(request.program)}; must be a text such as "drop"`);
	}
	if (!('input' in request)) throw fault('missing input; must be what the program takes');
	return { program: request.program, input: request.input };
}

function resultText(result: unknown): string {
	const text = JSON.stringify(result, (key, value: unknown) => {
		// JSON would turn it into null without a word
		if (typeof value === 'number' && !Number.isFinite(value))
			throw new Error(`${key} of the result is ${value}`);
		return value;
	}) as string | undefined;
	if (text === undefined) throw new Error('the program gave no result');
	return text;
}

function caseError(error: unknown): CaseError {
	if (error instanceof CaseFault) return { code: error.code, message: error.message };
	if (!(error instanceof InputError)) {
		return {
			code: 'bug',
			message: error instanceof Error ? `${error.name}: ${error.message}` : found(error),
		};
	}
	const [{ at, code, message }] = error.issues;
	const { path = at === '' ? undefined : at, event } = error.facts;
	return {
		code,
		message,
		...(path === undefined ? {} : { path }),
		...(event === undefined ? {} : { event }),
	};
}
