/** How the app looks; `system` follows the reader's setting. */
export type Theme = 'system' | 'light' | 'dark' | 'contrast';

export const themes: readonly { readonly id: Theme; readonly title: string }[] = [
	{ id: 'system', title: 'As the system' },
	{ id: 'light', title: 'Light' },
	{ id: 'dark', title: 'Dark' },
	{ id: 'contrast', title: 'High contrast' },
];

const KEY = 'dropbench-theme';

/** The theme chosen before; `system` where none was, or storage is forbidden. */
export function storedTheme(): Theme {
	try {
		const stored = localStorage.getItem(KEY);
		return themes.find(({ id }) => id === stored)?.id ?? 'system';
	} catch {
		return 'system';
	}
}

/** Shows a theme, and remembers it where that is allowed. */
export function showTheme(theme: Theme): void {
	const wanted = (query: string) => matchMedia(query).matches;
	const asSystem = wanted('(prefers-contrast: more)')
		? 'contrast'
		: wanted('(prefers-color-scheme: dark)')
			? 'dark'
			: 'light';
	document.documentElement.dataset.theme = theme === 'system' ? asSystem : theme;
	try {
		localStorage.setItem(KEY, theme);
	} catch {
		// storage is forbidden: the choice lasts as long as the page
	}
}
