import { leverName } from './lever-list.ts';
import { EVERYONE, type PeopleFilter } from './plan-line.ts';
import { screensOf } from './screens.ts';
import { themes, type Theme } from './theme.ts';
import type { Workbench } from './workbench.svelte.ts';

/** Something the palette reaches. */
export interface PaletteEntry {
	readonly title: string;
	/** what it is, in a word */
	readonly kind: string;
	readonly run: () => void;
}

export interface PaletteActions {
	readonly onNavigate: (path: string) => void;
	readonly onTheme: (theme: Theme) => void;
	readonly onExplain: (subject: Readonly<Record<string, string>>) => void;
	readonly onPeople: (filter: PeopleFilter) => void;
}

/** Every screen, action, preset, variant, lab, scenario, lever and subject, in that order. */
export function paletteEntries(workbench: Workbench, actions: PaletteActions): PaletteEntry[] {
	const entry = (title: string, kind: string, run: () => unknown): PaletteEntry => ({ title, kind, run: () => void run() }); // prettier-ignore
	const subjects = workbench.scenario?.subjects ?? [];
	return [
		...screensOf(workbench.program).map(({ title, path }) =>
			entry(title, 'screen', () => actions.onNavigate(path)),
		),
		entry('Undo', 'action', () => workbench.undo()),
		entry('Redo', 'action', () => workbench.redo()),
		entry('Reset to production', 'action', () => workbench.resetToProduction()),
		entry('Run again', 'action', () => workbench.runDraft()),
		entry('Cancel the run', 'action', () => workbench.cancel()),
		...themes.map(({ id, title }) =>
			entry(`Theme: ${title.toLowerCase()}`, 'action', () => actions.onTheme(id)),
		),
		...(workbench.program?.presets ?? []).map((preset) =>
			entry(preset.title, 'preset', () => workbench.applyPreset(preset)),
		),
		...workbench.variants.map((variant) =>
			entry(variant.name, 'variant', () => workbench.applyVariant(variant)),
		),
		...workbench.programs.map((program) =>
			entry(`${program.title} lab`, 'lab', () => workbench.openLab(program.id)),
		),
		...workbench.library.map(({ key, title }) => entry(title, 'scenario', () => workbench.openScenario(key))),
		...workbench.levers.map((lever) =>
			entry(leverName(lever), 'lever', () => {
				actions.onNavigate('/');
				// the screen is there a frame later
				requestAnimationFrame(() => requestAnimationFrame(() => focusLever(leverName(lever))));
			}),
		),
		...subjects.flatMap(({ kind, ids, labels }) =>
			ids.map((id, i) =>
				entry(labels[i].includes(id) ? labels[i] : `${labels[i]} (${id})`, kind, () =>
					openSubject(workbench, actions, kind, id, labels[i]),
				),
			),
		),
	];
}

/** Entries whose title starts with the words come first, then those that hold them; at most `most`. */
export function searchPalette(entries: readonly PaletteEntry[], query: string, most: number): PaletteEntry[] {
	const words = query.trim().toLowerCase();
	if (words === '') return entries.slice(0, most);
	const [first, second]: PaletteEntry[][] = [[], []];
	for (const entry of entries) {
		const title = entry.title.toLowerCase();
		if (title.startsWith(words)) first.push(entry);
		else if (second.length < most && (title.includes(words) || words.split(/\s+/).every((word) => title.includes(word)))) second.push(entry); // prettier-ignore
		if (first.length === most) break;
	}
	return [...first, ...second].slice(0, most);
}

/** Someone or something that can be explained is; a group or an owner of items opens the list of its people. */
function openSubject(
	workbench: Workbench,
	actions: PaletteActions,
	kind: string,
	id: string,
	label: string,
): void {
	const people = workbench.report?.participants;
	if (!people || people.subjectKinds?.includes(kind)) return actions.onExplain({ [kind]: id });
	const group = people.groups.indexOf(label);
	if (group >= 0) return actions.onPeople({ ...EVERYONE, title: `${label}: all ${people.noun[1]}`, group });
	const items = people.items.flatMap((_, item) => (people.itemOwners?.[item] === label ? [item] : []));
	actions.onPeople({ ...EVERYONE, title: `${label}: ${people.noun[1]} who hold something of it`, items });
}

function focusLever(name: string): void {
	const group = document.querySelector<HTMLElement>(`[role="group"][aria-label="${CSS.escape(name)}"]`);
	group?.closest('details')?.setAttribute('open', '');
	group?.scrollIntoView({ block: 'center' });
	group?.querySelector<HTMLElement>('input, select')?.focus();
}
