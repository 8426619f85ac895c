import { found, inputError } from '#programs/input-error.ts';
import { textOption, type OptionSpec, type Words } from '../command.ts';

const MOST_WORKERS = 64;

export const WORKERS_OPTION: OptionSpec = {
	name: 'workers',
	type: 'string',
	value: 'N',
	help: 'threads that share the work, with the same result; 1 unless given',
};

/** Reads `WORKERS_OPTION`. Throws `InputError` where it is no number of threads, or the work is done elsewhere. */
export function readWorkers(words: Words): number {
	const text = textOption(words, 'workers');
	if (text === undefined) return 1;
	const count = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
	if (!(count >= 1 && count <= MOST_WORKERS)) {
		throw inputError('--workers', `invalid number: ${found(text)}; must be a whole number from 1 to ${MOST_WORKERS}`, 'cli.option'); // prettier-ignore
	}
	if (textOption(words, 'redis') === undefined) return count;
	throw inputError('--workers', 'does not go with --redis: there dropbench worker --concurrency says it; leave one of them away', 'cli.option'); // prettier-ignore
}
