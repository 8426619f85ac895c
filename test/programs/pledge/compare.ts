/** Compares a result with what a vector expects; gives every difference as a line. */
export function differences(want: unknown, got: unknown, path = 'result'): string[] {
	if (typeof want === 'number' && typeof got === 'number') {
		const isRatio = /(?:jain|lossesPerPledge)$/.test(path);
		const slack = isRatio ? 1e-9 * Math.max(1, Math.abs(want)) : 0;
		return Math.abs(want - got) <= slack ? [] : [`${path}: expected ${want}, found ${got}`];
	}
	if (Array.isArray(want)) {
		if (!Array.isArray(got)) return [`${path}: expected a list`];
		if (want.length !== got.length) return [`${path}: expected ${want.length} items, found ${got.length}`];
		return want.flatMap((item, i) => differences(item, got[i], `${path}[${i}]`));
	}
	if (want !== null && typeof want === 'object') {
		if (got === null || typeof got !== 'object') return [`${path}: expected an object`];
		return Object.entries(want).flatMap(([key, value]) =>
			Object.hasOwn(got, key)
				? differences(value, (got as Record<string, unknown>)[key], `${path}.${key}`)
				: [`${path}.${key}: missing`],
		);
	}
	return want === got ? [] : [`${path}: expected ${JSON.stringify(want)}, found ${JSON.stringify(got)}`];
}
