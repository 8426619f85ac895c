import CalendarDays from '@lucide/svelte/icons/calendar-days';
import ChartNoAxesCombined from '@lucide/svelte/icons/chart-no-axes-combined';
import PackageCheck from '@lucide/svelte/icons/package-check';
import Database from '@lucide/svelte/icons/database';
import History from '@lucide/svelte/icons/history';
import Scale from '@lucide/svelte/icons/scale';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import type { ProgramInfo } from '#workers/protocol.ts';

/** A screen of the rail. To add one: its folder in `routes`, and its line here. */
export interface Screen {
	readonly id: string;
	readonly title: string;
	readonly path: '/' | `/${string}`;
	readonly icon: typeof ChartNoAxesCombined;
	readonly help: string;
	/** shown for this program? for all where left out */
	readonly isFor?: (program: ProgramInfo) => boolean;
}

/** All screens, in the order of the rail. */
export const screens: readonly Screen[] = [
	{
		id: 'tune',
		title: 'Tune',
		path: '/',
		icon: SlidersHorizontal,
		help: 'Move levers and see who is affected',
	},
	{ id: 'compare', title: 'Compare', path: '/compare', icon: Scale, help: 'Production, draft and variants side by side' }, // prettier-ignore
	{ id: 'rounds', title: 'Drops', path: '/drops', icon: CalendarDays, help: 'Planned and past Drops', isFor: ({ rounds }) => rounds !== null }, // prettier-ignore
	{ id: 'explore', title: 'Explore', path: '/explore', icon: ChartNoAxesCombined, help: 'Sweeps, and every study of the program' }, // prettier-ignore
	{
		id: 'replay',
		title: 'Replay',
		path: '/replay',
		icon: History,
		help: 'Past Drops, reproduced and judged',
		isFor: ({ studies }) => studies.some(({ screen }) => screen === 'replay'),
	},
	{
		id: 'deploy',
		title: 'Deploy',
		path: '/deploy',
		icon: PackageCheck,
		help: 'Plan, lights, checklist and export',
	},
	{ id: 'data', title: 'Data', path: '/data', icon: Database, help: 'Scenarios, import, quality, SQL' },
];

/** The screens that this program has. */
export function screensOf(program: ProgramInfo | null): readonly Screen[] {
	return screens.filter(({ isFor }) => isFor === undefined || (program !== null && isFor(program)));
}
