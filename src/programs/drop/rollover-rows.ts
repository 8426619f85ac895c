import { formatInstant, parseInstant } from '../instant.ts';
import type { AddedRow } from '../program.ts';
import { ids, numbers, tableOf, texts, type Cell, type ScenarioContent } from '../tables.ts';
import { dropTables } from './tables.ts';
import { cloneId, monthAfter } from './season/rollover.ts';

/**
 * The rows that rolling over to the next month adds: a clone of every monthly contract whose period ends with
 * the scenario's month or before and that has no successor, with the cities it serves. Same terms, supply of
 * its own, linked to the one before; in order of the contract ids.
 */
export function rolloverRows(content: ScenarioContent): AddedRow[] {
	const contract = tableOf(content, 'contract');
	const columns = dropTables.find(({ name }) => name === 'contract')?.columns ?? [];
	const contractIds = ids(contract, 'id');
	const ends = numbers(contract, 'ends_at');
	const monthly = numbers(contract, 'monthly');
	const succeeded = new Set(texts(contract, 'rolled_over_from'));
	const known = new Set(contractIds);
	const limit = nextMonth(parseInstant(content.now) ?? 0);

	const due = contractIds
		.map((id, row) => ({ id, row }))
		.filter(({ id, row }) => monthly[row] === 1 && ends[row] <= limit && !succeeded.has(id))
		.sort((a, b) => (a.id < b.id ? -1 : 1));
	return due.flatMap(({ id, row }): AddedRow[] => {
		const clone = cloneId(id, ends[row]);
		if (known.has(clone)) return [];
		const terms: Record<string, Cell> = {};
		for (const { name } of columns) {
			const column = contract.columns.get(name);
			if (column instanceof Float64Array) terms[name] = Number.isNaN(column[row]) ? null : column[row];
			else if (column && !('start' in column)) terms[name] = column[row];
		}
		const period = { id: clone, starts_at: ends[row], ends_at: monthAfter(ends[row]), rolled_over_from: id };
		return [{ table: 'contract', row: { ...terms, ...period } }, ...servedCities(content, id, clone)];
	});
}

function servedCities(content: ScenarioContent, id: string, clone: string): AddedRow[] {
	const table = tableOf(content, 'contract_city');
	const of = ids(table, 'contract_id');
	const cities = ids(table, 'city_id');
	return cities.flatMap((city, row) =>
		of[row] === id ? [{ table: 'contract_city', row: { contract_id: clone, city_id: city } }] : [],
	);
}

/** First moment of the calendar month after, UTC. */
function nextMonth(time: number): number {
	const firstDay = `${formatInstant(time).slice(0, 7)}-01T00:00:00Z`;
	return monthAfter(parseInstant(firstDay) ?? time);
}
