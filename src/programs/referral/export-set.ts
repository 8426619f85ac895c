import { inputError } from '../input-error.ts';
import type { Config } from '../levers.ts';
import { duplicateEdition, exportSetText, exportWithResultsText } from './export.ts';
import { readEditionsText, type EditionSet } from './read-editions.ts';
import { exportResultText } from './read-results.ts';
import type { Edition } from './rules.ts';
import { choose, runnable, type Session } from './session.ts';

/** What to do to a set beside the levers: take an edition out, or repeat one under another slug. */
export interface SetEdits {
	readonly remove: string | null;
	readonly duplicate: string | null;
	readonly slug: string | null;
}

export interface ExportedSet {
	readonly editions: readonly Edition[];
	readonly text: string;
	/** the text as it reads back */
	readonly set: EditionSet;
}

/**
 * The set of editions for the live system: the chosen edition with its levers laid over, those of unknown type to
 * the last character as they came, set-aside ones left out. Whether it is valid stands in `set.issues`.
 */
export function exportSet(session: Session, config: Config, edits: SetEdits): ExportedSet {
	const choice = runnable(choose(session, config));
	const { editions } = session.set;
	for (const slug of [edits.remove, edits.duplicate]) {
		if (slug !== null && !editions.some((edition) => edition.slug === slug)) {
			throw inputError(
				'options',
				`unknown edition: ${slug}; the set has ${editions.map((one) => one.slug).join(', ')}`,
				'study.option',
			);
		}
	}
	const changed = editions.map((edition) => {
		return choice && edition === choice.edition && !choice.isOwn
			? { ...choice.edition, rules: choice.rules }
			: edition;
	});
	const original = changed.find((edition) => edition.slug === edits.duplicate);
	const result = changed.filter((edition) => edition.slug !== edits.remove);
	if (original) result.push(duplicateEdition(original, edits.slug ?? `${original.slug}-copy`));
	const text = exportSetText(result);
	const set = readEditionsText(text);
	if (!set) throw new Error('an exported set is a list');
	return { editions: result, text, set };
}

/** As `exportSet` without edits, with imported results beside the set as they came; throws `InputError` with every issue of a set that is not valid. */
export function exportDocument(session: Session, config: Config): string {
	const { text, set } = exportSet(session, config, { remove: null, duplicate: null, slug: null });
	if (set.accepted) return exportWithResultsText(text, session.results.results.map(exportResultText));
	const issue = set.issues[0];
	const more = set.issues.length > 1 ? `; and ${set.issues.length - 1} more` : '';
	throw inputError(['editions', ...issue.path].join('.'), `${issue.message}${more}`, issue.code);
}
