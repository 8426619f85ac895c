import { defineConfig } from 'vitest/config';

/** The tests that mutants of `src/engine` are tried against: the engine's own, in Node. */
export default defineConfig({
	test: {
		include: ['test/engine/**/*.test.ts'],
		setupFiles: ['test/mutation/setup.ts'],
		testTimeout: 60_000,
		expect: { requireAssertions: true },
	},
});
