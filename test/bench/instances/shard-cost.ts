import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openSqlite } from '#data/open-sqlite.ts';
import { startSqlEngine } from '#data/sql-engine.ts';
import { drop } from '#programs/drop/program.ts';
import { programById } from '#programs/registry.ts';

/** What a run of a shard costs a process that does nothing else. */
export interface ShardCost {
	/** processor time of opening the file, of the first run, and of one with other luck, in seconds */
	readonly openSeconds: number;
	readonly coldSeconds: number;
	readonly nextSeconds: number;
	/** the most memory the process held */
	readonly peakMb: number;
	readonly outcomeHash: string;
}

/** Opens the scenario of a file and runs it twice. */
export async function measureShard(path: string): Promise<ShardCost> {
	const wasm = readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'));
	const engine = await startSqlEngine(Uint8Array.from(wasm));
	const spent = () => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1e6;
	};
	const times = [spent()];
	const { content } = openSqlite(Uint8Array.from(readFileSync(path)), path, programById, engine);
	const open = drop.open(content);
	times.push(spent());
	const { outcomeHash } = open.run(drop.readConfig({ seed: 1 }).config);
	times.push(spent());
	open.run(drop.readConfig({ seed: 2 }).config);
	times.push(spent());
	const [openSeconds, coldSeconds, nextSeconds] = times.slice(1).map((time, i) => time - times[i]);
	const peakMb = process.resourceUsage().maxRSS / 1024;
	return { openSeconds, coldSeconds, nextSeconds, peakMb, outcomeHash };
}
