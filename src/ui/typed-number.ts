let separator: string | null = null;

/** What the reader's locale sets between whole and parts: `.` or `,`, or what else it uses. */
export function decimalSeparator(): string {
	separator ??=
		new Intl.NumberFormat().formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
	return separator;
}

/**
 * The number in a text that a person typed; NaN where it is none or could be two. Spaces and apostrophes between digits
 * are left out. Point and comma are both taken: where both stand the last one separates the parts and the other one
 * thousands; of one alone, `1,234` is a thousand and more where the locale writes parts with a point, and `1.234` where
 * it writes them with a comma.
 */
export function typedNumber(text: string): number {
	const bare = text.trim().replace(/[\s'’]/g, '');
	if (!/^[+\-−]?[\d.,]*\d[\d.,]*(?:e[+-]?\d+)?$/i.test(bare)) return NaN;
	const plain = bare.replace('−', '-');
	const [point, comma] = [plain.lastIndexOf('.'), plain.lastIndexOf(',')];
	if (point >= 0 && comma >= 0) return point > comma ? grouped(plain, ',', '.') : grouped(plain, '.', ',');
	const used = point >= 0 ? '.' : ',';
	const isOnce = plain.indexOf(used) === plain.lastIndexOf(used);
	if (isOnce && (used === decimalSeparator() || !inThousands(plain, used))) return Number(plain.replace(used, '.'));
	return inThousands(plain, used) ? Number(plain.replaceAll(used, '')) : NaN;
} // prettier-ignore

/** A number in plain digits as the reader's locale writes its parts, without thousands apart. */
export function plainText(value: number): string {
	return String(value).replace('.', decimalSeparator());
}

/** One with thousands apart and parts; NaN where the thousands are not of three digits. */
function grouped(text: string, group: string, decimal: string): number {
	const [whole, part, ...more] = text.split(decimal);
	return more.length === 0 && inThousands(whole, group)
		? Number(`${whole.replaceAll(group, '')}.${part}`)
		: NaN;
}

/** Does `group` stand between threes of digits, and there alone? */
function inThousands(text: string, group: string): boolean {
	return new RegExp(`^[+-]?[1-9]\\d{0,2}(?:\\${group}\\d{3})+$`).test(text);
}
