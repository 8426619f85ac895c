import { inputError } from '#programs/input-error.ts';

/** Where a Redis listens, and how to be let in. */
export interface RedisAddress {
	readonly host: string;
	readonly port: number;
	readonly database: number;
	readonly user: string | null;
	readonly password: string | null;
	readonly isTls: boolean;
	/** the address without user and password: all that may be printed */
	readonly shown: string;
}

/** Holds the password where it should not stand in a command line. */
export const PASSWORD_VARIABLE = 'DROPBENCH_REDIS_PASSWORD';

const DEFAULT_PORT = 6379;
const EXAMPLE = 'must be like redis://127.0.0.1:6379 or rediss://:password@redis.example.com:6380';

/**
 * Reads the address of a Redis: `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. A password that is
 * not in it is taken from the variable `DROPBENCH_REDIS_PASSWORD`. Throws `InputError` for what is no such address and, where
 * the host is not this machine, for one with neither password nor TLS. No message repeats the text, which holds a secret.
 */
export function readRedisAddress(
	text: string,
	env: Readonly<Record<string, string | undefined>>,
): RedisAddress {
	const url = parse(text);
	const isTls = url.protocol === 'rediss:';
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const port = url.port === '' ? DEFAULT_PORT : Number(url.port);
	const database = url.pathname === '' || url.pathname === '/' ? 0 : Number(url.pathname.slice(1));
	if (!Number.isInteger(database) || database < 0 || database > 1_000_000) {
		throw invalid('invalid database number behind the host');
	}
	if (url.search !== '' || url.hash !== '') throw invalid('unknown words behind the address');
	const password = decoded(url.password) ?? env[PASSWORD_VARIABLE] ?? null;
	const shown = `${isTls ? 'rediss' : 'redis'}://${url.hostname}:${port}${database === 0 ? '' : `/${database}`}`;
	if (!isLoopback(host) && !isTls && (password === null || password === '')) {
		throw inputError(
			'--redis',
			`missing password: ${shown} is another machine; use rediss:// or a password, in the address or in ${PASSWORD_VARIABLE}`,
			'redis.open',
		);
	}
	return { host, port, database, user: decoded(url.username), password, isTls, shown };
}

/** Does a password cross a network in clear? */
export function isInClear({ host, isTls }: RedisAddress): boolean {
	return !isTls && !isLoopback(host);
}

function parse(text: string): URL {
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		throw invalid('invalid address');
	}
	if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') throw invalid('invalid address');
	if (url.hostname === '') throw invalid('missing host in the address');
	return url;
}

/** Is a host this machine, whatever the network? */
function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function decoded(part: string): string | null {
	if (part === '') return null;
	try {
		return decodeURIComponent(part);
	} catch {
		throw invalid('invalid escape in user or password');
	}
}

function invalid(what: string) {
	return inputError('--redis', `${what}; ${EXAMPLE}`, 'redis.address');
}
