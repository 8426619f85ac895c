import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentFromDocument } from '#data/read-json.ts';
import { cook, isRecipe, readRecipe } from '#data/recipe.ts';
import type { Config } from '#programs/levers.ts';
import { pledge } from '#programs/pledge/program.ts';
import type { ScenarioContent } from '#programs/tables.ts';

export const SCENARIOS = ['twenty-patrons', 'flapping', 'three-years'];

const root = join(import.meta.dirname, '../../../scenarios/pledge');

/** A shipped scenario with the configuration that comes with it. */
export function readShipped(name: string): { content: ScenarioContent; config: Config } {
	const document = JSON.parse(readFileSync(join(root, name, 'scenario.json'), 'utf8')) as { config: Config };
	const find = (id: string) => (id === 'pledge' ? pledge : undefined);
	if (isRecipe(document)) return { content: cook(readRecipe(document, find)), config: document.config };
	return { content: contentFromDocument(document, find).content, config: document.config };
}

/** What a shipped scenario must come to. */
export function readExpected(name: string): { outcomeHash: string; metrics: Record<string, number | null> } {
	return JSON.parse(readFileSync(join(root, name, 'expected.json'), 'utf8')) as ReturnType<
		typeof readExpected
	>;
}
