import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { drop } from '#programs/drop/program.ts';
import type { LeverSpec } from '#programs/levers.ts';
import type { ReportColumn } from '#programs/report.ts';
import BulletRow from '#ui/charts/BulletRow.svelte';
import ChartFrame from '#ui/charts/ChartFrame.svelte';
import DataTable from '#ui/DataTable.svelte';
import HeadlineStrip from '#ui/HeadlineStrip.svelte';
import { leversAt } from '#ui/lever-list.ts';
import LeverPanel from '#ui/LeverPanel.svelte';

const spec: LeverSpec = {
	path: 'supply.target',
	title: 'Supply target',
	help: 'Share of supply to plan with.',
	unit: 'ratio',
	step: 0.05,
	usual: [0.5, 0.95],
	caution: 'Changes everyone.',
	kind: 'number',
	section: 'supply',
	front: true,
	min: 0,
	max: 1,
	isMinOpen: true,
	isMaxOpen: false,
	choices: [],
	isNullable: false,
	default: 0.8,
};
const lever = { spec, path: spec.path, entity: null };
const production = { supply: { target: 0.8 } };

describe('the lever panel', () => {
	it('shows range, default, production and effect, and takes typed input', async () => {
		const onChange = vi.fn();
		await render(LeverPanel, { levers: [lever], draft: production, live: production, onChange });
		await expect.element(page.getByText('Share of supply to plan with.')).toBeVisible();
		await expect
			.element(page.getByText('Production 80% · default 80% · above 0% and at most 100%'))
			.toBeVisible();
		await userEvent.fill(page.getByRole('textbox', { name: 'Supply target' }), '60');
		await userEvent.keyboard('{Enter}');
		expect(onChange).toHaveBeenLastCalledWith(lever, 0.6);
	});

	it('takes dragged input by the keyboard too', async () => {
		const onChange = vi.fn();
		await render(LeverPanel, { levers: [lever], draft: production, live: production, onChange });
		const slider = page.getByRole('slider', { name: 'Supply target, slider' });
		(slider.element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(onChange.mock.lastCall?.[1]).toBeCloseTo(0.85, 12);
	});

	it('warns on the lever, with the numbers of the run once it is changed', async () => {
		const draft = { supply: { target: 0.99 } };
		await render(LeverPanel, {
			levers: [lever],
			draft,
			live: production,
			stakes: new Map([['supply.target', '412 users affected.']]),
			onChange: vi.fn(),
		});
		await expect.element(page.getByText('Changes everyone. 412 users affected.')).toBeVisible();
		await expect.element(page.getByText('Outside the usual 50% to 95%.')).toBeVisible();
	});

	it('refuses a value out of range in words, and passes nothing on', async () => {
		const onChange = vi.fn();
		await render(LeverPanel, { levers: [lever], draft: production, live: production, onChange });
		await userEvent.fill(page.getByRole('textbox', { name: 'Supply target' }), '180');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('alert')).toHaveTextContent('180% is out of range');
		expect(onChange).not.toHaveBeenCalled();
	});

	it('is disabled in a tab that only reads', async () => {
		await render(LeverPanel, {
			levers: [lever],
			draft: production,
			live: production,
			isReadOnly: true,
			onChange: vi.fn(),
		});
		await expect.element(page.getByRole('textbox', { name: 'Supply target' })).toBeDisabled();
	});
});

describe('the levers of a Drop', () => {
	const levers = leversAt(drop.levers, [{ kind: 'city', title: 'Cities', ids: ['dal'], labels: ['Dallas'] }]);
	const STALE = [{ code: 'recommender-stale', message: 'the newest run is 9 days old', lever: 'recommender.maxAgeDays' }]; // prettier-ignore
	const warnings = async (draft: object) => {
		const stakes = new Map(levers.map(({ spec }) => [spec.path, '412 users affected, revenue −$90.']));
		const { container } = await render(LeverPanel, { levers, draft: { ...draft }, live: {}, stakes, notices: STALE, onChange: vi.fn() }); // prettier-ignore
		return Array.from(container.querySelectorAll('.caution, .warning'), (each) => each.textContent.trim());
	};

	it('warn where a change is felt by everyone, with who is affected and the money at stake', async () => {
		const felt = await warnings({ slotsPerUser: 2, cities: { dal: { sponsorshipRatio: 0.6 } } });
		expect(felt).toContain('Changes how many rewards every user gets, and how fast supply is used. 412 users affected, revenue −$90.'); // prettier-ignore
		expect(felt).toContain('Changes who gets growth rewards in this city, and its revenue. 412 users affected, revenue −$90.'); // prettier-ignore
	});

	it('warn of one weight that dominates, a cutoff above half and no supply rule, and not of the defaults', async () => {
		const found = await warnings({ scoring: { weights: { affinity: 35 } }, cutoff: { bottomShare: 0.6 }, supply: { mode: 'none' } }); // prettier-ignore
		expect(found).toContain('This factor has 87.5% of all weight: the others hardly count. 412 users affected, revenue −$90.'); // prettier-ignore
		// the cutoff’s own control says that it is unusual: here stand the numbers
		expect(found).toContain('412 users affected, revenue −$90.');
		expect(found).toContain('Outside the usual 0% to 50%.');
		expect(found.filter((text) => text.includes('nothing holds a contract back'))).toHaveLength(1);
		document.body.replaceChildren();
		const always = await warnings({});
		expect(always.map((text) => text.split(',')[0])).toEqual([
			'Changes who gets growth rewards in this city',
			'Changes how many rewards every user gets',
			'The newest run is 9 days old. 412 users affected',
		]);
	});
});

