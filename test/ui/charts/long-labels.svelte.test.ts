import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { MetricDifference } from '#ui/compare-metrics.ts';
import Dumbbell from '#ui/charts/Dumbbell.svelte';
import IntervalRows from '#ui/charts/IntervalRows.svelte';
import RankedBars from '#ui/charts/RankedBars.svelte';
import ResidualDots from '#ui/charts/ResidualDots.svelte';
import SeriesChart from '#ui/charts/SeriesChart.svelte';
import SpanChart from '#ui/charts/SpanChart.svelte';
import Tornado from '#ui/charts/Tornado.svelte';

const names = [
	'The Original Wholesome Kitchen & Sandwich Company',
	'Wonderland Milkshakes, Waffles and Breakfast All Day',
	'Donaudampfschifffahrtsgesellschaftskantine',
	'Q',
	'Mmmmm Wwwwww Mmmmmm Wwwwwww Mmmmmm Wwwwww',
];

const metric = (title: string, i: number): MetricDifference => ({
	id: title,
	title,
	help: '',
	unit: i === 1 ? 'cents' : 'count',
	better: 'more',
	isHeadline: true,
	before: 123_456_789,
	after: 234_567_890,
	mean: i === 4 ? 3 : 111_111_101,
	low: i === 4 ? -3 : 100_000_000,
	high: 120_000_000,
	relative: 0.9,
	relativeLow: 0.8,
	relativeHigh: 1,
	isUndetected: i === 4,
});

const charts = {
	Dumbbell: () => render(Dumbbell, { rows: names.map(metric), seedCount: 400 }),
	IntervalRows: () =>
		render(IntervalRows, {
			rows: names.map((label, i) => ({ label, low: 1200 * i, value: 1300 * i, high: 98_765, mark: i % 2 ? null : 1250 * i, count: 400 })), // prettier-ignore
			unit: 'count',
		}),
	ResidualDots: () =>
		render(ResidualDots, {
			rows: names.map((label) => ({ label, dots: Array.from({ length: 12 }, (_, i) => ({ drop: `d${i}`, observed: i, low: 1, high: 9, place: i / 3 - 2, isHeld: i < 9 })) })), // prettier-ignore
		}),
	RankedBars: () =>
		render(RankedBars, {
			label: { id: 'label', title: 'Brand', unit: 'text', values: names },
			value: { id: 'value', title: 'Worth', unit: 'cents', values: Float64Array.of(987_654_321, 500_000_000, 123, 12, 1) }, // prettier-ignore
		}),
	SpanChart: () => {
		const rows = names.map((label, i) => ({ label, from: i * 1e9, to: 1e11, isOpen: false, note: `${i} redeemed`, detail: '', isQuiet: i === 0 })); // prettier-ignore
		return render(SpanChart, { spans: { id: 's', title: 'Offers', rowTitle: 'Offer', start: 0, end: 1e11, rows } }); // prettier-ignore
	},
	Tornado: () =>
		render(Tornado, {
			rows: names.map((title) => ({
				id: title,
				title,
				levels: [
					{ label: 'the users who choose first', mean: -5, least: -9, most: -1 },
					{ label: 'the contracts', mean: 5, least: 1, most: 9 },
				],
				isFlat: false,
				note: '',
			})),
			title: 'Users served',
			unit: 'count',
		}),
	SeriesChart: () => {
		// the last word would stand as an id, told by its ends
		const lines = [names[0], names[1], names[3], names[4]].map((label, i) => ({ label, y: Float64Array.of(0, 10 * i) })); // prettier-ignore
		return render(SeriesChart, { series: { id: 's', title: 'Users', unit: 'count', xTitle: 'Day', x: Float64Array.of(0, 1), lines } }); // prettier-ignore
	},
} as const satisfies Record<string, () => ReturnType<typeof render>>;

/** Boxes of what must be readable, relative to the chart they stand in. */
function labelsOf(chart: Element): { text: string; left: number; right: number; top: number; bottom: number }[] {
	const frame = chart.getBoundingClientRect();
	return Array.from(chart.querySelectorAll('[data-label]'), (label) => {
		const { left, right, top, bottom } = label.getBoundingClientRect();
		const lines = Array.from(label.querySelectorAll('tspan'), ({ textContent }) => textContent);
		const text = (lines.length > 0 ? lines.join('') : (label.textContent ?? '')).replaceAll(/\s/g, '');
		return { text, left: left - frame.left, right: right - frame.left, top: top - frame.top, bottom: bottom - frame.top }; // prettier-ignore
	}).filter(({ text }) => text !== '');
} // prettier-ignore

describe('long names in charts', () => {
	beforeEach(() => {
		document.body.style.fontFamily = "'Liberation Sans', Arial, sans-serif";
	});
	afterEach(async () => {
		document.body.style.fontFamily = '';
		await page.viewport(414, 896);
	});

	for (const width of [540, 980]) {
		it.each(Object.entries(charts))(
			`stand whole in %s, apart from each other, ${width} px wide`,
			async (name, make) => {
				await page.viewport(width, 900);
				const { container } = await make();
				const svg = container.querySelector('svg');
				if (!svg) throw new Error('no chart');
				// the chart has taken the width of its place
				await expect.poll(() => Math.abs(svg.getBoundingClientRect().width - width)).toBeLessThan(40);
				const labels = labelsOf(svg);
				const shown = name === 'SeriesChart' ? [0, 1, 3, 4] : names.keys();
				for (const i of shown) expect(labels.map(({ text }) => text)).toContain(names[i].replaceAll(' ', ''));
				const { width: room, height } = svg.getBoundingClientRect();
				for (const [i, label] of labels.entries()) {
					expect(label.left, label.text).toBeGreaterThanOrEqual(-0.5);
					expect(label.right, label.text).toBeLessThanOrEqual(room + 0.5);
					expect(label.top, label.text).toBeGreaterThanOrEqual(-0.5);
					expect(label.bottom, label.text).toBeLessThanOrEqual(height + 0.5);
					for (const other of labels.slice(i + 1)) {
						const across = Math.min(label.right, other.right) - Math.max(label.left, other.left);
						const down = Math.min(label.bottom, other.bottom) - Math.max(label.top, other.top);
						// boxes of letters are a little higher than their lines are apart
						expect(Math.min(across, down - 2), `${label.text} over ${other.text}`).toBeLessThanOrEqual(0.5);
					}
				}
			},
		);
	}
});
