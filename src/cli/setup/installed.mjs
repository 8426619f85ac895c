// @ts-check
/**
 * Decides from the lockfile alone whether an installed tree is the one it describes, so that a tree which
 * somebody else installed is taken as it is.
 *
 * @typedef {{ version?: string, optional?: boolean, link?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 */

/**
 * The first package that is missing or of another version, or null when all are there. Optional packages for
 * another system do not count.
 *
 * @param {Readonly<Record<string, LockedPackage>>} packages `packages` of package-lock.json
 * @param {(path: string) => string | null} versionAt version of the package installed in a folder, or null
 * @param {{ os: string, cpu: string, libc: string }} system
 * @returns {string | null}
 */
export function firstMissing(packages, versionAt, system) {
	for (const [path, locked] of Object.entries(packages)) {
		if (path === '' || locked.link || !suits(locked, system)) continue;
		if (versionAt(path) !== locked.version) return path;
	}
	return null;
}

/** @param {LockedPackage} locked @param {{ os: string, cpu: string, libc: string }} system */
function suits(locked, system) {
	if (!locked.optional) return true;
	const allows = (/** @type {string[] | undefined} */ list, /** @type {string} */ value) =>
		!list || (list.some((entry) => entry[0] !== '!') ? list.includes(value) : !list.includes(`!${value}`));
	if (!allows(locked.os, system.os) || !allows(locked.cpu, system.cpu)) return false;
	if (locked.libc) return allows(locked.libc, system.libc);
	// an optional package that names no system may have been left out for a reason of its own
	return Boolean(locked.os || locked.cpu);
}
