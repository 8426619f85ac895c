import { z } from 'zod';
import { contentDigest } from '#data/digest.ts';
import { openWhole } from '#programs/drop/parts/run-parts.ts';
import { splitContent } from '#programs/drop/parts/split-content.ts';
import { inputError } from '#programs/input-error.ts';
import type { Program } from '#programs/program.ts';
import { tableOf, type ScenarioContent } from '#programs/tables.ts';
import type { Effects } from '../effects.ts';
import { shardPath, writeFacts, writeShard } from './data-folder.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const splitSchema = z.strictObject({
	format: z.literal('dropbench-split/1'),
	program: z.string(),
	name: z.string(),
	/** of the whole scenario: the file's name too */
	digest: hash,
	/** of the file of what every part must know of the others */
	facts: hash,
	shards: z.array(
		z.strictObject({
			digest: hash,
			label: z.string(),
			cities: z.array(z.string()),
			users: z.int().min(0),
			bytes: z.int().min(0),
		}),
	),
});

/** A scenario that lies in a folder in parts which share no supply. */
export type SplitScenario = z.infer<typeof splitSchema>;

/** Most characters of the cities of a part, for people. */
const LONGEST_LABEL = 80;

/**
 * Writes a scenario into a folder as one file for each group of cities that share supply, each named by the digest of its
 * content, and a list of them. What is there is not written again. Throws `InputError` for a program without cities.
 */
export async function splitScenario(
	content: ScenarioContent,
	program: Program,
	folder: string,
	effects: Effects,
): Promise<SplitScenario> {
	if (program.id !== 'drop') {
		throw inputError('scenario', `invalid program: ${program.id}; only a scenario of the Drop has cities to split by`, 'cli.scenario'); // prettier-ignore
	}
	const shards: SplitScenario['shards'] = [];
	const parts = splitContent(content);
	for (const [i, part] of parts.entries()) {
		effects.progress(`shard ${i + 1} of ${parts.length}`, i / parts.length);
		const { digest } = await writeShard(folder, part.content, program, effects);
		const label =
			part.label.length > LONGEST_LABEL ? `${part.label.slice(0, LONGEST_LABEL - 1)}…` : part.label;
		const bytes = effects.readFile(shardPath(folder, digest))?.length ?? 0;
		shards.push({ digest, label, cities: [...part.cities], users: tableOf(part.content, 'user').rowCount, bytes }); // prettier-ignore
	}
	const split: SplitScenario = {
		format: 'dropbench-split/1',
		program: program.id,
		name: content.name,
		digest: contentDigest(content, program.tables),
		facts: writeFacts(folder, openWhole(content).counts, effects),
		shards,
	};
	effects.writeFile(splitPath(folder, split.digest), `${JSON.stringify(split, null, '\t')}\n`);
	return split;
}

/** The list of the parts of a scenario, as `splitScenario` wrote it; null where it was not split into this folder. */
export function readSplit(folder: string, digest: string, effects: Effects): SplitScenario | null {
	const path = splitPath(folder, digest);
	const bytes = effects.readFile(path);
	if (bytes === null) return null;
	try {
		const split = splitSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
		if (split.digest === digest) return split;
	} catch {
		// told below
	}
	throw inputError(path, 'invalid list of shards: it was changed or damaged; split the scenario again', 'data.split'); // prettier-ignore
}

function splitPath(folder: string, digest: string): string {
	return `${folder}/${digest}.split.json`;
}
