import type { z } from 'zod';
import { listLevers, type Config } from './levers.ts';

/** A key of a document that no lever has. */
export interface UnknownKey {
	readonly path: string;
	/** the lever whose name is nearest, when a slip of two letters could explain it; else null */
	readonly nearest: string | null;
}

/** Keys that stand in every configuration beside the levers. */
const ENVELOPE = ['program', 'version'];

/** Lists keys of `document` that the schema does not know, depth first, in the document's order. */
export function unknownKeys(schema: z.ZodType, document: Config): UnknownKey[] {
	const paths = knownPaths(schema);
	const unknown: UnknownKey[] = [];
	visit(document, [], paths, unknown);
	return unknown;
}

const pathsOf = new WeakMap<z.ZodType, readonly string[]>();

/** Kept as long as the schema is: every run of a lever asks. */
function knownPaths(schema: z.ZodType): readonly string[] {
	const paths = pathsOf.get(schema) ?? [...listLevers(schema).map((lever) => lever.path), ...ENVELOPE];
	pathsOf.set(schema, paths);
	return paths;
}

function visit(
	node: unknown,
	parts: readonly string[],
	paths: readonly string[],
	unknown: UnknownKey[],
): void {
	if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
	for (const [key, child] of Object.entries(node)) {
		const own = [...parts, key];
		if (paths.some((path) => matches(path, own))) continue;
		if (paths.some((path) => matches(path, own, true))) visit(child, own, paths, unknown);
		else unknown.push({ path: own.join('.'), nearest: nearestPath(own.join('.'), paths) });
	}
}

/** Does `path`, in which `*` stands for any id, name `parts`, or with `isPrefix` something below them? */
function matches(path: string, parts: readonly string[], isPrefix = false): boolean {
	const pattern = path.split('.');
	if (isPrefix ? pattern.length <= parts.length : pattern.length !== parts.length) return false;
	return parts.every((part, i) => pattern[i] === '*' || pattern[i] === part);
}

function nearestPath(path: string, paths: readonly string[]): string | null {
	const last = path.slice(path.lastIndexOf('.') + 1);
	let best: string | null = null;
	let least = 3;
	for (const candidate of paths) {
		const distance = editDistance(last, candidate.slice(candidate.lastIndexOf('.') + 1));
		if (distance < least) {
			least = distance;
			best = candidate;
		}
	}
	return best;
}

/** Levenshtein's distance of two short words; words over 40 letters count as far apart. */
function editDistance(a: string, b: string): number {
	if (a.length > 40 || b.length > 40) return Infinity;
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(change, row[j] + 1, next[j - 1] + 1));
		}
		row = next;
	}
	return row[b.length];
}
