import { putVarint } from './record-encoder.ts';

/** Page size of the files written. */
export const PAGE_SIZE = 4096;

/** Longest record that needs no page of its own: sqlite.org/fileformat2.html, section 1.6. */
export const MOST_LOCAL = Math.floor(((PAGE_SIZE - 12) * 64) / 255) - 23;

const LEAF = 0x0a;
const INTERIOR = 0x02;

/** A tree of keys as pages of a SQLite file, not yet in their place. */
export interface Tree {
	/** pages below the root; page i is called i until `placeTree` gives it its number */
	readonly pages: readonly Uint8Array[];
	readonly root: Uint8Array;
}

/** Builds a tree from records in key order. */
export interface TreeBuilder {
	/** Adds the record in the first `length` bytes, at most `MOST_LOCAL`. */
	add(record: Uint8Array, length: number): void;
	finish(): Tree;
}

/** A page being filled from its end. */
interface Node {
	readonly page: Uint8Array;
	count: number;
	/** where its last cell begins */
	start: number;
	/** a cell that did not fit, until it is known whether another follows */
	waiting: Uint8Array | null;
}

/**
 * Builds the tree of a table without row ids from the bottom up, each page as full as it gets: a leaf, then the
 * record that parts it from the next leaf one level up, and so on. No page but the root is without a cell.
 * Linear in the size of the records.
 */
export function makeTreeBuilder(): TreeBuilder {
	const pages: Uint8Array[] = [];
	const levels: Node[] = [makeNode()];
	const cell = new Uint8Array(MOST_LOCAL + 16);

	/** Adds a cell to the page under way on a level: of a leaf a record, above it a child's number before it. */
	function addCell(level: number, bytes: Uint8Array): void {
		const node = levels[level];
		if (node.waiting !== null) {
			part(level, node.waiting);
			node.waiting = null;
		}
		if (!put(node, bytes, level > 0)) node.waiting = bytes.slice();
	}

	/** Ends the page under way; the cell given parts it from the next, and so goes one level up. */
	function part(level: number, parting: Uint8Array): void {
		const node = levels[level];
		const record = level === 0 ? parting : parting.subarray(4);
		if (level > 0) setRightChild(node, numberOf(parting));
		const child = emit(node, level > 0);
		const above = new Uint8Array(4 + record.length);
		new DataView(above.buffer).setUint32(0, child);
		above.set(record, 4);
		if (levels.length === level + 1) levels.push(makeNode());
		addCell(level + 1, above);
	}

	function emit(node: Node, isInterior: boolean): number {
		pages.push(close(node, isInterior));
		node.count = 0;
		node.start = PAGE_SIZE;
		return pages.length - 1;
	}

	return {
		add(record, length) {
			const head = putVarint(length, cell, 0);
			cell.set(record.subarray(0, length), head);
			addCell(0, cell.subarray(0, head + length));
		},
		finish() {
			let right = -1;
			for (let level = 0; ; level++) {
				const node = levels[level];
				if (node.waiting !== null) {
					// nothing follows the cell that waits: it gets a page, and the one before it parts the two
					const last = node.waiting;
					node.waiting = null;
					part(level, takeLast(node, level > 0));
					put(node, last, level > 0);
				}
				if (level > 0) setRightChild(node, right);
				if (level === levels.length - 1) return { pages, root: close(node, level > 0) };
				right = emit(node, level > 0);
			}
		},
	};
}

/** Puts a tree into a file: its root at page `root`, the others from page `first` on, all counted from 1. */
export function placeTree(tree: Tree, file: Uint8Array, root: number, first: number): void {
	[tree.root, ...tree.pages].forEach((page, i) => {
		const at = ((i === 0 ? root : first + i - 1) - 1) * PAGE_SIZE;
		file.set(page, at);
		if (page[0] !== INTERIOR) return;
		const view = new DataView(file.buffer, file.byteOffset + at, PAGE_SIZE);
		view.setUint32(8, view.getUint32(8) + first);
		for (let c = 0; c < view.getUint16(3); c++) {
			const cell = view.getUint16(12 + 2 * c);
			view.setUint32(cell, view.getUint32(cell) + first);
		}
	});
}

function makeNode(): Node {
	return { page: new Uint8Array(PAGE_SIZE), count: 0, start: PAGE_SIZE, waiting: null };
}

/** Adds a cell to a page, if it has room. */
function put(node: Node, bytes: Uint8Array, isInterior: boolean): boolean {
	const pointer = (isInterior ? 12 : 8) + 2 * node.count;
	const start = node.start - Math.max(4, bytes.length);
	if (pointer + 2 > start) return false;
	node.page.fill(0, start, node.start);
	node.page.set(bytes, start);
	node.page[pointer] = start >> 8;
	node.page[pointer + 1] = start & 0xff;
	node.start = start;
	node.count++;
	return true;
}

/** Takes the last cell off a page; a page that is full has several. */
function takeLast(node: Node, isInterior: boolean): Uint8Array {
	const pointers = isInterior ? 12 : 8;
	const pointer = pointers + 2 * (node.count - 2);
	const end = (node.page[pointer] << 8) | node.page[pointer + 1];
	const bytes = node.page.slice(node.start, end);
	node.start = end;
	node.count--;
	return bytes;
}

function setRightChild(node: Node, child: number): void {
	new DataView(node.page.buffer).setUint32(8, child);
}

function numberOf(cell: Uint8Array): number {
	return new DataView(cell.buffer, cell.byteOffset, 4).getUint32(0);
}

/** A copy of a page with its header, and zeros where no cell is. */
function close(node: Node, isInterior: boolean): Uint8Array {
	const page = node.page.slice();
	page.fill(0, (isInterior ? 12 : 8) + 2 * node.count, node.start);
	const view = new DataView(page.buffer);
	page[0] = isInterior ? INTERIOR : LEAF;
	view.setUint16(1, 0);
	view.setUint16(3, node.count);
	view.setUint16(5, node.start);
	page[7] = 0;
	return page;
}
