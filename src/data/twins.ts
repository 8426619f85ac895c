import type { Notice } from '#programs/report.ts';
import { ids, type ScenarioContent, type TableSpec } from '#programs/tables.ts';

const PLAIN = /^[!-~]+$/;

/**
 * Notices of ids of one table that look alike and are not the same: written with other code points for the
 * same characters, with blanks around, or with characters no one can see. Ids are compared as given; this
 * only tells.
 */
export function findTwins(content: ScenarioContent, specs: readonly TableSpec[]): Notice[] {
	return specs.flatMap((spec) => {
		const table = content.tables.get(spec.name);
		if (table === undefined || spec.key.length !== 1 || spec.key[0] !== 'id') return [];
		const column = ids(table, 'id');
		const odd = column.filter((id) => !PLAIN.test(id));
		if (odd.length === 0) return [];

		const all = new Set(column);
		const byLook = new Map<string, string>();
		const pairs: string[] = [];
		for (const id of odd) {
			const look = plainLook(id);
			const twin = byLook.get(look) ?? (PLAIN.test(look) && all.has(look) ? look : undefined);
			if (twin !== undefined) pairs.push(`${spelled(twin)} and ${spelled(id)}`);
			byLook.set(look, id);
		}
		if (pairs.length === 0) return [];
		const more = pairs.length > 5 ? ` and ${pairs.length - 5} more pairs` : '';
		const message = `${spec.name}: ids that look alike are taken for different ones: ${pairs.slice(0, 5).join('; ')}${more}`;
		return [{ code: 'import.twins', message }];
	});
}

/** An id with all but plain ASCII by its code: what looks alike reads apart. */
function spelled(id: string): string {
	return JSON.stringify(id).replace(
		/[^ -~]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

function plainLook(id: string): string {
	return id
		.normalize('NFKC')
		.replace(/[\p{Cf}\p{Cc}]/gu, '')
		.trim();
}
