import { asset } from '$app/paths';
import type { ScenarioSource, SourceFile } from '#workers/protocol.ts';

/** A scenario that can be opened. */
export interface LibraryEntry {
	/** `drop/three-cities`, or `mine/…` for one that was imported or generated here */
	readonly key: string;
	readonly program: string;
	readonly title: string;
	readonly about: string;
	readonly files: readonly string[];
	readonly bytes: number;
}

/** The scenarios that come with the app. */
export async function listShipped(): Promise<readonly LibraryEntry[]> {
	const response = await fetch(asset('/scenarios/index.json'));
	if (!response.ok) throw new Error(`scenarios/index.json: ${response.status}`);
	return (await response.json()) as LibraryEntry[];
}

/** Fetches the files of a shipped scenario. */
export async function fetchShipped(entry: LibraryEntry): Promise<ScenarioSource> {
	const files = entry.files.map(async (name): Promise<SourceFile> => {
		const response = await fetch(asset(`/scenarios/${entry.key}/${name}`));
		if (!response.ok) throw new Error(`${name}: ${response.status}`);
		return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
	});
	return { kind: 'files', files: await Promise.all(files) };
}
