import { DAY_MS } from '../instant.ts';
import type { Notice } from '../report.ts';
import { daysInWords } from './days-in-words.ts';
import type { RunFacts } from './outcome.ts';

/** What staff should know of a run's inputs before they trust its result. */
export function runNotices(run: RunFacts): Notice[] {
	const notices: Notice[] = [];
	const { dataset, asOf, config } = run;
	if (asOf.run < 0) {
		notices.push({
			code: 'recommender-missing',
			message:
				'no completed recommender run was trained at or before the Drop: every affinity counts as the floor',
		});
	} else {
		const ageDays = (asOf.time - dataset.runs[asOf.run].trainedAt) / DAY_MS;
		if (ageDays > config.recommender.maxAgeDays) {
			notices.push({
				code: 'recommender-stale',
				lever: 'recommender.maxAgeDays',
				message: `the newest completed recommender run (${dataset.runs[asOf.run].id}) is ${daysInWords(ageDays)} old; at most ${config.recommender.maxAgeDays} are allowed`,
			});
		}
	}
	return notices;
}
