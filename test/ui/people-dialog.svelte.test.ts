import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { gainBit } from '#programs/plan.ts';
import type { Participants } from '#programs/report.ts';
import PeopleDialog from '#ui/PeopleDialog.svelte';
import { EVERYONE } from '#ui/plan-line.ts';
import type { RunResult } from '#workers/protocol.ts';

/** Two users; `items` are what each holds, as indexes of k1 (sponsored, Cava) and k2 (growth, Chopt). */
function people(items: readonly (readonly number[])[]): Participants {
	const itemStart = new Uint32Array(items.length + 1);
	items.forEach((held, i) => (itemStart[i + 1] = itemStart[i] + held.length));
	return {
		noun: ['user', 'users'],
		ids: ['u1', 'u2'],
		group: new Int32Array(2),
		groups: ['Dallas'],
		state: new Uint8Array(2),
		states: ['1 sponsored'],
		itemStart,
		item: Uint32Array.from(items.flat()),
		items: ['k1', 'k2'],
		itemOwners: ['Cava', 'Chopt'],
		itemKind: Uint8Array.of(0, 1),
		itemKinds: ['sponsored', 'growth'],
		value: Float64Array.of(5, 6),
		valueUnit: 'points',
	};
}

it('a list of people who gain something says what, beside what they hold', async () => {
	const before = people([[0], [0]]);
	const after = people([[0, 1], [0]]);
	const plan = { effect: Uint16Array.of(gainBit(1), 0), stateBefore: new Uint8Array(2), valueBefore: null };
	const result = { report: { participants: after, groups: [{ id: 'city' }] }, plan } as unknown as RunResult;
	const filter = { ...EVERYONE, title: 'Dallas: users who gain a growth reward', effect: gainBit(1) };
	const rest = { result, onClose: () => undefined, onExplain: () => undefined };
	const { rerender } = await render(PeopleDialog, { ...rest, filter, before });
	const titles = () => page.getByRole('columnheader').elements().map((head) => head.textContent.trim());
	await expect.poll(titles).toEqual(['User', 'City', 'Production', 'After', 'Points', 'Gains', 'Holds']);
	await expect.element(page.getByRole('cell', { name: 'Chopt (k2), growth' })).toBeVisible();
	await expect.element(page.getByRole('cell', { name: 'Cava, Chopt' })).toBeVisible();

	// a list of everyone is of no change
	await rerender({ ...rest, filter: EVERYONE, before });
	await expect.poll(titles).toEqual(['User', 'City', 'Production', 'After', 'Points', 'Holds']);
}); // prettier-ignore
