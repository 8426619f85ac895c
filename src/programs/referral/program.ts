import { defineProgram } from '../program.ts';
import { answerCase } from './answer-case.ts';
import { documentReaders } from './document-readers.ts';
import { referralGenerator } from './generate.ts';
import { referralConfigSchema, referralPresets } from './levers.ts';
import { openReferral } from './open.ts';
import { referralQueries } from './queries.ts';
import { readReferralConfig } from './read-config.ts';
import { referralStudies } from './studies/study-list.ts';
import { referralTables } from './tables.ts';

/** Referral: editions that split a pool among the best, or share revenue until a pool is empty. */
export const referral = defineProgram({
	id: 'referral',
	title: 'Referral',
	summary: 'Referral editions: a pool for the best, or a share of revenue while it lasts',
	tablesVersion: 1,
	tables: referralTables,
	documentReaders,
	configSchema: referralConfigSchema,
	studies: referralStudies,
	generator: referralGenerator,
	presets: referralPresets,
	queries: referralQueries,
	readConfig: readReferralConfig,
	exportConfig: (config) => config,
	open: openReferral,
	answerCase,
});
