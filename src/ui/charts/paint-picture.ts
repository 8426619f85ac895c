/** Pixels of the picture per pixel of the page. */
const SCALE = 2;
const MARGIN = 16;
/** Room at the right of content that is wider than its box. */
const PADDING = 16;
/** Properties of SVG that style sheets set here, given to a copy as attributes: a picture has no style sheets. */
const DRAWN = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'visibility', 'display'] as const; // prettier-ignore

/**
 * What stands inside `root` as a PNG of twice its size, on the page's own ground: boxes with their borders, text
 * line by line, and every SVG. What carries `data-no-picture` is left out. Content wider than its box is drawn whole.
 * Works under a policy that allows images from `blob:` alone; nothing is fetched.
 */
export async function paintPicture(root: HTMLElement): Promise<Blob> {
	// what scrolls inside is painted in full
	const inner = Array.from(root.querySelectorAll<HTMLElement>('*')).filter((each) => each.scrollWidth > each.clientWidth + 1); // prettier-ignore
	const scrolled = inner.map((each) => [each, each.scrollLeft] as const);
	for (const [each] of scrolled) each.scrollLeft = 0;
	const frame = root.getBoundingClientRect();
	const widest = Math.max(0, ...inner.map((each) => each.getBoundingClientRect().left - frame.left + each.scrollWidth)); // prettier-ignore
	const width = widest > frame.width ? widest + PADDING : frame.width;
	const canvas = document.createElement('canvas');
	canvas.width = Math.ceil((width + 2 * MARGIN) * SCALE);
	canvas.height = Math.ceil((frame.height + 2 * MARGIN) * SCALE);
	const context = canvas.getContext('2d');
	if (!context) throw new Error('no 2d canvas');
	context.scale(SCALE, SCALE);
	context.fillStyle = getComputedStyle(document.body).backgroundColor;
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.translate(MARGIN - frame.left, MARGIN - frame.top);
	// the box is as wide as what it holds
	paintBox(context, getComputedStyle(root), new DOMRect(frame.x, frame.y, width, frame.height));
	for (const child of root.children) await paintElement(context, child);
	for (const [each, left] of scrolled) each.scrollLeft = left;
	return new Promise((resolve, reject) => {
		canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))), 'image/png');
	});
} // prettier-ignore

async function paintElement(context: CanvasRenderingContext2D, element: Element): Promise<void> {
	const style = getComputedStyle(element);
	if (!element.checkVisibility({ visibilityProperty: true }) || element.hasAttribute('data-no-picture')) return;
	// text for readers of the screen alone is clipped away
	if (style.clipPath !== 'none' && style.position === 'absolute') return;
	const box = element.getBoundingClientRect();
	if (element instanceof SVGSVGElement) {
		await paintSvg(context, element, box);
		return;
	}
	const before = context.globalAlpha;
	context.globalAlpha = before * Number(style.opacity);
	paintBox(context, style, box);
	for (const child of element.childNodes) {
		if (child instanceof Text) paintText(context, child, style);
		else if (child instanceof Element) await paintElement(context, child);
	}
	if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) paintField(context, element, style, box);
	context.globalAlpha = before;
} // prettier-ignore

function paintBox(context: CanvasRenderingContext2D, style: CSSStyleDeclaration, box: DOMRect): void {
	const { backgroundColor } = style;
	const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
	if (backgroundColor !== 'rgba(0, 0, 0, 0)' && box.width > 0) {
		context.fillStyle = backgroundColor;
		context.beginPath();
		context.roundRect(box.x, box.y, box.width, box.height, radius);
		context.fill();
	}
	// a round border is the same on all sides
	const thickness = Number.parseFloat(style.borderTopWidth) || 0;
	if (radius > 0 && thickness > 0) {
		context.strokeStyle = style.borderTopColor;
		context.lineWidth = thickness;
		context.beginPath();
		context.roundRect(box.x + thickness / 2, box.y + thickness / 2, box.width - thickness, box.height - thickness, radius); // prettier-ignore
		context.stroke();
		return;
	}
	const side = (name: 'top' | 'right' | 'bottom' | 'left', x: number, y: number, w: number, h: number) => {
		if (style.getPropertyValue(`border-${name}-style`) === 'none') return;
		const thick = Number.parseFloat(style.getPropertyValue(`border-${name}-width`));
		if (!(thick > 0)) return;
		context.fillStyle = style.getPropertyValue(`border-${name}-color`);
		const isFar = name === 'right' || name === 'bottom';
		context.fillRect(
			isFar && w === 0 ? x - thick : x,
			isFar && h === 0 ? y - thick : y,
			w === 0 ? thick : w,
			h === 0 ? thick : h,
		);
	};
	side('top', box.left, box.top, box.width, 0);
	side('bottom', box.left, box.bottom, box.width, 0);
	side('left', box.left, box.top, 0, box.height);
	side('right', box.right, box.top, 0, box.height);
}

