import { expect } from 'vitest';
import { contentDigest } from '#data/digest.ts';
import type { ProgramTables } from '#data/program-tables.ts';
import { contentFromDocument } from '#data/read-json.ts';
import type { ReadScenario } from '#data/read-scenario.ts';
import { writeJson } from '#data/write-json.ts';
import { InputError } from '#programs/input-error.ts';

/** Milliseconds after which a mutant counts as hanging; a busy machine is slow by itself. */
const LIMIT_MS = 10_000;
const ENGINE_WORDS =
	/malformed|SQLITE_|no such table|memory access|not an error|disk image|unreachable|undefined|\[object|Unexpected token|is not a function|Cannot read/;

/** Counts what became of mutants, and holds each to what was promised. */
export interface Tally {
	/**
	 * Reads one mutant. A refusal must be an `InputError` whose every issue has a place, a code and plain words
	 * of at most 2 kB; what is accepted must be a scenario that passes every check again.
	 */
	add(read: () => ReadScenario): ReadScenario | null;
	/** Prints the counts, and expects no crash, no hang and nothing wrong. */
	finish(): void;
	/** Counts an acceptance that a test itself found wrong. */
	markWrong(what: string): void;
}

export function makeTally(title: string, program: ProgramTables): Tally {
	let [refused, accepted, slowest] = [0, 0, 0];
	const codes = new Map<string, number>();
	const crashes: string[] = [];
	const wrong: string[] = [];
	const hung: string[] = [];

	const checkRefusal = (error: unknown) => {
		if (!(error instanceof InputError)) {
			crashes.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
			return;
		}
		refused++;
		codes.set(error.issues[0].code, (codes.get(error.issues[0].code) ?? 0) + 1);
		for (const { at, message, code } of error.issues) {
			const isFine =
				at !== '' &&
				code !== '' &&
				message.length <= 2000 &&
				at.length <= 2000 &&
				!ENGINE_WORDS.test(message);
			// no control characters, and no half characters
			// eslint-disable-next-line no-control-regex
			if (!isFine || /[\u0000-\u001f\u202a-\u202e]/.test(message + at))
				wrong.push(`refused with ${at}: ${message} [${code}]`);
		}
		if (error.issues.length > 50) wrong.push(`${error.issues.length} issues`);
	};

	return {
		add(read) {
			const start = performance.now();
			let result: ReadScenario | null = null;
			try {
				result = read();
			} catch (error) {
				checkRefusal(error);
			}
			const ms = performance.now() - start;
			slowest = Math.max(slowest, ms);
			if (ms > LIMIT_MS) hung.push(`${Math.round(ms)} ms`);
			if (result === null) return null;
			accepted++;
			// all that is accepted is whole: it can be written, and read again as the same
			const again = contentFromDocument(
				JSON.parse(writeJson(result.content, program)),
				() => program,
			).content;
			if (contentDigest(again, program.tables) !== contentDigest(result.content, program.tables))
				wrong.push('reads back differently');
			return result;
		},
		markWrong: (what) => void wrong.push(what),
		finish() {
			const reasons = [...codes]
				.sort(([, a], [, b]) => b - a)
				.map(([code, count]) => `${code} ${count}`)
				.join(', ');
			console.log(
				`hostile ${title}: ${refused + accepted + crashes.length} mutants: ${refused} refused (${reasons}), ${accepted} read, ` +
					`${crashes.length} crashes, ${hung.length} hangs (slowest ${Math.round(slowest)} ms), ${wrong.length} wrong`,
			);
			expect({ crashes: crashes.slice(0, 3), hung, wrong: wrong.slice(0, 3) }).toEqual({
				crashes: [],
				hung: [],
				wrong: [],
			});
			expect(refused + accepted).toBeGreaterThan(0);
		},
	};
}

/** How many mutants to try: `HOSTILE=10 npm test` tries ten times as many. */
export function mutantCount(usual: number): number {
	return usual * Math.max(1, Number(process.env.HOSTILE ?? '1') || 1);
}