describe('the frame of a chart', () => {
	it('names the chart by its finding, and shows the same numbers as a table at a key', async () => {
		const columns: ReportColumn[] = [
			{ id: 'n', title: 'Users', unit: 'count', values: Float64Array.of(412) },
		];
		const children = createRawSnippet(() => ({ render: () => '<button>a mark</button>' }));
		await render(ChartFrame, { title: '412 users gain', columns, children });
		await expect.element(page.getByRole('figure', { name: '412 users gain' })).toBeVisible();
		(page.getByRole('button', { name: 'a mark' }).element() as HTMLElement).focus();
		await userEvent.keyboard('t');
		await expect.element(page.getByRole('table', { name: '412 users gain' })).toHaveTextContent('Users 412');
		(page.getByRole('button', { name: 'Show as a table' }).element() as HTMLElement).focus();
		await userEvent.keyboard('t');
		await expect.element(page.getByRole('button', { name: 'a mark' })).toBeVisible();
	});
});

describe('the table', () => {
	const columns: ReportColumn[] = [
		{ id: 'name', title: 'Name', unit: 'text', values: ['b', 'a', 'c'] },
		{ id: 'n', title: 'Count', unit: 'count', values: Float64Array.of(1, NaN, 3) },
	];
	const names = () =>
		page
			.getByRole('row')
			.elements()
			.slice(1)
			.map((row) => row.querySelector('td')?.textContent?.trim());

	it('sorts by a column either way and back, what is missing last', async () => {
		await render(DataTable, { columns, label: 'Things' });
		const head = page.getByRole('button', { name: 'Count' });
		await head.click();
		expect(names()).toEqual(['c', 'b', 'a']);
		await head.click();
		expect(names()).toEqual(['b', 'c', 'a']);
		await head.click();
		expect(names()).toEqual(['b', 'a', 'c']);
	});

	it('sorts and aligns amounts too long for a double as numbers, and breaks long texts over lines', async () => {
		const wide: ReportColumn[] = [
			{ id: 'wei', title: 'Wei', unit: 'text', values: ['9', null, '10000000000000000000'], isDecimal: true },
			{ id: 'text', title: 'JSON', unit: 'text', values: ['{}', 'x'.repeat(500), '[]'] },
		];
		await render(DataTable, { columns: wide, label: 'Wide' });
		await page.getByRole('button', { name: 'Wei' }).click();
		expect(names()).toEqual(['10000000000000000000', '9', '–']);
		const style = (name: string) => getComputedStyle(page.getByRole('cell', { name }).element());
		expect(style('10000000000000000000').textAlign).toBe('end');
		expect(style('x'.repeat(500)).whiteSpace).toBe('pre-wrap');
	});

	it('says how many rows are not shown and shows them on request', async () => {
		const many: ReportColumn[] = [
			{ id: 'n', title: 'N', unit: 'count', values: Float64Array.from({ length: 30 }, (_, i) => i) },
		];
		await render(DataTable, { columns: many, label: 'Many', pageSize: 10 });
		await expect.element(page.getByText('10 of 30 rows')).toBeVisible();
		await page.getByRole('button', { name: 'Show more' }).click();
		await expect.element(page.getByText('10 of 30 rows')).not.toBeInTheDocument();
	});
});

describe('the headline strip', () => {
	it('tells better and worse by sign and word', async () => {
		const metric = {
			id: 'served',
			title: 'Users served',
			unit: 'count' as const,
			better: 'more' as const,
			help: '',
		};
		const share = {
			id: 'without',
			title: 'Without',
			unit: 'ratio' as const,
			better: 'less' as const,
			help: '',
		};
		const metrics = [
			{ ...metric, value: 90 },
			{ ...share, value: 0.02 },
		];
		const before = [
			{ ...metric, value: 100 },
			{ ...share, value: 0.05 },
		];
		await render(HeadlineStrip, { metrics, before });
		await expect.element(page.getByText('−10 worse')).toBeVisible();
		await expect.element(page.getByText('−3 pp better')).toBeVisible();
	});
});

describe('the bullet', () => {
	it('says in words what it draws', async () => {
		await render(BulletRow, {
			props: { value: 0.72, target: 0.7, before: 0.8, unit: 'ratio', label: 'Dallas' },
		});
		await expect
			.element(page.getByRole('img', { name: 'Dallas: 72%, target at least 70%, production 80%' }))
			.toBeVisible();
	});
});
