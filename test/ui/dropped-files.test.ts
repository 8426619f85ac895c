import { describe, expect, it } from 'vitest';
import { droppedFiles } from '#ui/dropped-files.ts';

const fileEntry = (name: string) => ({ isFile: true, isDirectory: false, name, file: (give: (file: File) => void) => give(new File(['id'], name)) }); // prettier-ignore

/** A folder whose entries come in portions, as browsers give them. */
function folderEntry(name: string, portions: readonly object[][]) {
	const left = [...portions, []];
	return { isFile: false, isDirectory: true, name, createReader: () => ({ readEntries: (give: (some: object[]) => void) => give(left.shift() ?? []) }) }; // prettier-ignore
}

function transfer(files: readonly File[], entries: readonly object[]): DataTransfer {
	return { files, items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) } as unknown as DataTransfer;
} // prettier-ignore

describe('droppedFiles', () => {
	it('gives every CSV of a dropped folder, in as many portions as they come, and not those of folders within', async () => {
		const within = folderEntry('old', [[fileEntry('x.csv')]]);
		const folder = folderEntry('market', [[fileEntry('city.csv'), within], [fileEntry('user.csv')]]);
		// browsers list the folder among the files too, as one that cannot be read
		const found = await droppedFiles(transfer([new File([], 'market')], [folder]));
		expect(found.map(({ name }) => name)).toEqual(['city.csv', 'user.csv']);
	});

	it('gives dropped files as they are, beside those of a folder', async () => {
		const alone = new File(['a'], 'a.sqlite');
		expect(await droppedFiles(transfer([alone], [fileEntry('a.sqlite')]))).toEqual([alone]);
		const folder = folderEntry('f', [[fileEntry('b.csv')]]);
		const both = await droppedFiles(transfer([alone, new File([], 'f')], [fileEntry('a.sqlite'), folder]));
		expect(both.map(({ name }) => name)).toEqual(['a.sqlite', 'b.csv']);
		expect(await droppedFiles(null)).toEqual([]);
	});
});
