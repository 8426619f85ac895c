import { quantiles } from '#engine/stats/quantile.ts';
import { bandNote, findingOf } from '#programs/drop/studies/season-study.ts';
import type { Config } from '#programs/levers.ts';
import type { StudyResult } from '#programs/program.ts';
import type { ReportColumn, ReportTable, Series } from '#programs/report.ts';
import { ids, numbers, tableOf, type ScenarioContent } from '#programs/tables.ts';

/** A study as pieces that may be computed anywhere, and how their results become that of the whole. */
export interface CutStudy {
	readonly pieces: readonly { readonly config: Config; readonly options: Config }[];
	/** Results in order of the pieces. */
	merge(results: readonly StudyResult[]): StudyResult;
}

/**
 * Cuts a study where its parts share nothing: the Drop's season by variant and seed, its past Drops by Drop. Every other study is
 * one piece. The merged result is that of the whole study, to the last bit. `config`, and `against` among the options, have
 * their defaults filled in.
 */
export function cutStudy(id: string, config: Config, options: Config, content: ScenarioContent): CutStudy {
	if (content.program === 'drop') {
		// what is out of bounds stays whole, so that the study itself refuses it
		const { seeds } = options;
		if (id === 'season' && Number.isInteger(seeds) && Number(seeds) >= 1 && Number(seeds) <= MOST_SEEDS) {
			return cutSeason(config, options);
		}
		const drops = id === 'past-drops' ? pastDropIds(content) : [];
		if (drops.length > 1) return cutPastDrops(config, options, drops);
	}
	return { pieces: [{ config, options }], merge: ([result]) => result };
}

const MOST_SEEDS = 200;

/** Ids of the Drops of a scenario, newest first, ties by id. */
function pastDropIds(content: ScenarioContent): string[] {
	const table = tableOf(content, 'drop');
	const time = numbers(table, 'scheduled_at');
	const id = ids(table, 'id');
	const order = Array.from(id.keys()).sort((d, e) => time[e] - time[d] || (id[d] < id[e] ? -1 : 1));
	return order.map((d) => id[d]);
}

/** One season for each variant and seed; lines and bands are quantiles over the seeds. */
function cutSeason(config: Config, options: Config): CutStudy {
	const { against, ...rest } = options;
	const variants = [config, ...(isConfig(against) ? [against] : [])];
	const seeds = Array.from({ length: Number(options.seeds) }, (_, s) => s);
	const pieces = variants.flatMap((variant) =>
		seeds.map((s) => ({
			config: { ...variant, seed: (Number(variant.seed) + s) >>> 0 },
			options: { ...rest, seeds: 1 },
		})),
	);
	return {
		pieces,
		merge(results) {
			const [first] = results;
			const labels = ['Draft', 'Production'].slice(0, variants.length);
			const series = first.series.map((whole, k): Series => {
				const lines = labels.map((label, v) => {
					const own = seeds.map((s) => results[v * seeds.length + s].series[k].lines[0].y);
					const bands = Array.from(whole.x.keys(), (w) => quantiles(Float64Array.from(own, (y) => y[w]), [0.05, 0.5, 0.95])); // prettier-ignore
					const column = (i: number) => Float64Array.from(bands, (band) => band[i]);
					return { label, low: column(0), y: column(1), high: column(2) };
				});
				const marks = new Map<number, string>();
				for (const result of results)
					for (const { x, label } of result.series[k].marks ?? []) marks.set(x, label);
				const finding = findingOf(whole.title, whole.unit, lines);
				return {
					...whole,
					finding,
					marks: [...marks].map(([x, label]) => ({ x, label })),
					lines,
					...bandNote(seeds.length),
				};
			});
			return { ...first, series };
		},
	};
}

function isConfig(value: unknown): value is Config {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One row for each Drop, newest first as the study has them. */
function cutPastDrops(config: Config, options: Config, drops: readonly string[]): CutStudy {
	return {
		pieces: drops.map((only) => ({ config, options: { ...options, only } })),
		merge(results) {
			const tables = results[0].tables.map((whole, t): ReportTable => {
				const columns = whole.columns.map((column, c): ReportColumn => {
					const parts = results.map((result) => result.tables[t].columns[c].values);
					return { ...column, values: joined(parts) };
				});
				return { ...whole, title: `${columns[0].values.length} Drops`, columns };
			});
			return { ...results[0], tables };
		},
	};
}

function joined(parts: readonly ReportColumn['values'][]): ReportColumn['values'] {
	if (parts.every((part) => part instanceof Float64Array)) {
		return Float64Array.from(parts.flatMap((part) => Array.from(part)));
	}
	return parts.flatMap((part) => [...(part as readonly (string | null)[])]);
}
