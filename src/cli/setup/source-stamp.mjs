// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * A digest over names, sizes and times of all files under the paths given (relative to the checkout): it
 * changes when a file is edited, added, renamed or removed. Reads no file, so that it takes milliseconds.
 *
 * @param {readonly string[]} paths
 * @returns {string}
 */
export function sourceStamp(paths) {
	const hash = createHash('sha256').update(process.version);
	const add = (/** @type {string} */ path) => {
		const stat = statSync(join(root, path), { throwIfNoEntry: false });
		if (stat?.isDirectory()) {
			for (const name of readdirSync(join(root, path)).sort()) add(`${path}/${name}`);
		} else if (stat) hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
	};
	for (const path of paths) add(path);
	return hash.digest('hex');
}

/**
 * The text of a stamp file, or an empty text where there is none.
 *
 * @param {string} path relative to the checkout
 * @returns {string}
 */
export function readStamp(path) {
	try {
		return readFileSync(join(root, path), 'utf8');
	} catch {
		return '';
	}
}
