import { beforeAll, describe, expect, it } from 'vitest';
import { loadScenario } from '../src/cli/load-scenario.ts';
import { nodeEffects } from '../src/cli/node-effects.ts';
import type { LeverSpec } from '#programs/levers.ts';
import type { MetricSpec, Report, ReportTable } from '#programs/report.ts';
import { programs } from '#programs/registry.ts';

/** A text that people read, and where it comes from. */
interface Said {
	readonly where: string;
	readonly text: string;
}

const SCENARIOS = ['drop/three-cities', 'referral/mixed-editions', 'referral/rev-share-race', 'referral/holiday-pie', 'pledge/three-years', 'offer/a-then-b']; // prettier-ignore

function saidOfLevers(where: string, levers: readonly LeverSpec[]): Said[] {
	return levers.flatMap((lever) => [
		...[lever.title, lever.help, lever.caution ?? '', ...(lever.item ?? [])].map((text) => ({ where: `${where} ${lever.path}`, text })),
		...lever.choices.map((choice) => ({ where: `${where} ${lever.path}`, text: lever.choiceLabels?.[choice] ?? choice.replaceAll('-', ' ') })),
		...Object.values(lever.choiceCautions ?? {}).map((text) => ({ where: `${where} ${lever.path}`, text })),
		...saidOfLevers(`${where} ${lever.path}`, lever.fields ?? []),
	]); // prettier-ignore
}

function saidOfMetrics(where: string, metrics: readonly MetricSpec[]): Said[] {
	return metrics.flatMap(({ id, title, help }) =>
		[title, help].map((text) => ({ where: `${where} ${id}`, text })),
	);
}

function saidOfTables(where: string, tables: readonly ReportTable[]): Said[] {
	return tables.flatMap(({ id, title, columns }) =>
		[title, ...columns.map((column) => column.title)].map((text) => ({ where: `${where} ${id}`, text })),
	);
}

/** What programs say before anything has run: forms, studies, presets. */
const declared: readonly Said[] = programs.flatMap((program) => [
	...[program.title, program.summary].map((text) => ({ where: program.id, text })),
	...saidOfLevers(program.id, program.levers),
	// headings of its form
	...program.levers.map(({ section, path }) => ({ where: `${program.id} ${path}`, text: section })),
	...program.studies.flatMap(({ id, title, help, options }) => [
		...[title, help].map((text) => ({ where: `${program.id} ${id}`, text })),
		...saidOfLevers(`${program.id} ${id}`, options),
	]),
	...saidOfLevers(`${program.id} generator`, program.generator?.options ?? []),
	...(program.presets ?? []).flatMap(({ id, title, help }) => [title, help].map((text) => ({ where: `${program.id} ${id}`, text }))),
]); // prettier-ignore

/** What a run says. */
function saidOfReport(where: string, report: Report): Said[] {
	const texts = [
		...report.series.flatMap(({ title, finding, xTitle, lines }) => [title, finding ?? '', xTitle, ...lines.map(({ label }) => label)]),
		...report.checks.flatMap(({ title, proof }) => [title, proof]),
		...report.notices.map(({ message }) => message),
		...(report.spans ? [report.spans.title] : []),
		...(report.participants ? [...report.participants.states, ...report.participants.noun] : []),
	]; // prettier-ignore
	return [
		...saidOfMetrics(where, report.metrics),
		...report.groups.flatMap(({ id, title, columns }) => [{ where, text: title }, ...saidOfMetrics(`${where} ${id}`, columns)]),
		...saidOfTables(where, report.tables),
		...texts.map((text) => ({ where, text })),
	]; // prettier-ignore
}

let said: readonly Said[] = [];

beforeAll(async () => {
	const effects = { ...nodeEffects(), write: () => Promise.resolve() };
	const reports: Said[] = [];
	for (const name of SCENARIOS) {
		const { program, content, config } = await loadScenario(name, effects);
		const report = program.open(content).run(program.readConfig(config ?? {}).config);
		reports.push(...saidOfReport(name, report));
	}
	said = [...declared, ...reports].filter(({ text }) => text !== '');
}, 120_000);

/** Every text in which `pattern` is found, with its place. */
function found(pattern: RegExp, among: readonly Said[] = said): string[] {
	return [
		...new Set(among.filter(({ text }) => pattern.test(text)).map(({ where, text }) => `${where}: ${text}`)),
	];
}

/** Words of the Drop that the glossary has another word for, and that word. */
const OTHER_WORDS: readonly (readonly [RegExp, string])[] = [
	[/\b(coupon|voucher)s?\b/i, 'token'],
	[/\b(deal|campaign)s?\b/i, 'contract'],
	[/\b(customer|consumers|shopper|member)s?\b/i, 'user'],
	[/\b(merchant|vendor|retailer)s?\b/i, 'brand'],
	[/\b(inventory|stock|quota)s?\b/i, 'supply'],
	[/\b(oversold|overbook\w*|oversell\w*)\b/i, 'going over'],
	[/\b(redeem\w*|redemption)s?\b/i, 'conversion'],
	[/\b(click|clickthrough)s?\b/i, 'selection'],
	[/\b(impression|placement|allocation)s?\b/i, 'assignment'],
	[/\b(threshold)s?\b/i, 'cutoff or admission line'],
	[/\b(snapshot|workspace)s?\b/i, 'scenario or variant'],
];

describe('what people read', () => {
	it('is gathered from forms, studies and runs of every program', () => {
		expect(said.length).toBeGreaterThan(900);
		for (const { id } of programs)
			expect(said.filter(({ where }) => where.startsWith(id)).length).toBeGreaterThan(50);
	});

	it('holds no word of the code, such as a name of a field', () => {
		expect(found(/\b[a-z]+[A-Z]\w*|\w_\w|\b(undefined|null|NaN|boolean|config|param)\b/)).toEqual([]);
		expect(found(/\b(rev-share|pie-split|pro-rata|best-customer)/)).toEqual([]);
	});

	it('separates the thousands of a number', () => {
		// years, ids and what stands behind a point are no counts
		const count = /(?<![\w.,:#/…-])(?!(?:19|20)\d\d(?!\d))\d{4,9}(?![\w:/-]|\d)/;
		expect(found(count)).toEqual([]);
		expect(count.test('1140 accounts') && !count.test('March 2026, $1,140')).toBe(true);
	});

	it('has one word for each thing of the Drop, that of the glossary', () => {
		const ofDrop = said.filter(({ where }) => where.startsWith('drop'));
		for (const [other, word] of OTHER_WORDS)
			expect({ word, found: found(other, ofDrop) }).toEqual({ word, found: [] });
	});

	it('calls the settings that are live production, nowhere the baseline', () => {
		// distances of the score have one of their own
		expect(found(/\b(status quo|(?<!distance )baseline|control config)\b/i)).toEqual([]);
	});
});
