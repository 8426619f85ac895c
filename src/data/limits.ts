/** What one import may hold at most. Checked before anything else looks at it. */
export const LIMITS = {
	/** bytes of a SQLite file; larger ones do not fit beside their copy in memory */
	sqliteBytes: 500 * 1024 * 1024,
	/** bytes of a JSON document or of one CSV file */
	textBytes: 256 * 1024 * 1024,
	/** bytes of a zip file, and of all its files unpacked */
	zipBytes: 256 * 1024 * 1024,
	unpackedBytes: 512 * 1024 * 1024,
	/** files in a zip or folder */
	files: 200,
	/** rows of one table */
	rows: 30_000_000,
	/** characters of a text cell, and of a JSON cell */
	textLength: 10_000,
	jsonLength: 1_000_000,
	/** UTF-8 bytes of an id */
	idBytes: 128,
	/** numbers in one vector */
	vectorLength: 100_000,
	/** levels of lists and objects in a JSON document */
	jsonDepth: 64,
	/** tables, views, triggers and the like in a SQLite file; columns in one table */
	schemaObjects: 1000,
	tableColumns: 500,
	/** characters of a scenario's name */
	nameLength: 200,
} as const;
