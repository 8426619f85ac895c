import type { MetricGroup, Series, Unit } from '#programs/report.ts';
import { htmlText } from './html-text.ts';

type Format = (value: number | null, unit: Unit) => string;

const WIDTH = 640;
const HEIGHT = 200;
const LABEL = 170;
const VALUE = 90;
const ROW = 22;
/** Rows of a chart; the table below it has all. */
const MOST_ROWS = 24;

/** What stands under a chart that does not show all: empty where it does. */
export function moreRows(count: number): string {
	return count > MOST_ROWS
		? `<p class="more">The ${MOST_ROWS} largest of ${count}; the table has all.</p>`
		: '';
}

/**
 * A bar for each member of a group, largest first, ties in the group's order: sponsored and growth parts where the
 * group tells them, else its first column that has a number. A tick marks the total of `before`. Empty where there
 * is nothing to draw.
 */
export function groupBars(group: MetricGroup, before: MetricGroup | null, format: Format): string {
	const toned = group.columns.filter(({ tone }) => tone === 'sponsored' || tone === 'growth');
	const first = group.columns.find(({ values, stack }) => stack === undefined && values.some(Number.isFinite));
	const parts = toned.length > 0 ? toned : first ? [first] : [];
	if (parts.length === 0) return '';
	const { unit } = parts[0];
	const totalOf = (columns: readonly { readonly values: Float64Array }[], i: number) =>
		columns.reduce((sum, { values }) => sum + (Number.isFinite(values[i]) ? values[i] : 0), 0);
	const were = before === null ? [] : before.columns.filter(({ id }) => parts.some((part) => part.id === id));
	const rows = group.ids
		.map((id, i) => {
			const at = before?.ids.indexOf(id) ?? -1;
			return { i, label: group.labels[i], total: totalOf(parts, i), was: at < 0 ? null : totalOf(were, at) };
		})
		.filter(({ total, was }) => total > 0 || (was ?? 0) > 0)
		.sort((a, b) => b.total - a.total || a.i - b.i)
		.slice(0, MOST_ROWS);
	if (rows.length === 0) return '';
	const most = Math.max(...rows.map(({ total, was }) => Math.max(total, was ?? 0)));
	const scale = (value: number) => (value / most) * (WIDTH - LABEL - VALUE);
	const drawn = rows.map(({ i, label, total, was }, row) => {
		const y = row * ROW;
		let x = LABEL;
		const bars = parts.map(({ values, tone }) => {
			const size = Math.max(0, scale(Number.isFinite(values[i]) ? values[i] : 0));
			x += size;
			return size > 0 ? `<rect class="${tone ?? 'plain'}" x="${fixed(x - size)}" y="${y + 4}" width="${fixed(size)}" height="14"/>` : '';
		});
		const tick = was === null ? '' : `<line class="tick" x1="${fixed(LABEL + scale(was))}" x2="${fixed(LABEL + scale(was))}" y1="${y + 1}" y2="${y + 21}"/>`;
		return `<text x="${LABEL - 8}" y="${y + 15}" text-anchor="end">${htmlText(shorten(label))}</text>${bars.join('')}${tick}<text x="${fixed(LABEL + scale(Math.max(total, was ?? 0)) + 6)}" y="${y + 15}">${htmlText(format(total, unit))}</text>`;
	});
	const names = parts.map(({ title, tone }) => `<tspan class="${tone ?? 'plain'}" dx="10">■ </tspan>${htmlText(title)}`).join('');
	const legend = `<text x="${LABEL}" y="${rows.length * ROW + 16}">${names}${before === null ? '' : '<tspan class="tick" dx="10">| </tspan>production'}</text>`;
	return svg(`${group.title}: ${parts.map(({ title }) => title).join(', ')}`, 0, rows.length * ROW + 22, drawn.join('') + legend);
} // prettier-ignore

