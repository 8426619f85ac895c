import { inputError } from '#programs/input-error.ts';
import type { Redis } from 'ioredis';
import type { Effects } from '../effects.ts';
import { isInClear, PASSWORD_VARIABLE, type RedisAddress } from './redis-address.ts';

/** The packages behind the queue, which are loaded only when a command asks for it. */
export interface QueueEngine {
	readonly bullmq: typeof import('bullmq');
	readonly Redis: typeof import('ioredis').Redis;
}

/** Names of the packages, as in `optionalDependencies`. */
export const QUEUE_PACKAGES = ['bullmq', 'ioredis'] as const;

/** Loads the queue. Throws `InputError` that says what to install where it is missing. */
export async function loadQueueEngine(effects: Effects): Promise<QueueEngine> {
	const engine = await effects.importQueue();
	if (engine !== null) return engine;
	throw inputError(
		'--redis',
		`missing packages: ${QUEUE_PACKAGES.join(' and ')}; install them with npm ci --include=optional`,
		'redis.packages',
	);
}

const CONNECT_MS = 10_000;
const LONGEST_RETRY_MS = 2000;

/**
 * Connects to a Redis. Throws `InputError` where it cannot be reached or does not let us in. Later losses are told on standard
 * error, once each, and mended by trying again: commands wait meanwhile.
 */
export async function connectRedis(
	{ Redis }: QueueEngine,
	address: RedisAddress,
	effects: Effects,
): Promise<Redis> {
	const redis = new Redis({
		host: address.host,
		port: address.port,
		db: address.database,
		...(address.user === null ? {} : { username: address.user }),
		...(address.password === null ? {} : { password: address.password }),
		...(address.isTls ? { tls: { servername: address.host } } : {}),
		connectTimeout: CONNECT_MS,
		// the queue wants commands that wait for the server to come back
		maxRetriesPerRequest: null,
		retryStrategy: (times) => Math.min(200 * times, LONGEST_RETRY_MS),
	});
	await new Promise<void>((resolve, reject) => {
		redis.once('ready', resolve);
		redis.once('error', (error) => {
			redis.disconnect();
			reject(refusal(address, error));
		});
	});
	redis.removeAllListeners('error');
	let isLost = false;
	// told below: each try that fails is one
	redis.on('error', () => undefined);
	redis.on('reconnecting', () => {
		if (!isLost) effects.warn(`${address.shown}: connection lost; trying again`);
		isLost = true;
	});
	redis.on('ready', () => {
		if (isLost) effects.warn(`${address.shown}: connected again`);
		isLost = false;
	});
	if (isInClear(address)) {
		effects.warn(`${address.shown}: the password crosses the network in clear; use rediss:// where you can`);
	}
	return redis;
}

function refusal(address: RedisAddress, error: Error) {
	const isLogin = /^(WRONGPASS|NOAUTH|NOPERM)|invalid password|Authentication required/i.test(error.message);
	return inputError(
		'--redis',
		isLogin
			? `invalid login: ${address.shown} does not let us in; check user and password, in the address or in ${PASSWORD_VARIABLE}`
			: `missing server: ${address.shown} does not answer (${codeOf(error)}); start it or mend the address`,
		isLogin ? 'redis.login' : 'redis.unreachable',
	);
}

/** A word for an error of a connection; messages of a client may repeat what was sent, so they are not shown. */
function codeOf(error: Error): string {
	const code: unknown = 'code' in error ? error.code : undefined;
	return typeof code === 'string' ? code : error.name;
}