/** Text where the page has it, a run per line. */
function paintText(context: CanvasRenderingContext2D, node: Text, style: CSSStyleDeclaration): void {
	if (node.data.trim() === '' || node.parentElement?.checkVisibility() === false) return;
	const text = style.textTransform === 'capitalize' ? node.data.replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1)) : node.data; // prettier-ignore
	context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
	context.fillStyle = style.color;
	context.textBaseline = 'alphabetic';
	const range = document.createRange();
	const line = { text: '', left: 0, top: 0, bottom: 0 };
	const flush = () => {
		if (line.text.trim() === '') return;
		const metrics = context.measureText(line.text);
		const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = metrics;
		context.fillText(line.text, line.left, (line.top + line.bottom) / 2 + (up - down) / 2);
	};
	for (let i = 0; i < text.length; i++) {
		range.setStart(node, i);
		range.setEnd(node, i + 1);
		const box = range.getClientRects()[0];
		// of several spaces one is seen
		if (box === undefined || (box.width === 0 && text[i].trim() === '')) continue;
		if (line.text === '' || Math.abs(box.top - line.top) > 2) {
			flush();
			Object.assign(line, { text: '', left: box.left, top: box.top, bottom: box.bottom });
		}
		line.text += text[i] === '\n' || text[i] === '\t' ? ' ' : text[i];
	}
	flush();
}

function paintField(
	context: CanvasRenderingContext2D,
	field: HTMLInputElement | HTMLSelectElement,
	style: CSSStyleDeclaration,
	box: DOMRect,
): void {
	if (field instanceof HTMLInputElement && field.type !== 'text' && field.type !== 'number') return;
	const text = field instanceof HTMLSelectElement ? (field.selectedOptions[0]?.text ?? '') : field.value;
	context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
	context.fillStyle = style.color;
	context.textBaseline = 'middle';
	context.fillText(text, box.left + Number.parseFloat(style.paddingLeft) + 1, box.top + box.height / 2);
}

/** A copy of the drawing that carries its own styles, drawn as an image. */
async function paintSvg(context: CanvasRenderingContext2D, svg: SVGSVGElement, box: DOMRect): Promise<void> {
	if (box.width === 0 || box.height === 0) return;
	const copy = svg.cloneNode(true) as SVGSVGElement;
	const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')];
	const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
	originals.forEach((original, i) => {
		const style = getComputedStyle(original);
		for (const name of DRAWN) copies[i].setAttribute(name, style.getPropertyValue(name));
		if (style.stroke === 'none' || style.stroke === '') copies[i].removeAttribute('stroke-width');
		// `currentcolor` and the like have been settled by now
		copies[i].removeAttribute('class');
		copies[i].removeAttribute('style');
	});
	copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	copy.setAttribute('width', String(box.width));
	copy.setAttribute('height', String(box.height));
	// marks may stand outside the drawing's own box
	copy.setAttribute('overflow', 'visible');
	const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' })); // prettier-ignore
	try {
		const image = new Image();
		await new Promise((resolve, reject) => {
			image.onload = resolve;
			image.onerror = () => reject(new Error('a drawing of the page could not be read'));
			image.src = address;
		});
		context.drawImage(image, box.x, box.y, box.width, box.height);
	} finally {
		URL.revokeObjectURL(address);
	}
}
