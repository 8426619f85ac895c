import { describe, expect, it } from 'vitest';
import { writeReportHtml } from '../../src/data/write-report-html.ts';
import type { Report } from '../../src/programs/report.ts';

const evil = '</td><script>alert(1)</script>"\'&\u202e';

const report: Report = {
	program: 'toy',
	config: { seed: 7, name: evil, [evil]: 1 },
	seed: 7,
	outcomeHash: 'f'.repeat(64),
	metrics: [{ id: 'served', title: `Served ${evil}`, unit: 'count', better: 'more', help: '', value: 12 }],
	groups: [{ id: 'city', title: evil, ids: ['a'], labels: [evil], columns: [{ id: 'x', title: evil, unit: 'ratio', better: null, help: '', values: Float64Array.of(NaN) }] }], // prettier-ignore
	tables: [{ id: 't', title: evil, columns: [{ id: 'c', title: evil, unit: 'id', values: [evil, null] }, { id: 'n', title: 'n', unit: 'time', values: Float64Array.of(0, NaN) }] }], // prettier-ignore
	series: [{ id: 's', title: evil, unit: 'count', xTitle: evil, x: Float64Array.of(0, 1, 2), lines: [{ label: evil, y: Float64Array.of(1, NaN, 3) }] }], // prettier-ignore
	participants: null,
	checks: [{ id: 'a', title: evil, state: 'over', proof: evil, isGuardrail: true }],
	notices: [{ code: 'n', message: evil }],
};

const write = (link: string | null) =>
	writeReportHtml({ title: evil, about: [evil], report, before: report, facts: [[evil, evil]], link, format: (value, unit) => `${value} ${unit}` }); // prettier-ignore

describe('writeReportHtml', () => {
	it('writes every word of the data as text, whatever it holds', () => {
		const html = write('https://example.org/"><script>x</script>');
		expect(html).not.toMatch(/<script|<\/td><s|\u202e/i);
		expect(html).toContain('[U+202e]');
		// markup is balanced: what is left without tags holds no bracket
		expect(html.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
	});

	it('needs nothing else: no script, no address to fetch, and a policy that forbids it', () => {
		const html = write(null);
		expect(html).not.toMatch(/\b(src|href|url\()=/i);
		expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
	});

	it('links back only to web addresses', () => {
		expect(write('javascript:alert(1)')).not.toContain('<a ');
		expect(write('https://example.org/#state=abc')).toContain('<a href="https://example.org/#state=abc"');
	});

	it('draws groups as bars, parts by colour and production as a tick, and targets as rows', () => {
		const column = (id: string, values: number[], more = {}) => ({ id, title: id, unit: 'count' as const, better: null, help: '', values: Float64Array.from(values), ...more }); // prettier-ignore
		const groupOf = (growth: number) => ({ id: 'city', title: 'Cities', ids: ['a', 'b'], labels: ['Austin', 'Bend'], columns: [column('share', [0.8, NaN], { unit: 'ratio', target: Float64Array.of(0.7, 0.7) }), column('sponsored', [30, 0], { tone: 'sponsored' }), column('growth', [growth, 0], { tone: 'growth' })] }); // prettier-ignore
		const page = { title: 't', about: [], report: { ...report, groups: [groupOf(10)] }, before: { ...report, groups: [groupOf(20)] }, facts: [], link: null, format: (value: number | null) => String(value) }; // prettier-ignore
		const html = writeReportHtml(page);
		// 380 wide for the 50 of production: 30 are 228, 10 are 76, the tick stands at the end
		expect(html).toContain('<rect class="sponsored" x="170.0" y="4" width="228.0" height="14"/>');
		expect(html).toContain('<rect class="growth" x="398.0" y="4" width="76.0" height="14"/>');
		expect(html).toContain('<line class="tick" x1="550.0" x2="550.0" y1="1" y2="21"/>');
		expect(html).toMatch(/<circle class="sponsored" cx="474\.0" cy="11" r="5"\/>/);
		expect(html.match(/<circle/g)).toHaveLength(1);
	});

	it('shows lights with their proof, the chart, settings, seed and hashes', () => {
		const html = write(null);
		expect(html).toContain('<span class="over">broken</span>');
		// none is left out of the line
		expect(html).toMatch(/<polyline class="l0" points="0\.0,133\.3 640\.0,0\.0"\/>/);
		expect(html).toContain('<td>seed</td><td><code>7</code></td>');
		expect(html).toContain(`<code>${'f'.repeat(64)}</code>`);
		expect(html).toContain('1970-01-01T00:00:00Z');
	});
});
