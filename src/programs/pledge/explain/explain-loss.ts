import type { Explanation } from '../../report.ts';
import { leaveCrowd } from '../crowd.ts';
import type { PledgeDataset } from '../dataset.ts';
import { ACTIVE, NONE, PLEDGE_STATES } from '../events.ts';
import {
	MOST_MICROS,
	POLICIES,
	POLICIES_WITH_PICK,
	POLICY_TITLES,
	pickOf,
	type PledgeLevers,
} from '../levers.ts';
import { dollars } from '../money.ts';
import type { PledgeRun } from '../run-state.ts';
import { loadOf, takeLimit } from '../watch.ts';
import { simulate, step } from '../simulate.ts';
import { factorsOf } from './factors.ts';

/** What an explanation is about: a history, its project names and the levers in force. */
export interface Setting {
	readonly data: PledgeDataset;
	readonly names: readonly string[];
	readonly levers: PledgeLevers;
}

/** Most over-list rows of an explanation. */
const MOST_ROWS = 200;

/**
 * Explains loss x of pledge k: who was over, by how much, why this one, and what would have prevented it. Limits
 * and other pledges are tried by carrying out the event again with the change made just before; policies by a run
 * of the whole history.
 */
export function explainLoss(setting: Setting, run: PledgeRun, k: number, x: number): Explanation {
	const { data, names, levers } = setting;
	const t = triggerOf(run, x);
	const seq = run.record.triggerSeq.data[t];
	const grown = run.record.triggerProject.data[t];
	const u = data.pledgePatron[k];
	const p = data.pledgeProject[k];
	const who = data.patronIds[u];
	const newcomer = data.patronIds[data.events.patron[seq]];
	const isNeedless = run.record.lossIsNeedless.data[x] === 1;

	// the moment after the newcomer was counted in, before anybody lost anything
	const before = simulate(data, levers, seq);
	const moment = simulate(data, levers, seq);
	step({ ...moment, levers: { ...levers, policy: 'manual-flag' }, pick: null }, data.events, seq);
	const projection = loadOf(moment, u) * levers.baseRate;
	const excess = projection - moment.limit[u];
	const over = overList(moment, grown);

	const state = run.state[k];
	const now =
		state === ACTIVE ? ' She has it again now.' : state === NONE ? '' : ` It is ${PLEDGE_STATES[state]} now.`;
	const sentence = `${who} lost her pledge to ${names[p]} on day ${data.events.day[seq]}, when ${newcomer} pledged to ${names[grown]}: her pledges came to ${dollars(projection)}, ${dollars(excess)} over her limit of ${dollars(moment.limit[u])}.${now}`; // prettier-ignore
	return {
		sentence,
		factors: factorsOf(moment, names, u),
		rows: over.slice(0, MOST_ROWS).map((j, place) => rowOf(moment, j, place, u)),
		changes: [...changesAtMoment(setting, before, seq, k, excess), ...changesOfPolicy(setting, k)],
		reasons: [
			{ code: 'over-limit', sentence: `${over.length} ${over.length === 1 ? 'patron of' : 'patrons of'} ${names[grown]} came to be over, ${who} among them.` }, // prettier-ignore
			{ code: 'pick', sentence: whyThisOne(setting, who, over.length) },
			...(p === grown
				? []
				: [
						{
							code: 'collateral',
							sentence: `${names[p]} had not grown; the policy looks at all her projects.`,
						},
					]),
			...(isNeedless
				? [
						{
							code: 'needless',
							sentence: 'When all was done she could have had it back: the loss was needless.',
						},
					]
				: []),
		],
	};
}

function triggerOf({ record }: PledgeRun, x: number): number {
	let t = 0;
	while (t + 1 < record.triggerSeq.length && record.triggerLossStart.data[t + 1] <= x) t++;
	return t;
}

/** Patrons of project p who are over, oldest pledge first. */
function overList(run: PledgeRun, p: number): number[] {
	const { data, crowd, member, memberPatron, room, sinceSeq } = run;
	const start = data.projectRoomStart[p];
	const over: number[] = [];
	for (let i = start; i < start + crowd[p]; i++) {
		if (loadOf(run, memberPatron[i]) > room[memberPatron[i]]) over.push(member[i]);
	}
	return over.sort((a, b) => sinceSeq[a] - sinceSeq[b]).map((k) => data.pledgePatron[k]);
}

function rowOf(moment: PledgeRun, j: number, place: number, u: number): Explanation['rows'][number] {
	const projection = loadOf(moment, j) * moment.levers.baseRate;
	return {
		label: moment.data.patronIds[j],
		status: j === u ? 'lost a pledge' : 'over',
		detail: `${place + 1}. oldest; projection ${dollars(projection)}, limit ${dollars(moment.limit[j])}, over by ${dollars(projection - moment.limit[j])}`, // prettier-ignore
		isSubject: j === u,
	};
}

function whyThisOne({ data, levers }: Setting, who: string, overCount: number): string {
	if (overCount === 1) return `Nobody else was over, so the choice fell on ${who}.`;
	switch (pickOf(levers)) {
		case 'newest':
			return `Of those still over, the youngest pledge goes: ${who}’s turn came.`;
		case 'oldest':
			return `Of those still over, the oldest pledge goes: ${who}’s turn came.`;
		default:
			return data.draws === null
				? `One of those over is drawn, each equally likely: it was ${who}.`
				: `The scripted draw took ${who}.`;
	}
}

/** A higher limit, or one pledge less, just before the event; each tried. */
function changesAtMoment(
	setting: Setting,
	before: PledgeRun,
	seq: number,
	k: number,
	excess: number,
): Explanation['changes'] {
	const { data, names, levers } = setting;
	const u = data.pledgePatron[k];
	const keeps = (change: (run: PledgeRun) => void) => {
		const again = simulate(data, levers, seq);
		change(again);
		step(again, data.events, seq);
		return again.state[k] === ACTIVE;
	};
	const changes: { sentence: string }[] = [];
	const needed = before.limit[u] + excess;
	if (needed <= MOST_MICROS && keeps((run) => takeLimit(run, u, needed))) {
		changes.push({
			sentence: `Raising her limit by ${dollars(excess)} to ${dollars(needed)} before would have kept the pledge.`,
		});
	}
	for (let q = data.patronPledgeStart[u]; q < data.patronPledgeStart[u + 1]; q++) {
		if (q === k || before.state[q] !== ACTIVE) continue;
		const isEnough = keeps((run) => leaveCrowd(run, q, NONE));
		const project = names[data.pledgeProject[q]];
		if (isEnough)
			changes.push({ sentence: `Dropping her pledge to ${project} before would have kept this one.` });
	}
	return changes;
}

/** Policies under which she has the pledge at the end of the history, each tried. */
function changesOfPolicy({ data, levers }: Setting, k: number): Explanation['changes'] {
	const changes: { sentence: string; path: string; value: unknown }[] = [];
	for (const policy of POLICIES) {
		if (policy === levers.policy) continue;
		const pick = POLICIES_WITH_PICK.includes(policy) ? levers.pick : null;
		const again = simulate({ ...data, draws: null }, { ...levers, policy, pick });
		if (again.state[k] !== ACTIVE) continue;
		changes.push({
			sentence: `Under “${POLICY_TITLES[policy]}” she has the pledge at the end.`,
			path: 'policy',
			value: policy,
		});
	}
	return changes;
}
