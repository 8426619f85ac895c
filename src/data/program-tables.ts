import type { Program } from '#programs/program.ts';

/** What the data layer knows of a program: what it declares, and nothing that runs. */
export type ProgramTables = Pick<
	Program,
	'id' | 'title' | 'tablesVersion' | 'tables' | 'generator' | 'migrations'
>;

/** The program of an id, or undefined. */
export type FindProgram = (id: string) => ProgramTables | undefined;
