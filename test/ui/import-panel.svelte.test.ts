import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { OnProgress, ScenarioSource } from '#workers/protocol.ts';
import type { Runner } from '#workers/runner.ts';
import ImportPanel from '#ui/ImportPanel.svelte';
import type { Workbench } from '#ui/workbench.svelte.ts';

/** A worker that reads on only when a test says so, and what was handed to it. */
function makeReader() {
	const asked: { source: ScenarioSource; hear: OnProgress }[] = [];
	let end: (answer: unknown) => void = () => undefined;
	const api = {
		preview: (source: ScenarioSource, hear: OnProgress) => {
			asked.push({ source, hear });
			return new Promise((resolve) => (end = resolve));
		},
	};
	const reader = {
		call: (ask: (of: typeof api) => unknown) => ask(api),
		close: () => end({ ok: false, issues: [{ at: 'run', message: 'cancelled', code: 'run.cancelled' }] }),
	};
	return { asked, reader: reader as unknown as Runner };
}

/** A panel that was given a file of a size. */
async function pick(bytes: number) {
	const { asked, reader } = makeReader();
	const workbench = { makeRunner: () => reader, programs: [], isReadOnly: false } as unknown as Workbench;
	const { container } = await render(ImportPanel, { workbench });
	const input = container.querySelector('input')!;
	const transfer = new DataTransfer();
	transfer.items.add(new File([new Uint8Array(bytes)], 'a.sqlite'));
	const take = () => {
		input.files = transfer.files;
		input.dispatchEvent(new Event('change', { bubbles: true }));
	};
	take();
	await vi.waitFor(() => expect(asked).toHaveLength(1));
	const shown = () => container.textContent;
	return {
		asked,
		reader,
		shown,
		take,
		said: () => container.querySelector('[role=alert]')?.textContent ?? '',
	};
}

describe('a file that is being read', () => {
	beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: false }));
	afterEach(() => vi.useRealTimers());

	it('is given up after ten silent seconds, counted anew from each sign of progress', async () => {
		const { asked, said } = await pick(10);
		await vi.advanceTimersByTimeAsync(9_900);
		asked[0].hear('rows', 0.5);
		await vi.advanceTimersByTimeAsync(9_900);
		expect(said()).toBe('');
		await vi.advanceTimersByTimeAsync(200);
		expect(said()).toContain('no sign of being read within 10 s');
	});

	it('is not waited for again when a message of progress comes after its answer', async () => {
		const { asked, reader, said, shown } = await pick(10);
		reader.close();
		await vi.advanceTimersByTimeAsync(0);
		expect(said()).toContain('cancelled');
		asked[0].hear('rows', 1);
		await vi.advanceTimersByTimeAsync(20_000);
		expect(shown()).not.toContain('Checking');
		expect(said()).toContain('cancelled');
		expect(said()).not.toContain('no sign of being read');
	});

	it('says nothing more once another was taken in its place', async () => {
		const { asked, shown, said, take } = await pick(10);
		take();
		await vi.waitFor(() => expect(asked).toHaveLength(2));
		asked[0].hear('rows of the first', 0.5);
		await vi.advanceTimersByTimeAsync(0);
		expect(shown()).not.toContain('rows of the first');
		// nor does it win time for the second
		await vi.advanceTimersByTimeAsync(9_000);
		asked[0].hear('rows of the first', 0.6);
		await vi.advanceTimersByTimeAsync(1_100);
		expect(said()).toContain('no sign of being read within 10 s');
	});

	it('may be silent for longer when it is large: a second more for every ten megabytes', async () => {
		const { asked, said } = await pick(20_000_000);
		await vi.advanceTimersByTimeAsync(11_900);
		expect(said()).toBe('');
		await vi.advanceTimersByTimeAsync(200);
		expect(said()).toContain('no sign of being read within 12 s');
		expect(asked).toHaveLength(1);
	});
});

describe('a file that is too big', () => {
	it('is refused by its size and the limit before a byte of it is read', async () => {
		const makeRunner = () => expect.unreachable('no reader is made');
		const workbench = { makeRunner, programs: [], isReadOnly: false } as unknown as Workbench;
		const { container } = await render(ImportPanel, { workbench });
		const big = new File(['x'], 'all-of-it.sqlite');
		Object.defineProperty(big, 'size', { value: 600_000_000 });
		const read = vi.spyOn(big, 'arrayBuffer');
		const input = container.querySelector('input')!;
		Object.defineProperty(input, 'files', { value: [big] });
		input.dispatchEvent(new Event('change', { bubbles: true }));
		await expect.element(page.getByRole('alert')).toHaveTextContent('all-of-it.sqlite');
		await expect.element(page.getByRole('alert')).toHaveTextContent('600 MB; must be at most 524 MB');
		expect(read).not.toHaveBeenCalled();
	});
});
