import type { Config } from '../../levers.ts';
import type { StudyResult } from '../../program.ts';
import { exportEditionText } from '../export.ts';
import { exportSet, type SetEdits } from '../export-set.ts';
import type { Session } from '../session.ts';

/** The set of editions as it would be exported: its text, edition by edition, and what stands against it. */
export function editionSet(session: Session, config: Config, edits: SetEdits): StudyResult {
	const { editions, text, set } = exportSet(session, config, edits);
	const aside = session.set.rejected.length;
	return {
		metrics: [
			{
				id: 'set.editions',
				title: 'Editions',
				unit: 'count',
				better: null,
				help: 'Editions in the set.',
				value: editions.length,
			},
			{ id: 'set.unrecognized', title: 'Of unknown type', unit: 'count', better: null, help: 'Kept and exported unchanged.', value: editions.filter((one) => one.kind === 'unrecognized').length }, // prettier-ignore
			{
				id: 'set.aside',
				title: 'Set aside',
				unit: 'count',
				better: 'less',
				help: 'Could not be read; left out.',
				value: aside,
			},
			{ id: 'set.issues', title: 'Issues', unit: 'count', better: 'less', help: 'A set with issues cannot be exported as valid.', value: set.issues.length }, // prettier-ignore
		],
		tables: [
			{
				id: 'set',
				title: 'The set',
				columns: [{ id: 'text', title: 'JSON', unit: 'text', values: [text] }],
			},
			{
				id: 'editions',
				title: 'Its editions',
				columns: [
					{ id: 'slug', title: 'Slug', unit: 'id', values: editions.map((one) => one.slug) },
					{ id: 'kind', title: 'Kind', unit: 'text', values: editions.map((one) => one.kind) },
					{ id: 'text', title: 'JSON', unit: 'text', values: editions.map(exportEditionText) },
				],
			},
		],
		series: [],
		notices: set.issues.map(({ code, path, message }) => ({
			code,
			message: `${path.join('.')}: ${message}`,
		})),
	};
}
