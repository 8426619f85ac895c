import { formatInstant } from '#programs/instant.ts';
import type { Config } from '#programs/levers.ts';
import type { Check, MetricGroup, Report, ReportColumn, Unit } from '#programs/report.ts';
import { htmlText as text } from './html-text.ts';
import { groupBars, moreRows, seriesLines, targetRows } from './report-charts.ts';
import { REPORT_STYLE } from './report-style.ts';

/** What stands in a report for people, beside the run itself. */
export interface ReportPage {
	readonly title: string;
	/** lines under the title: scenario, as-of time, who made it */
	readonly about: readonly string[];
	readonly report: Report;
	/** the same of production, for a column of differences; null for none */
	readonly before: Report | null;
	/** further facts, such as hashes, in order */
	readonly facts: readonly (readonly [name: string, value: string])[];
	/** address that reopens the state, or null; only `https:` and `http:` become a link */
	readonly link: string | null;
	/** a number in its unit, as the reader is to see it */
	readonly format: (value: number | null, unit: Unit) => string;
}

/** Rows of a table that are written; the rest is counted. */
const MOST_ROWS = 500;

/**
 * One HTML file that needs nothing else: numbers, lights, charts, tables, settings and hashes. It has no script, its
 * policy forbids any request, and every word of the data is written as text, whatever it holds.
 */
export function writeReportHtml(page: ReportPage): string {
	const { report, format } = page;
	const parts = [
		`<h1>${text(page.title)}</h1>`,
		...page.about.map((line) => `<p class="about">${text(line)}</p>`),
		linkHtml(page.link),
		cardsHtml(page),
		report.checks.length > 0
			? `<h2>Lights</h2><ul class="lights">${report.checks.map(lightHtml).join('')}</ul>`
			: '',
		...report.series.map((series) => `<h2>${text(series.title)}</h2>${figure(seriesLines(series, format))}`),
		...report.groups.map((group) => groupHtml(group, page)),
		...report.tables.map((table) => `<h2>${text(table.title)}</h2>${tableHtml(table.columns, page)}`),
		`<h2>Numbers</h2>${metricsHtml(page)}`,
		report.notices.length > 0
			? `<h2>To know</h2><ul>${report.notices.map(({ message }) => `<li>${text(message)}</li>`).join('')}</ul>`
			: '',
		`<h2>Settings</h2>${factsHtml(leaves(report.config).map(([path, value]) => [path, JSON.stringify(value)]))}`,
		`<h2>Proof</h2>${factsHtml([['seed', String(report.seed)], ['outcome', report.outcomeHash], ...page.facts])}`,
	];
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>${text(page.title)}</title><style>${REPORT_STYLE}</style></head><body>
${parts.filter((part) => part !== '').join('\n')}
</body></html>
`;
}

function linkHtml(link: string | null): string {
	if (link === null || !/^https?:\/\//.test(link)) return '';
	return `<p><a href="${text(link)}" rel="noopener noreferrer">Open this state again</a></p>`;
}

/** The few numbers that come first, each with its value in production where that is another one. */
function cardsHtml({ report, before, format }: ReportPage): string {
	const first = report.metrics.filter(({ isHeadline }) => isHeadline);
	if (first.length === 0) return '';
	const was = new Map(before?.metrics.map(({ id, value }) => [id, value]));
	const cards = first.map(({ id, title, unit, value }) => {
		const now = format(value, unit);
		const then = before ? format(was.get(id) ?? null, unit) : now;
		const beside = then === now ? '' : `<span>production ${text(then)}</span>`;
		return `<li><span>${text(title)}</span><strong>${text(now)}</strong>${beside}</li>`;
	});
	return `<ul class="cards">${cards.join('')}</ul>`;
}

function metricsHtml({ report, before, format }: ReportPage): string {
	const was = new Map(before?.metrics.map(({ id, value }) => [id, value]));
	const rows = report.metrics.map(({ id, title, unit, value }) => {
		const then = was.get(id) ?? null;
		const change = value === null || then === null ? NaN : value - then;
		const sign = change > 0 ? '+' : '';
		const words = Number.isNaN(change) ? '–' : change === 0 ? 'no change' : sign + format(change, unit);
		const production = before ? `<td class="n">${text(format(then, unit))}</td>` : '';
		const last = before ? `<td class="n">${text(words)}</td>` : '';
		return `<tr><td>${text(title)}</td>${production}<td class="n">${text(format(value, unit))}</td>${last}</tr>`;
	});
	const head = before
		? '<th class="n">Production</th><th class="n">Draft</th><th class="n">Change</th>'
		: '<th class="n">Value</th>';
	return `<div class="wide"><table><thead><tr><th>Metric</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** A group as charts, with the table of all of it below. */
function groupHtml(group: MetricGroup, page: ReportPage): string {
	const before = page.before?.groups.find(({ id }) => id === group.id) ?? null;
	const bars = groupBars(group, before, page.format);
	const names: ReportColumn = { id: '', title: '', unit: 'text', values: group.labels };
	return `<h2>${text(group.title)}</h2>${figure(targetRows(group, page.format))}${figure(bars)}${bars === '' ? '' : moreRows(group.ids.length)}${tableHtml([names, ...group.columns], page)}`;
}

function figure(chart: string): string {
	return chart === '' ? '' : `<figure>${chart}</figure>`;
}

function lightHtml({ title, state, proof, isGuardrail }: Check): string {
	const word = state === 'fine' ? 'kept' : state === 'close' ? 'look' : isGuardrail ? 'broken' : 'warning';
	const colour = state === 'over' && !isGuardrail ? 'close' : state;
	return `<li><strong>${text(title)}</strong> <span class="${colour}">${word}</span><div>${text(proof)}</div></li>`;
}

function tableHtml(columns: readonly ReportColumn[], { format }: ReportPage): string {
	const count = columns[0]?.values.length ?? 0;
	const cell = ({ values, unit }: ReportColumn, row: number) => {
		const value = values[row];
		if (typeof value !== 'number') return `<td>${text(value ?? '–')}</td>`;
		return `<td class="n">${text(Number.isNaN(value) ? '–' : cellText(value, unit, format))}</td>`;
	};
	const rows = Array.from(
		{ length: Math.min(count, MOST_ROWS) },
		(_, row) => `<tr>${columns.map((column) => cell(column, row)).join('')}</tr>`,
	);
	const heads = columns.map(({ title, values }) => `<th${values instanceof Float64Array ? ' class="n"' : ''}>${text(title)}</th>`); // prettier-ignore
	const more = count > MOST_ROWS ? `<p>and ${count - MOST_ROWS} more rows</p>` : '';
	return `<div class="wide"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>${more}`;
}

function cellText(value: number, unit: ReportColumn['unit'], format: ReportPage['format']): string {
	if (unit === 'time') return formatInstant(value);
	return unit === 'text' || unit === 'id' ? String(value) : format(value, unit);
}

function factsHtml(facts: readonly (readonly [string, string])[]): string {
	const rows = facts.map(
		([name, value]) => `<tr><td>${text(name)}</td><td><code>${text(value)}</code></td></tr>`,
	);
	return `<table class="facts"><tbody>${rows.join('')}</tbody></table>`;
}

function leaves(config: Config, prefix = ''): [string, unknown][] {
	return Object.entries(config).flatMap(([key, value]): [string, unknown][] => {
		const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isBranch ? leaves(value as Config, `${prefix}${key}.`) : [[`${prefix}${key}`, value]];
	});
}
