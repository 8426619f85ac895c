import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import { pledge } from '#programs/pledge/program.ts';
import { readShipped } from './open-scenario.ts';

const twenty = readShipped('twenty-patrons');
const explain = (policy: string, patron: string, project: string) =>
	pledge
		.open(twenty.content)
		.explain(pledge.readConfig({ ...twenty.config, policy }).config, { patron, project });

describe('explain', () => {
	it('says who was over, by how much, why this one, and what would have prevented it', () => {
		const { sentence, rows, changes, reasons } = explain('drop-newest', 'p20', 'A');
		expect(sentence).toBe('p20 lost her pledge to A on day 1, when newcomer pledged to A: her pledges came to $12.50, $0.50 over her limit of $12.00.'); // prettier-ignore
		expect(rows).toHaveLength(20);
		expect(rows[19]).toMatchObject({ label: 'p20', isSubject: true });
		expect(reasons.map(({ code }) => code)).toEqual(['over-limit', 'pick']);
		expect(changes[0].sentence).toContain('Raising her limit by $0.50 to $12.50');
		expect(changes.filter(({ sentence: words }) => words.startsWith('Dropping her pledge'))).toHaveLength(4);
		expect(changes.filter(({ path }) => path === 'policy').map(({ value }) => value)).toContain(
			'drop-oldest',
		);
	});

	it('confirms each policy it names by a run of that policy', () => {
		for (const { path, value } of explain('drop-newest', 'p20', 'A').changes) {
			if (path !== 'policy') continue;
			const { participants } = pledge
				.open(twenty.content)
				.run(pledge.readConfig({ ...twenty.config, policy: value }).config);
			const i = participants!.ids.indexOf('p20');
			const held = Array.from(
				participants!.item.subarray(participants!.itemStart[i], participants!.itemStart[i + 1]),
			);
			expect(held.map((item) => participants!.items[item])).toContain('A');
		}
	});

	it('names collateral and needless losses', () => {
		expect(explain('favour-bigger', 'p07', 's07-4').reasons.map(({ code }) => code)).toContain('collateral');
		// under the shipped seed nineteen lose a small project they could have kept
		const codes = Array.from(
			{ length: 4 },
			(_, i) => explain('drop-random-any', 'p01', `s01-${i + 1}`).reasons,
		).flat();
		expect(codes.map(({ code }) => code)).toEqual(expect.arrayContaining(['collateral', 'needless']));
	});

	it('explains a refusal and the limit that would do', () => {
		const flapping = readShipped('flapping');
		const refused = pledge.open(flapping.content).explain(pledge.readConfig({ ...flapping.config, policy: 'manual-refuse' }).config, { patron: 'x', project: 'P' }); // prettier-ignore
		expect(refused.sentence).toContain('was refused');
		expect(refused.reasons[0].code).toBe('would-overrun-others');
		expect(refused.rows).toHaveLength(10);
	});

	it('says who has a pledge, and who never had one', () => {
		expect(explain('drop-newest', 'p01', 'A').sentence).toContain('never lost it');
		expect(explain('drop-newest', 'p01', 's02-1').sentence).toBe('p01 never pledged to s02-1.');
	});

	it('refuses a patron or project that is not there', () => {
		expect(() => explain('drop-newest', 'nobody', 'A')).toThrow(InputError);
		expect(() => explain('drop-newest', 'p01', 'nowhere')).toThrow(InputError);
	});
});
