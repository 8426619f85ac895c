import type { Participants } from '#programs/report.ts';

/** What the people of one group hold from one owner (a brand's contracts, say). */
export interface OwnedItems {
	readonly label: string;
	readonly count: number;
	readonly items: readonly { readonly index: number; readonly count: number }[];
}

/** What people of group `group` hold, by owner, most first; ties in the order of the items. */
export function itemsInGroup(people: Participants, group: number): OwnedItems[] {
	const counts = new Uint32Array(people.items.length);
	for (let i = 0; i < people.ids.length; i++) {
		if (people.group[i] !== group) continue;
		for (let at = people.itemStart[i]; at < people.itemStart[i + 1]; at++) counts[people.item[at]]++;
	}
	const owners = new Map<string, { index: number; count: number }[]>();
	counts.forEach((count, index) => {
		if (count === 0) return;
		const owner = people.itemOwners?.[index] ?? people.items[index];
		owners.set(owner, [...(owners.get(owner) ?? []), { index, count }]);
	});
	return [...owners]
		.map(([label, items]) => ({ label, items, count: items.reduce((sum, { count }) => sum + count, 0) }))
		.sort((a, b) => b.count - a.count);
}
