import { expect as vitestExpect } from 'vitest';

/** A test as its file declares it. */
export interface QuickTest {
	readonly name: string;
	readonly run: () => Promise<void>;
}

type Body = (...values: unknown[]) => unknown;

/** Every test declared so far, in order. */
export const tests: QuickTest[] = [];
const suites: string[] = [];

/** Vitest's own: it needs no runner. */
export const expect = vitestExpect;

/** Vitest's `describe`, for suites that only name their tests. */
export function describe(name: string, body: () => void): void {
	suites.push(name);
	body();
	suites.pop();
}

/** Vitest's `it`: declares a test, which fails where it asserts nothing. */
export function it(name: string, body: Body): void {
	const run = async () => {
		expect.setState({ assertionCalls: 0 });
		await body();
		if (expect.getState().assertionCalls === 0) throw new Error('a test without assertion');
	};
	tests.push({ name: [...suites, name].join(' '), run });
}

/** Vitest's `it.each`: one test for each row, told apart by its place. */
it.each = (rows: readonly unknown[]) => (name: string, body: Body) => {
	for (const [i, row] of rows.entries()) {
		it(`${name} (${i})`, () => (Array.isArray(row) ? body(...(row as unknown[])) : body(row)));
	}
};
