import { describe, expect, it } from 'vitest';
import { main } from '../src/cli/main.ts';
import { shippedScenarios } from '../src/cli/load-scenario.ts';
import { nodeEffects } from '../src/cli/node-effects.ts';

/** As many users as these take minutes: they are run by the benches. */
const LARGE = ['drop/national'];

const effects = { ...nodeEffects(), write: () => Promise.resolve() };
const names = shippedScenarios(effects).filter((name) => !LARGE.includes(name));

describe('shipped scenarios', () => {
	it('are there', () => {
		expect(names).toContain('drop/two-cities');
		expect(names).toContain('drop/three-cities');
	});

	// a changed result is a changed file: dropbench scenario check NAME --update, and look at the diff
	it.each(names)('%s gives what its expected.json says', async (name) => {
		const warnings: string[] = [];
		const exit = await main(['scenario', 'check', name], {
			...effects,
			warn: (line) => void warnings.push(line),
		});
		expect({ warnings, exit }).toEqual({ warnings: [], exit: 0 });
		expect(effects.readFile(effects.ownPath(`scenarios/${name}/expected.json`))).not.toBeNull();
	});
});
