import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { withValue } from '#programs/levers.ts';
import { offer } from '#programs/offer/program.ts';
import { leversAt, type LeverAt } from '#ui/lever-list.ts';
import LeverControl from '#ui/LeverControl.svelte';

const spec = offer.levers.filter(({ path }) => path === 'plan');
const [lever] = leversAt(spec, []);

/** The form over a plan of these offers; what it changes is handed back to it, as a workbench does. */
async function openForm(names: readonly string[]) {
	const plan = names.map((name) => ({ offer: name, inviteeCents: 1000, inviteeDurationDays: 30 }));
	const live = offer.readConfig({ plan }).config;
	const done: string[] = [];
	const now = { draft: live };
	const onChange = (...change: [lever: LeverAt, value: unknown, merge?: string, name?: string]) => {
		const [, value, , name = ''] = change;
		now.draft = withValue(now.draft, 'plan', value);
		done.push(name);
		void screen.rerender({ draft: now.draft });
	};
	const screen = await render(LeverControl, { lever, draft: live, live, onChange });
	const order = () => (now.draft.plan as readonly { offer: string }[]).map((each) => each.offer);
	return { screen, now, done, order };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('a list of offers as a form', () => {
	it('adds, copies, moves and removes by keyboard alone, each as one step in words', async () => {
		const { done, order } = await openForm(['A', 'B']);
		(button('Move A down').element() as HTMLElement).focus();
		await userEvent.keyboard('{Enter}');
		await expect.poll(order).toEqual(['B', 'A']);
		// at the end there is only the way back, and the focus is there
		await expect.element(button('Move A up')).toHaveFocus();
		await userEvent.keyboard('{Enter}');
		await expect.poll(order).toEqual(['A', 'B']);
		await userEvent.keyboard('{Tab}{Tab}'); // prettier-ignore
		await expect.element(button('Remove A')).toHaveFocus();
		await userEvent.keyboard('{Enter}');
		await expect.poll(order).toEqual(['B']);
		await expect.element(button('B')).toHaveFocus();
		(button('Copy B').element() as HTMLElement).focus();
		await userEvent.keyboard('{Enter}');
		await expect.poll(order).toEqual(['B', 'B 2']);
		const name = page.getByRole('textbox', { name: 'Name' });
		await expect.element(name).toHaveFocus();
		await userEvent.keyboard('{Control>}a{/Control}C{Enter}');
		await expect.poll(order).toEqual(['B', 'C']);
		expect(done).toEqual([
			'Offer plan: move A down',
			'Offer plan: move A up',
			'Offer plan: remove A',
			'Offer plan: copy B',
			'Offer plan: B 2, name B 2 → C',
		]);
	});

	it('says at the field what is wrong, with what was typed and with what a run refused', async () => {
		const { screen, now, done } = await openForm(['A']);
		await button('A').click();
		const life = page.getByRole('textbox', { name: 'Credit life' });
		await userEvent.fill(life, 'soon');
		await userEvent.keyboard('{Enter}');
		await expect.element(life).toHaveAccessibleDescription(/invalid number: "soon"; must be/);
		expect(done).toEqual([]);
		await userEvent.fill(life, '0');
		await userEvent.keyboard('{Enter}');
		await expect.element(life).toHaveAccessibleDescription('0 only without credit.');
		const refused = {
			at: 'config.plan.0.inviteeDurationDays',
			message: 'an amount without a life',
			code: 'x',
		};
		await screen.rerender({ draft: now.draft, issues: [refused] });
		await expect.element(life).toHaveAccessibleDescription('an amount without a life');
		await expect.element(life).toHaveAttribute('aria-invalid', 'true');
		// closed, the entry itself says it
		await button('A').click();
		await expect.element(page.getByRole('listitem')).toHaveTextContent('an amount without a life');
	});

	it('takes a pasted list as text, which is a form again after', async () => {
		const { order } = await openForm([]);
		await expect.element(page.getByText('No offers', { exact: true })).toBeVisible();
		await button('Offer plan as text').click();
		const text = page.getByRole('textbox', { name: 'Offer plan' });
		await userEvent.fill(text, '[{"offer":"P","inviteeCents":100,"inviteeDurationDays":3}]');
		await userEvent.keyboard('{Tab}');
		await expect.poll(order).toEqual(['P']);
		await button('Offer plan as text').click();
		await expect.element(page.getByText('Credit $1.00 · Credit life 3 days')).toBeVisible();
	});

	it('gives a new offer terms of its own and the focus to its name', async () => {
		const { order } = await openForm(['A']);
		await button('Add offer').click();
		await expect.poll(order).toEqual(['A', 'offer 2']);
		await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveFocus();
	});
});