/** A row for each member of a group with a target: a dot where it is, a tick where it should be at least. */
export function targetRows(group: MetricGroup, format: Format): string {
	const column = group.columns.find(({ target }) => target !== undefined);
	const target = column?.target;
	if (!column || !target) return '';
	const shown = group.ids.map((_, i) => i).filter((i) => Number.isFinite(column.values[i])).slice(0, MOST_ROWS);
	if (shown.length === 0) return '';
	const most = Math.max(...shown.map((i) => Math.max(column.values[i], target[i] || 0)), column.unit === 'ratio' ? 1 : 0);
	const scale = (value: number) => LABEL + (value / most) * (WIDTH - LABEL - VALUE);
	const drawn = shown.map((i, row) => {
		const y = row * ROW + 11;
		const tick = Number.isFinite(target[i]) ? `<line class="tick" x1="${fixed(scale(target[i]))}" x2="${fixed(scale(target[i]))}" y1="${y - 8}" y2="${y + 8}"/>` : '';
		return `<text x="${LABEL - 8}" y="${y + 4}" text-anchor="end">${htmlText(shorten(group.labels[i]))}</text><line class="axis" x1="${LABEL}" x2="${WIDTH - VALUE}" y1="${y}" y2="${y}"/>${tick}<circle class="sponsored" cx="${fixed(scale(column.values[i]))}" cy="${y}" r="5"/><text x="${WIDTH - VALUE + 10}" y="${y + 4}">${htmlText(format(column.values[i], column.unit))}</text>`;
	});
	const legend = `<text x="${LABEL}" y="${shown.length * ROW + 16}"><tspan class="sponsored">● </tspan>${htmlText(column.title)}<tspan class="tick" dx="10">| </tspan>target</text>`;
	return svg(`${group.title}: ${column.title}`, 0, shown.length * ROW + 22, drawn.join('') + legend);
} // prettier-ignore

/** Lines over an ordered x; the scale runs from the least to the most that is shown, zero included. */
export function seriesLines({ title, x, xTitle, lines, unit }: Series, format: Format): string {
	let [low, high] = [0, 0];
	for (const { y } of lines)
		for (const value of y)
			if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
	const [first, last] = [x[0] ?? 0, x[x.length - 1] ?? 1];
	const place = (i: number) => (last === first ? 0.5 : (x[i] - first) / (last - first)) * WIDTH;
	const level = (value: number) => HEIGHT - (high === low ? 0 : (value - low) / (high - low)) * HEIGHT;
	const drawn = lines.map(({ y }, l) => {
		const points = Array.from(y, (value, i) => (Number.isFinite(value) ? `${fixed(place(i))},${fixed(level(value))}` : '')); // prettier-ignore
		return `<polyline class="l${l % 5}" points="${points.filter((point) => point !== '').join(' ')}"/>`;
	});
	const legend = lines
		.map(({ label }, l) => `<tspan class="l${l % 5}" dx="10">— </tspan>${htmlText(label)}`)
		.join('');
	const axis = `<line class="axis" x1="0" x2="${WIDTH}" y1="${level(0)}" y2="${level(0)}"/>`;
	const words = `<text x="0" y="-4">${htmlText(format(high, unit))}</text><text x="0" y="${HEIGHT + 14}">${htmlText(format(low, unit))}</text>
<text x="${WIDTH}" y="${HEIGHT + 14}" text-anchor="end">${htmlText(xTitle)}</text><text x="0" y="${HEIGHT + 30}">${legend}</text>`;
	return svg(title, -16, HEIGHT + 50, `${axis}${drawn.join('')}${words}`);
}

function svg(label: string, top: number, height: number, content: string): string {
	return `<svg viewBox="0 ${top} ${WIDTH} ${height}" width="${WIDTH}" role="img" aria-label="${htmlText(label)}">${content}</svg>`;
}

function fixed(value: number): string {
	return value.toFixed(1);
}

function shorten(label: string): string {
	return label.length > 26 ? `${label.slice(0, 25)}…` : label;
}
