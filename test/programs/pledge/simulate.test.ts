import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerPledgeCase } from '#programs/pledge/answer-case.ts';
import { differences } from './compare.ts';
import { POLICY_NAMES, scenarios } from './histories.ts';
import { slowPledge } from './slow-pledge.ts';

describe('simulate', () => {
	it.each(POLICY_NAMES)('gives under %s what the slow obvious version gives', (policy) => {
		fc.assert(
			fc.property(scenarios([policy]), (scenario) => {
				const fast = answerPledgeCase({ scenario });
				const slow = slowPledge(scenario);
				expect(differences(slow, fast)).toEqual([]);
				expect(differences(fast, slow)).toEqual([]);
			}),
			{ seed: 1, numRuns: 400 },
		);
	});

	it('takes scripted choices as the slow obvious version does', () => {
		const draws = Array.from({ length: 200 }, (_, i) => (i * 7919) % 23);
		fc.assert(
			fc.property(scenarios(['drop-random', 'drop-random-any', 'favour-bigger']), (scenario) => {
				const scripted = { ...scenario, draws };
				expect(differences(slowPledge(scripted), answerPledgeCase({ scenario: scripted }))).toEqual([]);
			}),
			{ seed: 2, numRuns: 400 },
		);
	});
});
