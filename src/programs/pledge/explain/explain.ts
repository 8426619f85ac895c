import { inputError } from '../../input-error.ts';
import type { Explanation } from '../../report.ts';
import type { PledgeDataset } from '../dataset.ts';
import { ACTIVE, NONE, PLEDGE, PLEDGE_STATES } from '../events.ts';
import type { PledgeLevers } from '../levers.ts';
import { dollars } from '../money.ts';
import type { PledgeRun } from '../run-state.ts';
import { simulate } from '../simulate.ts';
import { loadOf } from '../watch.ts';
import { refusalWords } from '../words.ts';
import { explainLoss } from './explain-loss.ts';
import { explainRefusal } from './explain-refusal.ts';
import { factorsOf } from './factors.ts';

/**
 * Why a patron has, lost or never got a pledge to a project. The last loss is explained by the state of its moment;
 * what would have prevented it is given only where a re-run confirms it.
 */
export function explainPledge(
	data: PledgeDataset,
	names: readonly string[],
	levers: PledgeLevers,
	subject: Readonly<Record<string, string>>,
): Explanation {
	const u = data.patronIds.indexOf(subject.patron);
	if (u < 0)
		throw inputError(
			'subject.patron',
			`unknown patron: "${subject.patron}"; no event names her`,
			'explain.subject',
		);
	const p = data.projectIds.indexOf(subject.project);
	if (p < 0) throw inputError('subject.project', `unknown project: "${subject.project}"; must be one of the scenario’s`, 'explain.subject'); // prettier-ignore
	const run = simulate(data, levers);
	const k = pledgeOf(data, u, p);
	const loss = k < 0 ? -1 : lastLoss(run, k);
	if (loss >= 0) return explainLoss({ data, names, levers }, run, k, loss);

	const refusal = k < 0 ? null : lastRefusal(run, k);
	if (refusal !== null && run.state[k] !== ACTIVE) {
		return explainRefusal({ data, names, levers }, k, refusal.seq, refusal.code);
	}
	const who = data.patronIds[u];
	return {
		sentence: sentenceWithoutLoss(run, who, names[p], u, k),
		factors: factorsOf(run, names, u),
		rows: [],
		changes: [],
		reasons: refusal === null ? [] : [{ code: 'refused', sentence: refusalWords(refusal.code) }],
	};
}

function sentenceWithoutLoss(run: PledgeRun, who: string, project: string, u: number, k: number): string {
	if (run.joinOrder[u] < 0) return `${who} never joined, so she has no pledge to ${project}.`;
	if (k < 0 || Number.isNaN(run.firstDay[k])) return `${who} never pledged to ${project}.`;
	const projection = loadOf(run, u) * run.levers.baseRate;
	if (run.state[k] === ACTIVE) {
		return `${who} is pledged to ${project} since day ${run.sinceDay[k]} and never lost it: ${dollars(projection)} of her ${dollars(run.limit[u])} are in use.`; // prettier-ignore
	}
	if (run.state[k] !== NONE) return `${who}’s pledge to ${project} is ${PLEDGE_STATES[run.state[k]]}.`;
	return `${who} took back her pledge to ${project} herself${run.hasLeft[u] === 1 ? ' when she left' : ''}.`;
}

function pledgeOf(data: PledgeDataset, u: number, p: number): number {
	for (let k = data.patronPledgeStart[u]; k < data.patronPledgeStart[u + 1]; k++) {
		if (data.pledgeProject[k] === p) return k;
	}
	return -1;
}

/** The last loss of pledge k, an index into the record; -1 for none. */
function lastLoss({ record }: PledgeRun, k: number): number {
	for (let x = record.lossPledge.length - 1; x >= 0; x--) if (record.lossPledge.data[x] === k) return x;
	return -1;
}

/** The last refused pledge event of pledge k. */
function lastRefusal({ record, data }: PledgeRun, k: number): { seq: number; code: number } | null {
	for (let i = record.refusedSeq.length - 1; i >= 0; i--) {
		const seq = record.refusedSeq.data[i];
		if (data.events.type[seq] === PLEDGE && data.events.pledge[seq] === k)
			return { seq, code: record.refusedCode.data[i] };
	}
	return null;
}
