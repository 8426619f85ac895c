import { formatInstant } from '#programs/instant.ts';
import type { Config } from '#programs/levers.ts';
import type { Check, Report, ReportColumn, Series, Unit } from '#programs/report.ts';

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
const WIDTH = 640;
const HEIGHT = 200;

const STYLE = `:root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .7rem;border-bottom:1px solid #8884;text-align:left}td.n,th.n{text-align:right}.wide{overflow-x:auto}
.over{color:#b3261e}.close{color:#8a6100}.fine{color:#2c7a4b}code{overflow-wrap:anywhere}svg{max-width:100%;height:auto}
polyline{fill:none;stroke-width:2}.l0{stroke:#2f6fde}.l1{stroke:#e9832b}.l2{stroke:#64666a}.l3{stroke:#2c7a4b}.l4{stroke:#6b4bd8}
.axis{stroke:#8888}text{font-size:11px;fill:currentColor}@media print{body{margin:0}}`;

/**
 * One HTML file that needs nothing else: numbers, lights, charts, tables, settings and hashes. It has no script, its
 * policy forbids any request, and every word of the data is written as text, whatever it holds.
 */
export function writeReportHtml(page: ReportPage): string {
	const { report } = page;
	const parts = [
		`<h1>${text(page.title)}</h1>`,
		...page.about.map((line) => `<p>${text(line)}</p>`),
		linkHtml(page.link),
		`<h2>Numbers</h2>${metricsHtml(page)}`,
		report.checks.length > 0 ? `<h2>Lights</h2><ul>${report.checks.map(lightHtml).join('')}</ul>` : '',
		...report.series.map((series) => `<h2>${text(series.title)}</h2>${chartHtml(series, page)}`),
		...report.groups.map((group) => `<h2>${text(group.title)}</h2>${tableHtml([{ id: '', title: '', unit: 'text', values: group.labels }, ...group.columns], page)}`), // prettier-ignore
		...report.tables.map((table) => `<h2>${text(table.title)}</h2>${tableHtml(table.columns, page)}`),
		report.notices.length > 0
			? `<h2>To know</h2><ul>${report.notices.map(({ message }) => `<li>${text(message)}</li>`).join('')}</ul>`
			: '',
		`<h2>Settings</h2>${factsHtml(leaves(report.config).map(([path, value]) => [path, JSON.stringify(value)]))}`,
		`<h2>Proof</h2>${factsHtml([['seed', String(report.seed)], ['outcome', report.outcomeHash], ...page.facts])}`,
	];
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>${text(page.title)}</title><style>${STYLE}</style></head><body>
${parts.filter((part) => part !== '').join('\n')}
</body></html>
`;
}

/** Any text as the content of an element or a quoted attribute; controls and bidi marks are made visible. */
function text(value: string): string {
	return value
		.replace(/[<>&"']/g, (character) => `&#${character.codePointAt(0)};`)
		.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) =>
			character === '\n' || character === '\t' ? character : `[U+${character.codePointAt(0)?.toString(16)}]`,
		);
}

function linkHtml(link: string | null): string {
	if (link === null || !/^https?:\/\//.test(link)) return '';
	return `<p><a href="${text(link)}" rel="noopener noreferrer">Open this state again</a></p>`;
}

function metricsHtml({ report, before, format }: ReportPage): string {
	const was = new Map(before?.metrics.map(({ id, value }) => [id, value]));
	const rows = report.metrics.map(({ id, title, unit, value }) => {
		const production = before ? `<td class="n">${text(format(was.get(id) ?? null, unit))}</td>` : '';
		return `<tr><td>${text(title)}</td>${production}<td class="n">${text(format(value, unit))}</td></tr>`;
	});
	const head = before ? '<th class="n">Production</th><th class="n">Draft</th>' : '<th class="n">Value</th>';
	return `<table><thead><tr><th>Metric</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function lightHtml({ title, state, proof, isGuardrail }: Check): string {
	const word = state === 'fine' ? 'kept' : state === 'close' ? 'look' : isGuardrail ? 'broken' : 'warning';
	return `<li><strong>${text(title)}</strong> <span class="${state}">${word}</span>: ${text(proof)}</li>`;
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

/** Lines over an ordered x; the scale runs from the least to the most that is shown, zero included. */
function chartHtml({ title, x, xTitle, lines, unit }: Series, { format }: ReportPage): string {
	let [low, high] = [0, 0];
	for (const { y } of lines)
		for (const value of y)
			if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
	const [first, last] = [x[0] ?? 0, x[x.length - 1] ?? 1];
	const place = (i: number) => (last === first ? 0.5 : (x[i] - first) / (last - first)) * WIDTH;
	const level = (value: number) => HEIGHT - (high === low ? 0 : (value - low) / (high - low)) * HEIGHT;
	const drawn = lines.map(({ y }, l) => {
		const points = Array.from(y, (value, i) => (Number.isFinite(value) ? `${place(i).toFixed(1)},${level(value).toFixed(1)}` : '')); // prettier-ignore
		return `<polyline class="l${l % 5}" points="${points.filter((point) => point !== '').join(' ')}"/>`;
	});
	const legend = lines.map(({ label }, l) => `<tspan class="l${l % 5}">— </tspan>${text(label)}  `).join('');
	return `<svg viewBox="0 -16 ${WIDTH} ${HEIGHT + 50}" width="${WIDTH}" role="img" aria-label="${text(title)}">
<line class="axis" x1="0" x2="${WIDTH}" y1="${level(0)}" y2="${level(0)}"/>${drawn.join('')}
<text x="0" y="-4">${text(format(high, unit))}</text><text x="0" y="${HEIGHT + 14}">${text(format(low, unit))}</text>
<text x="${WIDTH}" y="${HEIGHT + 14}" text-anchor="end">${text(xTitle)}</text><text x="0" y="${HEIGHT + 30}">${legend}</text></svg>`;
}

function factsHtml(facts: readonly (readonly [string, string])[]): string {
	const rows = facts.map(
		([name, value]) => `<tr><td>${text(name)}</td><td><code>${text(value)}</code></td></tr>`,
	);
	return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function leaves(config: Config, prefix = ''): [string, unknown][] {
	return Object.entries(config).flatMap(([key, value]): [string, unknown][] => {
		const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isBranch ? leaves(value as Config, `${prefix}${key}.`) : [[`${prefix}${key}`, value]];
	});
}
