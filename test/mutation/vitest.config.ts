import { defineConfig } from 'vitest/config';

// the tests of a folder are what proves it; without a choice all of the engine's are tried
const FOLDERS: Readonly<Record<string, string>> = {
	root: 'test/engine/*.test.ts',
	match: 'test/engine/match/*.test.ts',
	stats: 'test/engine/stats/*.test.ts',
};

/** The tests that mutants of `src/engine` are tried against, in Node: those of the folder `PART`, or all of them. */
export default defineConfig({
	test: {
		include: [FOLDERS[process.env.PART ?? ''] ?? 'test/engine/**/*.test.ts'],
		setupFiles: ['test/mutation/setup.ts'],
		testTimeout: 60_000,
		expect: { requireAssertions: true },
	},
});
