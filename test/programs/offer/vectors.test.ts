import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import { answerCase } from '#programs/offer/answer-case.ts';

interface Case {
	readonly case: string;
	readonly title: string;
	readonly scenario: unknown;
	readonly expected: Readonly<Record<string, unknown>>;
}

const folder = join(import.meta.dirname, 'vectors');

function readCases(file: string): Case[] {
	const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case | Case[];
	return Array.isArray(document) ? document : [document];
}

function answer(input: unknown): unknown {
	try {
		return answerCase(input);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return { error: { code: error.issues[0].code, path: error.facts.path } };
	}
}

describe('the vectors of the offer program', () => {
	const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

	it('are all here', () => {
		expect(files).toHaveLength(10);
	});

	for (const file of files) {
		for (const vector of readCases(file)) {
			it(`give the expected result: ${vector.case}, ${vector.title}`, () => {
				expect(answer(vector.scenario)).toEqual(vector.expected);
			});
		}
	}
});
