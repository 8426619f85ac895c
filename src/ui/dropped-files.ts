/**
 * The files of a drop, those of a dropped folder included: the files that stand in it, not those of folders within.
 * To be called while the drop event lasts; its items are gone afterwards.
 */
export async function droppedFiles(transfer: DataTransfer | null): Promise<readonly File[]> {
	const files = [...(transfer?.files ?? [])];
	const entries = [...(transfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
	const folders = entries.filter((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory === true);
	if (folders.length === 0) return files;
	const names = new Set(folders.map(({ name }) => name));
	const inside = await Promise.all(folders.map(filesOf));
	// a folder is among the files too, as one that cannot be read
	return [...files.filter(({ name }) => !names.has(name)), ...inside.flat()];
}

async function filesOf(folder: FileSystemDirectoryEntry): Promise<readonly File[]> {
	const reader = folder.createReader();
	const found: File[] = [];
	// each call gives some of them, an empty one the end
	for (;;) {
		const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)); // prettier-ignore
		if (some.length === 0) return found;
		for (const entry of some) {
			if (entry.isFile) found.push(await fileOf(entry as FileSystemFileEntry));
		}
	}
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
	return new Promise((resolve, reject) => entry.file(resolve, reject));
}
