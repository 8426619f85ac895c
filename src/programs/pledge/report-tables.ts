import type { ReportColumn, ReportTable } from '../report.ts';
import {
	EVENT_TYPES,
	NONE,
	NOT_LISTED,
	PLEDGE_STATES,
	REFUSALS,
	WISH_REASONS,
	channelsOf,
} from './events.ts';
import type { PledgeOutcome } from './outcome.ts';
import { kindWords, noticeWords, refusalWords } from './words.ts';

/** Most rows of a table; the first ones stay. */
export const MOST_ROWS = 20_000;
/** Most names of an over list that are written out. */
const MOST_NAMES = 40;

type Unit = ReportColumn['unit'];

/** A table from rows of cells; NaN and null for none. */
function table(
	id: string,
	title: string,
	columns: readonly (readonly [id: string, title: string, unit: Unit])[],
	rows: readonly (readonly (string | number | null)[])[],
): ReportTable {
	const shown = rows.slice(0, MOST_ROWS);
	return {
		id,
		title,
		columns: columns.map(([columnId, columnTitle, unit], c) => ({
			id: columnId,
			title: columnTitle,
			unit,
			values:
				unit === 'text' || unit === 'id'
					? shown.map((row) => (row[c] === null ? null : String(row[c])))
					: Float64Array.from(shown, (row) => (row[c] === null ? NaN : Number(row[c]))),
		})),
	};
}

const upTo = (count: number) => Array.from({ length: count < MOST_ROWS ? count : MOST_ROWS }, (_, i) => i);

/** All tables of a report: notices, losses, months, patrons, refusals, and the wish list where it is on. */
export function reportTables(outcome: PledgeOutcome, names: readonly string[]): ReportTable[] {
	return [
		noticeTable(outcome, names),
		lossTable(outcome, names),
		monthTable(outcome),
		nearLimitTable(outcome, names),
		patronTable(outcome, names),
		refusalTable(outcome),
		...(outcome.levers.wishlist ? [wishTable(outcome, names)] : []),
	];
}

function noticeTable({ data, levers, record }: PledgeOutcome, names: readonly string[]): ReportTable {
	const rows = upTo(record.logSeq.length).map((i) => {
		const kind = record.logKind.data[i];
		const p = record.logProject.data[i];
		const project = p < 0 ? '' : names[p];
		return [
			record.logSeq.data[i], record.logDay.data[i], record.logMonth.data[i], data.patronIds[record.logPatron.data[i]],
			p < 0 ? null : data.projectIds[p], kindWords(kind), noticeWords(kind, project, levers), channelsOf(kind, levers.policy),
		]; // prettier-ignore
	});
	return table('notices', 'Notices, as patrons read them', [
		['event', 'Event', 'number'], ['day', 'Day', 'number'], ['month', 'Month', 'number'], ['patron', 'Patron', 'id'],
		['project', 'Project', 'id'], ['kind', 'Kind', 'text'], ['words', 'Notice', 'text'], ['channels', 'Sent by', 'text'],
	], rows); // prettier-ignore
}

function lossTable({ data, limit, record }: PledgeOutcome, names: readonly string[]): ReportTable {
	const rows: (string | number | null)[][] = [];
	for (let t = 0; t < record.triggerSeq.length && rows.length < MOST_ROWS; t++) {
		const seq = record.triggerSeq.data[t];
		const end =
			t + 1 < record.triggerSeq.length ? record.triggerLossStart.data[t + 1] : record.lossPledge.length;
		for (let x = record.triggerLossStart.data[t]; x < end; x++) {
			const k = record.lossPledge.data[x];
			const u = data.pledgePatron[k];
			rows.push([
				seq, data.events.day[seq], names[record.triggerProject.data[t]], data.patronIds[data.events.patron[seq]],
				data.patronIds[u], data.projectIds[data.pledgeProject[k]], limit[u], record.lossOverCount.data[x],
				overNames(record.lossOverStart.data[x], record.lossOverCount.data[x]),
				record.lossIsNeedless.data[x] === 1 ? 'needless' : '',
			]); // prettier-ignore
		}
	}
	return table('losses', 'Losses', [
		['event', 'Event', 'number'], ['day', 'Day', 'number'], ['grew', 'Project that grew', 'text'], ['newcomer', 'Who pledged', 'id'],
		['patron', 'Who lost', 'id'], ['project', 'Lost pledge to', 'id'], ['limit', 'Her limit now', 'micros'],
		['over', 'Over', 'count'], ['overList', 'Over list, oldest first', 'text'], ['needless', 'Needless', 'text'],
	], rows); // prettier-ignore

	function overNames(start: number, count: number): string {
		if (start < 0) return `${count} patrons`;
		const shown = Array.from(record.over.data.subarray(start, start + (count < MOST_NAMES ? count : MOST_NAMES)), (u) => data.patronIds[u]); // prettier-ignore
		return shown.join(', ') + (count > MOST_NAMES ? ` and ${count - MOST_NAMES} more` : '');
	}
}

