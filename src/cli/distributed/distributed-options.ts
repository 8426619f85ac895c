import { inputError } from '#programs/input-error.ts';
import { hasOption, textOption, type OptionSpec, type Words } from '../command.ts';
import type { Effects } from '../effects.ts';
import { DEFAULT_FOLDER } from './data-folder.ts';
import { readRedisAddress, type RedisAddress } from './redis-address.ts';

export const REDIS_OPTION: OptionSpec = {
	name: 'redis',
	type: 'string',
	value: 'URL',
	help: 'let workers on the queue of this Redis compute it',
};

export const DATA_OPTION: OptionSpec = {
	name: 'data',
	type: 'string',
	value: 'DIR',
	help: `folder of scenario files that all workers read; ${DEFAULT_FOLDER} unless given`,
};

/** Options of every command whose work may be spread. */
export const DISTRIBUTED_OPTIONS: readonly OptionSpec[] = [
	REDIS_OPTION,
	DATA_OPTION,
	{ name: 'resume', type: 'boolean', help: 'with --redis: attach to the same work, submitted before' },
];

/** Where work is to be spread to. */
export interface Distribution {
	readonly address: RedisAddress;
	readonly folder: string;
	readonly isResume: boolean;
}

/** Reads `DISTRIBUTED_OPTIONS`; null where the work stays here. Throws `InputError`. */
export function readDistribution(words: Words, effects: Effects): Distribution | null {
	const redis = textOption(words, 'redis');
	const isResume = hasOption(words, 'resume');
	const folder = textOption(words, 'data');
	if (redis === undefined) {
		if (!isResume && folder === undefined) return null;
		throw inputError(
			isResume ? '--resume' : '--data',
			'missing --redis: it goes with that only',
			'cli.option',
		);
	}
	return { address: readRedisAddress(redis, effects.env), folder: folder ?? DEFAULT_FOLDER, isResume };
}
