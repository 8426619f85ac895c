import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A real Redis of a test's own, on a free port, its files in a temporary folder. */
export interface RedisServer {
	readonly port: number;
	/** address of a database, from 0 to 15 */
	url(database: number): string;
	/** Ends the server as the system would, and starts it again on its files. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/** Starts a server that keeps what it was told on disk. `password` is asked of every client, where one is given. */
export async function startRedis(password = ''): Promise<RedisServer> {
	const program = process.env.REDIS_SERVER ?? 'redis-server';
	const folder = mkdtempSync(join(tmpdir(), 'dropbench-redis-'));
	const port = await freePort();
	const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
	const persistence = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
	const login = password === '' ? [] : ['--requirepass', password];
	let server: ChildProcess;

	const start = async () => {
		server = spawn(program, [...words, ...persistence, ...login], { stdio: 'ignore' });
		const failed = new Promise<never>((_resolve, reject) => server.once('error', reject));
		await Promise.race([failed, untilUp(port, password)]);
	};
	const stop = async () => {
		const ended = new Promise((resolve) => server.once('exit', resolve));
		server.kill('SIGTERM');
		await ended;
	};
	await start();
	return {
		port,
		url: (database) => `redis://127.0.0.1:${port}/${database}`,
		async restart() {
			await stop();
			await start();
		},
		async stop() {
			await stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** A client of a test. */
export function clientOf(server: RedisServer, database: number, password = ''): Redis {
	const redis = new Redis({
		port: server.port,
		db: database,
		...(password === '' ? {} : { password }),
		maxRetriesPerRequest: null,
	});
	redis.on('error', () => undefined);
	return redis;
}

async function untilUp(port: number, password: string): Promise<void> {
	const redis = new Redis({
		port,
		...(password === '' ? {} : { password }),
		maxRetriesPerRequest: null,
		retryStrategy: () => 50,
	});
	redis.on('error', () => undefined);
	await redis.ping();
	redis.disconnect();
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address !== null ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}
