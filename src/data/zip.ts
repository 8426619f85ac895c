import { Inflate, zipSync } from 'fflate';
import { inputError } from '#programs/input-error.ts';
import type { Folder } from './folder.ts';
import { LIMITS } from './limits.ts';
import { shown } from './problems.ts';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
// deflate makes at most 1032 bytes of one, so a step gives at most 4 MB; larger steps are slower
const STEP = 4096;

/** Do bytes start as a zip file does? */
export function isZip(bytes: Uint8Array): boolean {
	const start = bytes.length >= 4 ? new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true) : 0;
	return start === LOCAL || start === END;
}

/** A folder as a zip file, the same bytes for the same files. */
export function packZip(folder: Folder): Uint8Array<ArrayBuffer> {
	// fflate reads the date's local parts, and these are the same in every time zone
	return new Uint8Array(zipSync(Object.fromEntries(folder), { level: 6, mtime: new Date(1980, 0, 1) }));
}

interface ZipEntry {
	readonly name: string;
	readonly method: number;
	readonly checksum: number;
	readonly packedSize: number;
	readonly size: number;
	readonly offset: number;
}

/**
 * The files of a zip file from outside. They must stand in one folder, or in none; hidden files are left out.
 * Unpacking stops at the size limits, whatever the file says of its sizes, and each file's checksum must
 * agree. Throws `InputError`.
 */
export function unpackZip(bytes: Uint8Array, file: string): Folder {
	if (bytes.length > LIMITS.zipBytes) {
		throw inputError(file, `invalid size: ${bytes.length} bytes; must be at most ${LIMITS.zipBytes / 1024 / 1024} MB; split it`, 'import.size'); // prettier-ignore
	}
	const entries = listEntries(bytes, file).filter(({ name }) => !name.endsWith('/') && !isHidden(name));
	const tops = new Set(entries.map(({ name }) => name.slice(0, name.lastIndexOf('/') + 1)));
	if (tops.size > 1) {
		throw inputError(file, `invalid folder: files in ${[...tops].slice(0, 5).map(shown).join(', ')}; all must stand in one folder`, 'import.zip'); // prettier-ignore
	}
	const folder = new Map<string, Uint8Array>();
	let left: number = LIMITS.unpackedBytes;
	for (const entry of entries) {
		const name = entry.name.slice(entry.name.lastIndexOf('/') + 1);
		if (folder.has(name))
			throw inputError(file, `duplicate file: ${shown(name)}; each must be there once`, 'import.duplicate');
		const content = unpackEntry(bytes, entry, Math.min(left, LIMITS.textBytes), file);
		left -= content.length;
		folder.set(name, content);
	}
	return folder;
}

function isHidden(name: string): boolean {
	return name.startsWith('__MACOSX/') || name.slice(name.lastIndexOf('/') + 1).startsWith('.');
}

function damaged(file: string) {
	return inputError(file, 'invalid zip file: cut short or damaged; copy or make it again', 'import.zip');
}

/** What the directory at the end of the file says; nothing else in it is believed. */
function listEntries(bytes: Uint8Array, file: string): ZipEntry[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	let end = bytes.length - END_BYTES;
	const lowest = Math.max(0, end - LONGEST_COMMENT);
	while (end >= lowest && view.getUint32(end, true) !== END) end--;
	if (end < lowest) throw damaged(file);
	const count = view.getUint16(end + 10, true);
	if (count > LIMITS.files) {
		throw inputError(
			file,
			`invalid zip file: ${count} files; must be at most ${LIMITS.files}; take others out`,
			'import.size',
		);
	}

	const entries: ZipEntry[] = [];
	const first = view.getUint32(end + 16, true);
	let at = first;
	for (let e = 0; e < count; e++) {
		if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY) throw damaged(file);
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
			view.getUint16(at + field, true),
		);
		const after = at + ENTRY_BYTES + nameLength + extraLength + commentLength;
		if (after > end) throw damaged(file);
		if ((view.getUint16(at + 8, true) & 1) === 1) {
			throw inputError(
				file,
				'invalid zip file: it is encrypted; make it again without a password',
				'import.zip',
			);
		}
		entries.push({
			name: entryName(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength), file),
			method: view.getUint16(at + 10, true),
			checksum: view.getUint32(at + 16, true),
			packedSize: view.getUint32(at + 20, true),
			size: view.getUint32(at + 24, true),
			offset: view.getUint32(at + 42, true),
		});
		at = after;
	}
	// a smaller count would leave files out without a word
	if (at - first !== view.getUint32(end + 12, true)) throw damaged(file);
	return entries;
}

function entryName(bytes: Uint8Array, file: string): string {
	let name: string;
	try {
		name = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw damaged(file);
	}
	if (name.includes('\0') || name.includes('\\') || name.startsWith('/') || name.split('/').includes('..')) {
		throw inputError(
			file,
			`invalid file name: ${shown(name)}; must not lead out of the folder`,
			'import.zip',
		);
	}
	return name;
}

function unpackEntry(bytes: Uint8Array, entry: ZipEntry, most: number, file: string): Uint8Array {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	if (entry.offset + LOCAL_BYTES > bytes.length || view.getUint32(entry.offset, true) !== LOCAL)
		throw damaged(file);
	const start =
		entry.offset +
		LOCAL_BYTES +
		view.getUint16(entry.offset + 26, true) +
		view.getUint16(entry.offset + 28, true);
	if (start + entry.packedSize > bytes.length) throw damaged(file);
	if (entry.size > most) throw tooLarge(entry, file);
	const packed = bytes.subarray(start, start + entry.packedSize);

	let content: Uint8Array;
	if (entry.method === 0) content = packed;
	else if (entry.method === 8) content = inflated(packed, entry, file);
	else {
		throw inputError(file, `invalid zip file: ${shown(entry.name)} is packed by method ${entry.method}; must be stored or deflated; make it again`, 'import.zip'); // prettier-ignore
	}
	if (content.length !== entry.size || checksum(content) !== entry.checksum) throw damaged(file);
	return content;
}

function tooLarge(entry: ZipEntry, file: string) {
	const most = `${LIMITS.textBytes / 1024 / 1024} MB, and all together ${LIMITS.unpackedBytes / 1024 / 1024} MB`;
	return inputError(
		file,
		`invalid size: ${shown(entry.name)} is too large unpacked; must be at most ${most}`,
		'import.size',
	);
}

/** Unpacks step by step, and stops as soon as there is more than the directory said. */
function inflated(packed: Uint8Array, entry: ZipEntry, file: string): Uint8Array {
	const content = new Uint8Array(entry.size);
	let length = 0;
	let isOver = false;
	const inflate = new Inflate((chunk) => {
		if (length + chunk.length <= content.length) content.set(chunk, length);
		else isOver = true;
		length += chunk.length;
	});
	for (let at = 0; at < packed.length && !isOver; at += STEP) {
		try {
			inflate.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
		} catch {
			throw damaged(file);
		}
	}
	if (isOver || length !== content.length) throw damaged(file);
	return content;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value;
});

/** CRC-32 as zip files hold it. */
function checksum(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ bytes[i]) & 0xff];
	return (crc ^ 0xffffffff) >>> 0;
}
