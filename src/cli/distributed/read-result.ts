import { z } from 'zod';
import type { PartResult } from '#programs/drop/parts/part.ts';
import type { StudyResult } from '#programs/program.ts';
import type { Report } from '#programs/report.ts';
import type { RunSummary } from '../run-summary.ts';

/** What a worker sent is data from outside: its outline is checked, its numbers are proved by hash and digest. */

const list = z.array(z.looseObject({}));
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const reportOutline = z.looseObject({
	program: z.string(),
	outcomeHash: hash,
	seed: z.number(),
	metrics: list,
	groups: list,
	tables: list,
	series: list,
	checks: list,
	notices: list,
});
const summaryOutline = z.looseObject({ metrics: list, isKept: z.boolean(), outcomeHash: hash });
const partOutline = z.looseObject({
	cities: z.instanceof(Uint32Array),
	user: z.instanceof(Uint32Array),
	contract: z.instanceof(Uint32Array),
	slot: z.instanceof(Uint8Array),
	points: z.instanceof(Int32Array),
	propensity: z.instanceof(Float64Array),
	rank: z.instanceof(Uint16Array),
	skipReason: z.instanceof(Int8Array),
	taken: z.instanceof(Float64Array),
	waiting: z.instanceof(Float64Array),
	totals: list,
});
const studyOutline = z.looseObject({ metrics: list, tables: list, series: list, notices: list });

function checked<T>(outline: z.ZodType, what: string): (result: unknown) => T {
	return (result) => {
		if (outline.safeParse(result).success) return result as T;
		throw new Error(`a worker sent something that is no ${what}`);
	};
}

/** A report, as a worker sent it. */
export const readReport = checked<Report>(reportOutline, 'report');
/** The summary of a run, as a worker sent it. */
export const readSummary = checked<RunSummary>(summaryOutline, 'summary of a run');
/** The result of a study, as a worker sent it. */
export const readStudy = checked<StudyResult>(studyOutline, 'result of a study');
/** What some cities of a run decided, as a worker sent it. */
export const readPart = checked<PartResult>(partOutline, 'part of a run');
