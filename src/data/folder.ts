/** A scenario as files of one folder: their names, without a path, and their bytes. */
export type Folder = ReadonlyMap<string, Uint8Array>;

/** The file of a folder that says what scenario it is. */
export const FOLDER_META = 'scenario.json';
