import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { drop } from '#programs/drop/program.ts';
import GeneratorForm from '#ui/GeneratorForm.svelte';
import type { Workbench } from '#ui/workbench.svelte.ts';
import type { ProgramInfo } from '#workers/protocol.ts';

it('the generator form makes what it was asked for, by name and seed, and waits while it is made', async () => {
	let done: (isOpen: boolean) => void = () => undefined;
	const addScenario = vi.fn(() => new Promise<boolean>((resolve) => (done = resolve)));
	const workbench = { addScenario, isReadOnly: false } as unknown as Workbench;
	const specs = drop.generator?.options ?? [];
	const program = { id: 'drop', generator: specs } as unknown as ProgramInfo;
	await render(GeneratorForm, { workbench, program });
	for (const { title } of specs)
		await expect.element(page.getByText(title, { exact: true }).first()).toBeVisible();
	await page.getByRole('textbox', { name: 'Name' }).fill(' Spring ');
	await page.getByRole('spinbutton', { name: 'Seed' }).fill('7');
	await page.getByRole('button', { name: 'Make and open' }).click();
	await expect.element(page.getByRole('button', { name: 'Making it…' })).toBeDisabled();
	const defaults = Object.fromEntries(specs.map((spec) => [spec.path, spec.default]));
	expect(addScenario).toHaveBeenCalledExactlyOnceWith('drop', 'Spring', {
		kind: 'generated',
		program: 'drop',
		name: 'Spring',
		options: defaults,
		seed: 7,
	});
	done(true);
	await expect.element(page.getByRole('button', { name: 'Make and open' })).toBeEnabled();
	await userEvent.clear(page.getByRole('textbox', { name: 'Name' }));
	await page.getByRole('button', { name: 'Make and open' }).click();
	// a scenario without a name is refused by the form itself
	expect(addScenario).toHaveBeenCalledTimes(1);
});

it('Enter in a field of the generator takes the value and makes nothing: that takes the button', async () => {
	const addScenario = vi.fn(() => Promise.resolve(true));
	const workbench = { addScenario, isReadOnly: false } as unknown as Workbench;
	const program = { id: 'drop', generator: drop.generator?.options ?? [] } as unknown as ProgramInfo;
	await render(GeneratorForm, { workbench, program });
	const users = page.getByRole('textbox', { name: 'Users', exact: true });
	await users.fill('12,500');
	await userEvent.keyboard('{Enter}');
	await expect.element(users).toHaveValue('12500');
	await page.getByRole('spinbutton', { name: 'Seed' }).fill('7');
	await userEvent.keyboard('{Enter}');
	expect(addScenario).not.toHaveBeenCalled();
	await page.getByRole('button', { name: 'Make and open' }).click();
	expect(addScenario.mock.lastCall).toMatchObject([
		'drop',
		'My market',
		{ options: { users: 12_500 }, seed: 7 },
	]);
});
