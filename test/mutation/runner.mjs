import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

// files of the copy that Stryker works in
const BUNDLE = '.cache/mutation/tests.mjs';
const COSTS = '.cache/mutation/costs.json';
const QUICK_VITEST = 'test/mutation/quick-vitest.ts';
const CAPPED_FAST_CHECK = 'test/mutation/capped-fast-check.ts';
/** Where instrumented code looks for the mutant at work. */
const STATE = '__stryker__';

/** Tests of more steps are left out: a mutant that only they would notice counts as one that nobody does. */
const MOST_STEPS = 60_000_000;
/** A test is endless when it takes this many times its steps without mutant. */
const ENDLESS = 5;
const ENDLESS_LEAST = 2_000_000;

/** The tests of the engine's folder `PART` (`root` for what stands above the folders), or all of the engine's. */
function testFiles() {
	const part = process.env.PART;
	const folder = part === undefined || part === 'root' ? 'test/engine' : `test/engine/${part}`;
	return readdirSync(folder, { recursive: part === undefined, encoding: 'utf8' })
		.filter((file) => file.endsWith('.test.ts'))
		.sort()
		.map((file) => resolve(folder, file));
}

/** The test files as one module, with what they import. */
async function bundleTests() {
	const files = testFiles().map((file) => `import ${JSON.stringify(file)};`);
	const entry = [...files, `export { tests } from 'vitest';`].join('\n');
	const instead = new Map([
		['vitest', resolve(QUICK_VITEST)],
		['fast-check', resolve(CAPPED_FAST_CHECK)],
	]);
	const bundle = await rolldown({
		input: 'entry',
		platform: 'node',
		tsconfig: false,
		plugins: [
			{
				name: 'tests',
				resolveId: (id, importer) => {
					if (id === 'entry') return id;
					const file = instead.get(id);
					if (file === undefined) return null;
					return file === importer ? { id, external: true } : file;
				},
				load: (id) => (id === 'entry' ? entry : null),
			},
		],
	});
	const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
	mkdirSync('.cache/mutation', { recursive: true });
	writeFileSync(BUNDLE, countSteps(output[0].code));
}

/**
 * Makes instrumented code count a step wherever it passes a mutant that is not at work, and throw beyond `stepLimit`. Which
 * mutants it passes is noted only while `hits` is there: that costs more than the code itself.
 */
function countSteps(code) {
	return code.replaceAll(
		/function (stryCov_[\w$]+)\(\) \{/g,
		(head, name) => `${head}
	const state = globalThis.${STATE};
	${name} = function () {
		if (++state.stepCount > state.stepLimit) throw new Error('too many steps');
		if (state.hits === undefined) return;
		for (let i = 0; i < arguments.length; i++) state.hits[arguments[i]] = (state.hits[arguments[i]] ?? 0) + 1;
	};
	return ${name}(...arguments);`,
	);
}

/**
 * Runs the tests of the engine in Stryker's own process, all files as one bundle: a mutant costs what the tests cost that
 * reach it, the shortest first, and an endless loop is told by its steps within a second.
 */
function makeRunner() {
	const state = (globalThis[STATE] ??= {});

	async function loadTests() {
		return (await import(pathToFileURL(resolve(BUNDLE)).href)).tests;
	}

	/** Why a test failed, if it did, and whether it went on for longer than it may. */
	async function runTest(test, stepLimit) {
		state.stepCount = 0;
		state.stepLimit = stepLimit;
		let failure;
		try {
			await test.run();
		} catch (error) {
			failure = String(error?.message ?? error).slice(0, 2000);
		}
		const isEndless = state.stepCount > stepLimit || state.hitCount > state.hitLimit;
		return { failure, isEndless };
	}

	return {
		capabilities: () => ({ reloadEnvironment: false }),

		async dryRun() {
			await bundleTests();
			const mutantCoverage = { static: {}, perTest: {} };
			const costs = {};
			const tests = [];
			state.stepCount = 0;
			state.stepLimit = Infinity;
			state.hits = mutantCoverage.static;
			for (const test of await loadTests()) {
				const { name } = test;
				state.hits = {};
				const before = performance.now();
				const { failure, isEndless } = await runTest(test, MOST_STEPS);
				if (isEndless) continue;
				const outcome = failure === undefined ? { status: 0 } : { status: 1, failureMessage: failure };
				tests.push({ id: name, name, timeSpentMs: performance.now() - before, ...outcome });
				mutantCoverage.perTest[name] = state.hits;
				costs[name] = { hits: state.hits, steps: state.stepCount };
			}
			state.hits = undefined;
			writeFileSync(COSTS, JSON.stringify(costs));
			return { status: 'complete', mutantCoverage, tests };
		},

		async mutantRun({ activeMutant, testFilter, mutantActivation }) {
			const costs = JSON.parse(readFileSync(COSTS, 'utf8'));
			state.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
			const tests = await loadTests();
			const chosen = tests
				.filter(({ name }) => name in costs && (testFilter === undefined || testFilter.includes(name)))
				.sort((a, b) => costs[a.name].steps - costs[b.name].steps);
			for (const [i, test] of chosen.entries()) {
				const { hits, steps } = costs[test.name];
				state.activeMutant = activeMutant.id;
				state.hitCount = 0;
				state.hitLimit = ENDLESS * (hits[activeMutant.id] ?? 0) + ENDLESS_LEAST;
				const { failure, isEndless } = await runTest(test, ENDLESS * steps + ENDLESS_LEAST);
				state.activeMutant = undefined;
				if (isEndless) return { status: 'timeout', reason: `endless: ${test.name}` };
				if (failure === undefined) continue;
				return { status: 'killed', killedBy: [test.name], failureMessage: failure, nrOfTests: i + 1 };
			}
			return { status: 'survived', nrOfTests: chosen.length };
		},
	};
}

makeRunner.inject = [];

/** The plugin that the configuration names. */
export const strykerPlugins = [{ kind: 'TestRunner', name: 'engine', factory: makeRunner }];
