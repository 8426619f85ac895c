import ChartNoAxesCombined from '@lucide/svelte/icons/chart-no-axes-combined';
import Database from '@lucide/svelte/icons/database';
import Scale from '@lucide/svelte/icons/scale';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';

/** A screen of the rail. To add one: its folder in `routes`, and its line here. */
export interface Screen {
	readonly id: string;
	readonly title: string;
	readonly path: '/' | `/${string}`;
	readonly icon: typeof ChartNoAxesCombined;
	readonly help: string;
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
	{ id: 'data', title: 'Data', path: '/data', icon: Database, help: 'Scenarios, import, quality, SQL' },
];
