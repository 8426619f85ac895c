import type { RehearsalResult } from '#programs/operations.ts';
import type { ReportColumn } from '#programs/report.ts';
import { countOf } from '../format.ts';

/** What a rehearsal showed, as the proof that travels with the tick; null where an alert failed or none was tried. */
export function rehearsalProof(results: readonly RehearsalResult[] | null): string | null {
	if (results === null || results.length === 0 || !results.every(({ isPassed }) => isPassed)) return null;
	return `${countOf(results.length, ['alert', 'alerts'])} rehearsed: each rang alone for its own data, and none for the nearest to it`;
}

/** Rehearsals as a table: what was tried, which alerts rang for it, which for the nearest data that must be quiet. */
export function rehearsalColumns(results: readonly RehearsalResult[]): ReportColumn[] {
	const rang = (titles: readonly string[], own: string) => {
		if (titles.length === 0) return 'none';
		return titles.length === 1 && titles[0] === own ? 'this one alone' : titles.join(', ');
	};
	return [
		{ id: 'alert', title: 'Alert', unit: 'text', values: results.map(({ title }) => title) },
		{ id: 'data', title: 'Must trip it', unit: 'text', values: results.map(({ help }) => help) },
		{ id: 'tripped', title: 'Rang', unit: 'text', values: results.map(({ tripped, title }) => rang(tripped, title)) },
		{ id: 'quiet', title: 'Rang just inside', unit: 'text', values: results.map(({ quiet, title }) => rang(quiet, title)) },
		{ id: 'passed', title: 'Passed', unit: 'text', values: results.map(({ isPassed }) => (isPassed ? 'yes' : 'no')) },
	];
} // prettier-ignore
