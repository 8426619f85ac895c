import { inputError } from '#programs/input-error.ts';
import { LIMITS } from './limits.ts';
import { APPLICATION_ID } from './schema.ts';

const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;

/** Do bytes start as a SQLite file does? */
export function isSqlite(bytes: Uint8Array): boolean {
	return (
		bytes.length >= MAGIC.length &&
		Array.from(MAGIC).every((character, i) => bytes[i] === character.charCodeAt(0))
	);
}

/**
 * Checks the header of a SQLite file by hand, before SQLite sees it, and gives the version of the tables it
 * says it has. Throws `InputError`: what is no database, cut short, from another program, or in a state that
 * a copied file must not be in.
 */
export function checkSqliteHeader(bytes: Uint8Array, file: string): number {
	const refuse = (message: string, code: string) => inputError(file, message, code);
	if (!isSqlite(bytes)) {
		throw refuse('invalid file: not a SQLite database; must be a scenario that dropbench exported', 'import.not-a-database'); // prettier-ignore
	}
	if (bytes.length < HEADER_BYTES)
		throw refuse('invalid file: cut short; copy or download it again', 'import.truncated');
	if (bytes.length > LIMITS.sqliteBytes) {
		throw refuse(`invalid size: ${bytes.length} bytes; must be at most ${LIMITS.sqliteBytes / 1024 / 1024} MB; use a smaller scenario`, 'import.size'); // prettier-ignore
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);

	const pageSize = view.getUint16(16) === 1 ? 65536 : view.getUint16(16);
	if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) {
		throw refuse(
			`invalid page size: ${pageSize}; the file is damaged; copy or export it again`,
			'import.damaged',
		);
	}
	// the page count holds only where the file was last written by a program that keeps it
	if (view.getUint32(24) !== view.getUint32(92)) {
		throw refuse(
			'invalid header: no valid page count; the file is damaged; copy or export it again',
			'import.damaged',
		);
	}
	const size = view.getUint32(28) * pageSize;
	if (bytes.length < size) {
		throw refuse(`invalid file: cut short; found ${bytes.length} of ${size} bytes; copy or download it again`, 'import.truncated'); // prettier-ignore
	}
	if (bytes.length > size) {
		throw refuse(`invalid size: found ${bytes.length} bytes where ${size} belong; the file is damaged; copy or export it again`, 'import.damaged'); // prettier-ignore
	}
	if (bytes[18] === 2 || bytes[19] === 2) {
		throw refuse('invalid state: the file was copied while in use (WAL mode); close the program that wrote it, then copy it again', 'import.wal'); // prettier-ignore
	}
	const isLayoutKnown = bytes[18] === 1 && bytes[19] === 1 && bytes[20] <= 32 && view.getUint32(56) === 1;
	if (!isLayoutKnown) {
		throw refuse('invalid header: a layout or text encoding that is not supported; export it again as UTF-8', 'import.damaged'); // prettier-ignore
	}
	if (view.getUint32(68) !== APPLICATION_ID) {
		throw refuse('unknown database: not a dropbench scenario; must be a file that dropbench exported', 'import.not-a-scenario'); // prettier-ignore
	}
	return view.getUint32(60);
}
