import type { Notice, QualityItem } from '#programs/report.ts';

/** What notices of an import, and of reading a configuration, begin with where they tell of parts left aside. */
const IGNORED = /^(import\.unknown-|config-(ignored|unknown)$)/;

/**
 * Parts of the files and of production's configuration that no program knows and a run does not read, such as
 * boosts and exclusion lists, as a point of the quality list; in the order the notices tell of them.
 */
export function ignoredParts(notices: readonly Notice[]): QualityItem {
	const ignored = notices.filter(({ code }) => IGNORED.test(code));
	const rows = ignored.flatMap(({ names, message, code }) => {
		const why = code.startsWith('import.')
			? 'left out of the scenario'
			: 'kept in the configuration, changes nothing';
		return (names ?? [message]).map((name) => ({ name, why }));
	});
	return {
		id: 'ignored-parts',
		title: 'Boosts, exclusions and other parts that are ignored',
		count: rows.length,
		of: null,
		noun: ['part', 'parts'],
		isFine: rows.length === 0,
		help:
			rows.length === 0
				? 'Everything in the files and in production’s settings is known and used.'
				: 'Nobody reads them: they change no result.',
		rows: [
			{ id: 'part', title: 'Part', unit: 'text', values: rows.map(({ name }) => name) },
			{ id: 'why', title: 'What became of it', unit: 'text', values: rows.map(({ why }) => why) },
		],
	};
}
