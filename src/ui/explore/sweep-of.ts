import { version } from '$app/env';
import type { Workbench } from '../workbench.svelte.ts';
import { openPointStore } from './point-store.ts';
import { Sweep } from './sweep.svelte.ts';

const sweeps = new WeakMap<Workbench, Sweep>();

/** The one sweep of a workbench, on this browser's storage. */
export function sweepOf(workbench: Workbench): Sweep {
	const made = sweeps.get(workbench) ?? new Sweep(workbench, openPointStore(), version);
	sweeps.set(workbench, made);
	return made;
}
