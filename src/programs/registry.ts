import { drop } from './drop/program.ts';
import { offer } from './offer/program.ts';
import { pledge } from './pledge/program.ts';
import type { Program } from './program.ts';
import { referral } from './referral/program.ts';

/** All programs, in the order of the lab switch. To add one: its folder, and its line here. */
export const programs: readonly Program[] = [drop, referral, pledge, offer];

const byId = new Map(programs.map((program) => [program.id, program]));

/** The program of that id, or undefined. */
export function programById(id: string): Program | undefined {
	return byId.get(id);
}

/** Readers of documents of other formats, of all programs. */
export const documentReaders = programs.flatMap((program) => program.documentReaders ?? []);
