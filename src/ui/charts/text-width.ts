let context: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();

/**
 * Width of a text in px as a chart writes it: in the font of the page, `size` px high. A little more than the letters
 * take, for figures that are set wider than they are measured.
 */
export function textWidth(text: string, size = 12, weight = 400): number {
	const key = `${weight} ${size} ${text}`;
	let width = widths.get(key);
	if (width === undefined) {
		context ??= document.createElement('canvas').getContext('2d');
		if (context === null) return text.length * size * 0.6;
		context.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
		width = context.measureText(text).width * 1.03 + 1;
		if (widths.size > 5000) widths.clear();
		widths.set(key, width);
	}
	return width;
}
