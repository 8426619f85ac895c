import type { AskPart, CutScenario } from '../../cut.ts';
import type { OnStage } from '../../program.ts';
import type { Report } from '../../report.ts';
import { readAffinities } from '../affinities.ts';
import { readAsOf } from '../as-of.ts';
import type { DropDataset } from '../dataset.ts';
import { readDropConfig } from '../read-config.ts';
import { choiceOf, reportDrop } from '../report-drop.ts';
import type { StageCache } from '../stage-cache.ts';
import { supply } from '../stages/supply.ts';
import { cutComponents } from './cut-components.ts';
import { mergeParts } from './merge-parts.ts';
import { buffersOf, openPart, partInput, type PartInput, type PartRequest, type PartResult } from './part.ts';
import type { CityPreviews } from './preview-city.ts';

/**
 * Least users · brands for which parts pay: below it a whole run takes less than a tenth of a second, which is what
 * starting threads and copying the parts to them costs.
 */
export const LEAST_CELLS = 1_000_000;

/** What is asked of a part. */
type PartQuestion =
	| { readonly kind: 'start'; readonly request: PartRequest }
	| { readonly kind: 'decide'; readonly y: number; readonly seats: Float64Array }
	| { readonly kind: 'finish' }
	| {
			readonly kind: 'preview';
			readonly request: PartRequest;
			readonly y: number;
			readonly seats: Float64Array;
	  };

/**
 * A Drop scenario as it is run in parts: cities are dealt out by users, and each part prepares its own at once; then
 * the cities of a component are matched one after the other, wherever they are, and components side by side. The
 * report is that of a run in one piece, to the last bit, for any number of parts.
 */
export function cutScenario(dataset: DropDataset, cache: StageCache, previews: CityPreviews, leastCells = LEAST_CELLS): CutScenario | undefined {
	if (dataset.users.ids.length * dataset.brandIds.length < leastCells) return undefined;
	const readNow = () => cache.reuse('as-of', [dataset, dataset.now], () => readAsOf(dataset, dataset.now));
	let partOf = new Uint32Array(0);
	return {
		parts(most) {
			const groups = dealCities(dataset, most);
			partOf = new Uint32Array(dataset.cityIds.length);
			groups.forEach((cities, part) => cities.forEach((y) => (partOf[y] = part)));
			return groups.map((cities) => partInput(dataset, readNow(), cities));
		},
		run: (document, partCount, ask, onStage) => {
			const { config, notices } = readDropConfig(document);
			return runParts(dataset, cache, previews, { config, notices }, partOf, partCount, ask, onStage);
		},
		preview: async (document, path, ask) => {
			const { config } = readDropConfig(document);
			const known = previews.known(config, path);
			if (known === null) return null;
			const { y, id, run, seats } = known;
			const request: PartRequest = { config, supply: run.supply, week: 0 };
			const question: PartQuestion = { kind: 'preview', request, y, seats: seats.slice() };
			const values = (await ask(partOf[y], question)) as Map<string, number>;
			return { group: 'city', id, values };
		},
	};
} // prettier-ignore

/** Answers for a part that was handed over; the buffers of an answer may be handed on. */
export function openDropPart(input: unknown): (question: unknown) => { answer: unknown; buffers: ArrayBufferLike[] } {
	// what a part is made from, and asked, comes from `cutScenario` in another thread of the same build
	const part = openPart(input as PartInput);
	return (asked) => {
		const question = asked as PartQuestion;
		switch (question.kind) {
			case 'start':
				part.start(question.request);
				return { answer: null, buffers: [] };
			case 'decide':
				// a copy: the part goes on using its own
				return { answer: part.decide(question.y, question.seats).slice(), buffers: [] };
			case 'finish': {
				const result = part.finish();
				return { answer: result, buffers: buffersOf(result) };
			}
			case 'preview':
				return { answer: part.preview(question.request, question.y, question.seats), buffers: [] };
		}
	};
} // prettier-ignore

/** Deals the cities out, largest first, each to the part with the fewest users so far; ties to the first part. */
function dealCities({ cityUserStart }: DropDataset, most: number): number[][] {
	const size = (y: number) => cityUserStart[y + 1] - cityUserStart[y];
	const cities = Array.from({ length: cityUserStart.length - 1 }, (_, y) => y);
	const parts = Array.from({ length: Math.max(1, Math.min(most, cities.length)) }, (): number[] => []);
	const load = new Float64Array(parts.length);
	for (const y of cities.sort((a, b) => size(b) - size(a) || a - b)) {
		const least = load.indexOf(Math.min(...load));
		parts[least].push(y);
		load[least] += size(y);
	}
	return parts;
}

async function runParts(
	dataset: DropDataset,
	cache: StageCache,
	previews: CityPreviews,
	{ config, notices }: ReturnType<typeof readDropConfig>,
	partOf: Uint32Array,
	partCount: number,
	ask: AskPart,
	onStage: OnStage = () => {},
): Promise<Report> {
	onStage('as-of', 0);
	const asOf = cache.reuse('as-of', [dataset, dataset.now], () => readAsOf(dataset, dataset.now));
	const allowed = cache.reuse('supply', [dataset, asOf, config.supply], () => supply(dataset.contracts, asOf, config.supply)); // prettier-ignore
	onStage('score', 0.1);
	const request: PartRequest = { config, supply: allowed, week: 0 };
	const parts = Array.from({ length: partCount }, (_, part) => part);
	const asking = (part: number, question: PartQuestion) => ask(part, question);
	await Promise.all(parts.map((part) => asking(part, { kind: 'start', request })));

	let decidedCount = 0;
	const components = cutComponents(dataset, asOf, allowed, config);
	await Promise.all(
		components.map(async ({ cities, seats }) => {
			const left = seats.slice();
			for (const y of cities) {
				// a part answers its questions in turn, after its preparation
				const taken = (await asking(partOf[y], { kind: 'decide', y, seats: left.slice() })) as Float64Array; // prettier-ignore
				for (let c = 0; c < left.length; c++) left[c] -= taken[c];
				decidedCount++;
				onStage(`matching ${dataset.cityNames[y]}`, 0.5 + (0.35 * decidedCount) / partOf.length);
			}
		}),
	);
	onStage('outcome', 0.9);
	const results = (await Promise.all(parts.map((part) => asking(part, { kind: 'finish' })))) as PartResult[];

	const merged = mergeParts(dataset, asOf, allowed, config, results);
	const affinities = cache.reuse('affinities', [dataset, asOf], () =>
		readAffinities(dataset, dataset.affinity, asOf.run, asOf.time),
	);
	const facts = { dataset, config, week: 0, asOf, affinities, supply: allowed, cities: merged.cities };
	const { weights } = choiceOf(facts, cache);
	previews.remember(facts);
	return reportDrop(facts, merged.outcome, merged.ranks, weights, notices);
}
