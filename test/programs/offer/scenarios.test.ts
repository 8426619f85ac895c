import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '#programs/levers.ts';
import { contentOfEvents } from '#programs/offer/content.ts';
import { offer } from '#programs/offer/program.ts';
import { readInstant } from '#programs/offer/time.ts';
import type { OpenScenario } from '#programs/program.ts';

interface Shipped {
	readonly seed: number;
	readonly now: string;
	readonly options: Config;
	readonly config: Config;
	readonly tables: {
		readonly event: readonly object[];
		readonly period: readonly { readonly startsAt: string }[];
	};
}

function open(name: string): { readonly open: OpenScenario; readonly config: Config } {
	const path = join(import.meta.dirname, '../../../scenarios/offer', name, 'scenario.json');
	const shipped = JSON.parse(readFileSync(path, 'utf8')) as Shipped;
	if (!('tables' in shipped)) {
		return {
			open: offer.open(offer.generator!.generate((shipped as Shipped).options, (shipped as Shipped).seed)),
			config: (shipped as Shipped).config,
		};
	}
	const start = readInstant(shipped.tables.period[0].startsAt)!;
	const content = contentOfEvents(shipped.tables.event, { name, start, end: readInstant(shipped.now)! });
	return { open: offer.open(content), config: shipped.config };
}

describe('the shipped scenarios', () => {
	it('free-tier has no refused event, two referrals that earned an award, and a full launch week', () => {
		const { open: opened, config } = open('free-tier');
		const report = opened.run(config);
		const value = (id: string) => report.metrics.find((metric) => metric.id === id)!.value;
		expect(report.tables.find((table) => table.id === 'rejections')!.columns[0].values).toHaveLength(0);
		expect([value('signups'), value('qualifiedReferrals'), value('offersFull')]).toEqual([9, 2, 1]);
		const codes = opened.explain(config, { user: 'hana' }).reasons.map((reason) => reason.code);
		expect(codes).toContain('cap reached');
	});

	it('a-then-b shows B worse in one timeline by far more than in parallel worlds', () => {
		const { open: opened, config } = open('a-then-b');
		const [offers] = opened.run(config).groups;
		const perAccount = (label: string) => {
			const at = offers.labels.indexOf(label);
			const of = (id: string) => offers.columns.find((column) => column.id === id)!.values[at];
			return of('netCents') / of('signups');
		};
		expect(perAccount('A')).toBeGreaterThan(3 * perAccount('B'));
		const result = opened.study('replicates', config, { replicates: 5, hasControl: false });
		const table = result.tables.find((each) => each.id === 'means')!;
		const values = (id: string) => table.columns.find((column) => column.id === id)!.values;
		const row = (values('metric') as readonly string[]).indexOf('Net');
		const perWorld = values('mean') as Float64Array;
		const net = [perWorld[row], perWorld[row + perWorld.length / 2]];
		expect(net[0] / net[1]).toBeLessThan(1.2);
	});

	it('cap-storm is full within days, and every world says it was not tested for its time', () => {
		const { open: opened, config } = open('cap-storm');
		const light = opened.run(config).checks.find((check) => check.id === 'cap.fifty-fifty')!;
		expect(light.state).toBe('over');
		expect(light.proof).toContain('after 4 of 48 days');
		const { notices } = opened.study('replicates', config, { replicates: 3 });
		expect(notices.map((notice) => notice.code)).toContain('cap-early');
	});
});
