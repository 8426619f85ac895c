import { createContext } from 'svelte';
import type { Participants } from '#programs/report.ts';
import type { RunResult } from '#workers/protocol.ts';
import type { PeopleFilter } from './plan-line.ts';
import type { Workbench } from './workbench.svelte.ts';

/** The workbench of this page, for any component under the shell. */
export const [getWorkbench, setWorkbench] = createContext<Workbench>();

/** What any screen can ask the shell to open over it. */
export interface Overlays {
	/** the drawer "why did X get, or not get, Y?"; ids by subject kind */
	readonly explain: (subject: Readonly<Record<string, string>>) => void;
	/** the list of the people that a number stands for, in the draft where no other run is given, with those it is compared with */
	readonly people: (filter: PeopleFilter, of?: RunResult | null, before?: Participants | null) => void;
	readonly palette: () => void;
}

export const [getOverlays, setOverlays] = createContext<Overlays>();