function monthTable({ data, record }: PledgeOutcome): ReportTable {
	const rows = upTo(record.monthSeq.length).map((t) => [
		t, data.events.day[record.monthSeq.data[t]], record.monthCharged.data[t], record.monthMatchSum.data[t],
		record.monthNet.data[t], record.monthGross.data[t], record.monthFees.data[t], record.monthCarry.data[t],
		record.monthLimitSum.data[t] === 0 ? null : record.monthMatchSum.data[t] / record.monthLimitSum.data[t],
	]); // prettier-ignore
	return table('months', 'Months', [
		['month', 'Month', 'number'], ['day', 'Ended on day', 'number'], ['charged', 'Patrons charged', 'count'], ['matched', 'Matched', 'micros'],
		['net', 'Raised', 'micros'], ['gross', 'Charged', 'micros'], ['fees', 'Card fees', 'micros'], ['carry', 'Carried over', 'micros'],
		['utilisation', 'Budget utilisation', 'ratio'],
	], rows); // prettier-ignore
}

const PATRON_COLUMNS: readonly (readonly [string, string, Unit])[] = [
	['patron', 'Patron', 'id'],
	['limit', 'Limit', 'micros'],
	['projection', 'Projection', 'micros'],
	['headroom', 'Headroom', 'micros'],
	['headroomPatrons', 'Headroom in patrons', 'count'],
	['balance', 'Balance', 'micros'],
	['paid', 'Paid', 'micros'],
	['pledges', 'Pledges', 'text'],
];

function nearLimitTable(outcome: PledgeOutcome, names: readonly string[]): ReportTable {
	const { isInZone, room, load } = outcome;
	const near = Array.from(isInZone.keys()).filter((u) => isInZone[u] === 1);
	near.sort((a, b) => room[a] - load[a] - (room[b] - load[b]) || a - b);
	return table('near-limit', 'Patrons near their limit', PATRON_COLUMNS, near.slice(0, MOST_ROWS).map((u) => patronRow(outcome, names, u))); // prettier-ignore
}

function patronTable(outcome: PledgeOutcome, names: readonly string[]): ReportTable {
	const { joinOrder } = outcome;
	const joined = Array.from(joinOrder.keys()).filter((u) => joinOrder[u] >= 0);
	joined.sort((a, b) => joinOrder[a] - joinOrder[b]);
	return table(
		'patrons',
		'Patrons',
		PATRON_COLUMNS,
		joined.slice(0, MOST_ROWS).map((u) => patronRow(outcome, names, u)),
	);
}

function patronRow(outcome: PledgeOutcome, names: readonly string[], u: number): (string | number | null)[] {
	const { data, levers, limit, load, room, balance, paidBy, state } = outcome;
	const pledges: string[] = [];
	for (let k = data.patronPledgeStart[u]; k < data.patronPledgeStart[u + 1]; k++) {
		if (Number.isNaN(outcome.firstDay[k])) continue;
		const suffix = state[k] === 1 ? '' : ` (${state[k] === NONE ? 'ended' : PLEDGE_STATES[state[k]]})`;
		pledges.push(names[data.pledgeProject[k]] + suffix);
	}
	const projection = load[u] * levers.baseRate;
	return [data.patronIds[u], limit[u], projection, limit[u] - projection, room[u] - load[u], balance[u], paidBy[u], pledges.join(', ')]; // prettier-ignore
}

function refusalTable({ data, record }: PledgeOutcome): ReportTable {
	const { events } = data;
	const rows = upTo(record.refusedSeq.length).map((i) => {
		const e = record.refusedSeq.data[i];
		const code = record.refusedCode.data[i];
		return [
			e, events.day[e], EVENT_TYPES[events.type[e]], events.patron[e] < 0 ? null : data.patronIds[events.patron[e]],
			events.project[e] < 0 ? null : data.projectIds[events.project[e]], REFUSALS[code], refusalWords(code),
		]; // prettier-ignore
	});
	return table('refusals', 'Refused events', [
		['event', 'Event', 'number'], ['day', 'Day', 'number'], ['type', 'Type', 'text'], ['patron', 'Patron', 'id'],
		['project', 'Project', 'id'], ['code', 'Code', 'text'], ['words', 'Why', 'text'],
	], rows); // prettier-ignore
}

function wishTable(
	{ data, wish, load, room, crowd, hasLeft }: PledgeOutcome,
	names: readonly string[],
): ReportTable {
	const rows: (string | number | null)[][] = [];
	for (let k = 0; k < wish.length && rows.length < MOST_ROWS; k++) {
		if (wish[k] === NOT_LISTED) continue;
		const u = data.pledgePatron[k];
		const fits = hasLeft[u] === 0 && load[u] + crowd[data.pledgeProject[k]] + 1 <= room[u];
		rows.push([
			data.patronIds[u],
			names[data.pledgeProject[k]],
			WISH_REASONS[wish[k]],
			fits ? 'pledge again' : '',
		]);
	}
	return table('wishes', 'Wish lists', [
		['patron', 'Patron', 'id'], ['project', 'Project', 'text'], ['why', 'Why', 'text'], ['offer', 'Would fit now', 'text'],
	], rows); // prettier-ignore
}
