import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import { answerPledgeCase } from '#programs/pledge/answer-case.ts';
import type { PledgeResult } from '#programs/pledge/result.ts';

/** A hundred patrons at $500 000 a month each, over fifty projects: 5·10^13 micros a month. */
function rich(months: number) {
	const patrons = Array.from({ length: 100 }, (_, i) => `p${i}`);
	const projects = Array.from({ length: 50 }, (_, i) => `q${i}`);
	return {
		config: { baseRate: 100_000_000, limitDefault: 500_000_000_000 },
		projects,
		events: [
			...patrons.map((patron) => ({ day: 0, type: 'join', patron })),
			...projects.flatMap((project) =>
				patrons.map((patron) => ({ day: 0, type: 'pledge', patron, project })),
			),
			...Array.from({ length: months }, (_, t) => ({ day: 30 * (t + 1), type: 'monthEnd' })),
		],
	};
}

describe('amounts beyond 2^53', () => {
	it('are exact up to the last month that fits', () => {
		const { metrics } = answerPledgeCase({ scenario: rich(174) }) as PledgeResult;
		// $500 000 with the fee on top: (50 000 000 + 30) · 10 000 / 9 710 cents, rounded
		expect(metrics).toMatchObject({ net: 174 * 5e13, gross: 174 * 100 * 51_493_337 * 10_000 });
	});

	it('are an error at the very event where a sum would grow beyond', () => {
		const first = 100 + 5000;
		try {
			answerPledgeCase({ scenario: rich(200) });
			expect.unreachable();
		} catch (error) {
			expect(error).toBeInstanceOf(InputError);
			const { issues, facts } = error as InputError;
			expect([issues[0].code, facts.event]).toEqual(['E_OVERFLOW', first + 174]);
		}
	});
});
