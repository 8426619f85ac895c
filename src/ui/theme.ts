/** How the app looks; `system` follows the reader's setting. */
export type Theme = 'system' | 'light' | 'dark' | 'contrast';

export const themes: readonly { readonly id: Theme; readonly title: string }[] = [
	{ id: 'system', title: 'As the system' },
	{ id: 'light', title: 'Light' },
	{ id: 'dark', title: 'Dark' },
	{ id: 'contrast', title: 'High contrast' },
];

const MORE_CONTRAST = '(prefers-contrast: more)';
const DARK = '(prefers-color-scheme: dark)';
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

/** Shows the theme chosen before, and goes along with the system when its setting changes. */
export function startTheme(): void {
	showTheme(storedTheme());
	for (const setting of [MORE_CONTRAST, DARK]) {
		matchMedia(setting).addEventListener('change', () => showTheme(storedTheme()));
	}
}

/** Shows a theme, and remembers it where that is allowed. */
export function showTheme(theme: Theme): void {
	const dark = matchMedia(DARK).matches ? 'dark' : 'light';
	const asSystem = matchMedia(MORE_CONTRAST).matches ? 'contrast' : dark;
	document.documentElement.dataset.theme = theme === 'system' ? asSystem : theme;
	try {
		localStorage.setItem(KEY, theme);
	} catch {
		// storage is forbidden: the choice lasts as long as the page
	}
}
