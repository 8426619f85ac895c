import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const TOKENS = 'src/ui/tokens.css';
const text = readFileSync(TOKENS, 'utf8');

/** The values of a colour in each theme, in the order of the file. */
function valuesOf(name: string): string[] {
	return Array.from(text.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6});`, 'g')), ([, value]) => value);
}

/** Hue in degrees and the spread of the channels, 0 for grey to 255. */
function hueOf(colour: string): { hue: number; spread: number } {
	const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
	const most = Math.max(red, green, blue);
	const spread = most - Math.min(red, green, blue);
	if (spread === 0) return { hue: 0, spread };
	const sixth = most === red ? (green - blue) / spread : most === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread; // prettier-ignore
	return { hue: (sixth * 60 + 360) % 360, spread };
}

describe('colours', () => {
	it('are blue for sponsored, orange for growth and grey for nobody in every theme', () => {
		// light, dark and high contrast, and with the reader’s own palette, which has a grey of its own
		expect(['sponsored', 'growth', 'nobody'].map((name) => valuesOf(name).length)).toEqual([4, 4, 3]);
		for (const colour of valuesOf('sponsored')) {
			expect(hueOf(colour).hue).toBeGreaterThan(205);
			expect(hueOf(colour).hue).toBeLessThan(230);
			expect(hueOf(colour).spread).toBeGreaterThan(100);
		}
		for (const colour of valuesOf('growth')) {
			expect(hueOf(colour).hue).toBeGreaterThan(20);
			expect(hueOf(colour).hue).toBeLessThan(35);
			expect(hueOf(colour).spread).toBeGreaterThan(100);
		}
		for (const colour of valuesOf('nobody')) expect(hueOf(colour).spread).toBeLessThan(12);
	});

	it('are taken from the tokens by every component and chart', () => {
		const files = ['src/ui', 'src/routes']
			.flatMap((folder) =>
				readdirSync(folder, { recursive: true }).map((name) => `${folder}/${String(name)}`),
			)
			.filter((file) => file.endsWith('.svelte'));
		expect(files.length).toBeGreaterThan(60);
		const own = files.filter(
			(file) =>
			/(?:fill|stroke|color|background|border[a-z-]*)(?:=|:)[^;{}\n]*(?:#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(|\b(?:red|green|blue|orange|gr[ae]y|purple|yellow)\b)/i.test(readFileSync(file, 'utf8')), // prettier-ignore
		);
		expect(own).toEqual([]);
	});
});
