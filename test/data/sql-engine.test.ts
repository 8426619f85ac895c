import { describe, expect, it } from 'vitest';
import { importScenario } from '#data/import-scenario.ts';
import { contentFromDocument } from '#data/read-json.ts';
import { queryScenario } from '#data/sql-console.ts';
import { isBroken, noteThrown } from '#data/sql-engine.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { InputError } from '#programs/input-error.ts';
import { startEngine } from './engine.ts';
import { findToy, toy, toyDocument } from './toy-program.ts';

describe('a broken engine', () => {
	it('is not used again, and that is no fault of the input', async () => {
		const engine = await startEngine();
		const { content } = contentFromDocument(toyDocument(), findToy);
		const bytes = writeSqlite(content, toy, engine);
		noteThrown(engine, new Error('near "x": syntax error'));
		expect(isBroken(engine)).toBe(false);
		noteThrown(engine, new WebAssembly.RuntimeError('unreachable'));
		expect(isBroken(engine)).toBe(true);
		for (const use of [
			() => importScenario(bytes, 'a.sqlite', findToy, engine),
			() => queryScenario(bytes, 'SELECT 1', engine),
			() => writeSqlite(content, toy, engine),
		]) {
			expect(use).toThrow('a new thread is needed');
			expect(use).not.toThrow(InputError);
		}
	});
});
