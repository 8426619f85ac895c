import { LOG_KINDS, NONE, NOT_LISTED, PLEDGE_STATES, REFUSALS, WISH_REASONS, channelsOf } from './events.ts';
import { pledgeMetrics } from './metrics.ts';
import type { PledgeOutcome } from './outcome.ts';

/** A result in the shape of spec section 11, as plain JSON. */
export interface PledgeResult {
	readonly refused: readonly (readonly [number, string])[];
	readonly triggers: readonly object[];
	readonly log: readonly (readonly (string | number | null)[])[];
	readonly months: readonly object[];
	readonly final: { readonly projects: object; readonly patrons: object };
	readonly metrics: object;
}

/**
 * The result that the specification describes. Ids become keys as they are, `__proto__` too. Over lists beyond
 * what a run keeps are left out; their counts are always there. Cost: O(outcome).
 */
export function pledgeResult(outcome: PledgeOutcome): PledgeResult {
	return {
		refused: refusedRows(outcome),
		triggers: triggerRows(outcome),
		log: logRows(outcome),
		months: monthRows(outcome),
		final: { projects: finalProjects(outcome), patrons: finalPatrons(outcome) },
		metrics: metricsObject(outcome),
	};
}

function refusedRows({ record }: PledgeOutcome): [number, string][] {
	return Array.from({ length: record.refusedSeq.length }, (_, i) => [
		record.refusedSeq.data[i],
		REFUSALS[record.refusedCode.data[i]],
	]);
}

function triggerRows({ data, record }: PledgeOutcome): object[] {
	const { triggerSeq, triggerLossStart, lossPledge } = record;
	return Array.from({ length: triggerSeq.length }, (_, i) => {
		const first = triggerLossStart.data[i];
		const end = i + 1 < triggerSeq.length ? triggerLossStart.data[i + 1] : lossPledge.length;
		const flagCount = record.triggerFlagCount.data[i];
		return {
			seq: triggerSeq.data[i],
			project: data.projectIds[record.triggerProject.data[i]],
			rounds: record.triggerRounds.data[i],
			losses: Array.from({ length: end - first }, (_, x) => lossRow(first + x)),
			...(flagCount > 0 ? { flagged: patronsAt(record.triggerFlagStart.data[i], flagCount) ?? [] } : {}),
		};
	});

	function lossRow(x: number): object {
		const overCount = record.lossOverCount.data[x];
		const over = patronsAt(record.lossOverStart.data[x], overCount);
		const k = lossPledge.data[x];
		return {
			overCount,
			...(over ? { over } : {}),
			patron: data.patronIds[data.pledgePatron[k]],
			project: data.projectIds[data.pledgeProject[k]],
		};
	}

	function patronsAt(start: number, count: number): string[] | null {
		if (start < 0) return null;
		return Array.from({ length: count }, (_, i) => data.patronIds[record.over.data[start + i]]);
	}
}

function logRows({ data, levers, record }: PledgeOutcome): (string | number | null)[][] {
	const channels = LOG_KINDS.map((_, kind) => channelsOf(kind, levers.policy));
	return Array.from({ length: record.logSeq.length }, (_, i) => {
		const kind = record.logKind.data[i];
		const p = record.logProject.data[i];
		return [
			record.logSeq.data[i],
			record.logDay.data[i],
			record.logMonth.data[i],
			LOG_KINDS[kind],
			data.patronIds[record.logPatron.data[i]],
			p < 0 ? null : data.projectIds[p],
			channels[kind],
		];
	});
}

function monthRows({ data, levers, record }: PledgeOutcome): object[] {
	const projectCount = data.projectIds.length;
	return Array.from({ length: record.monthSeq.length }, (_, t) => {
		const seq = record.monthSeq.data[t];
		return {
			seq,
			day: data.events.day[seq],
			month: t,
			projects: Object.fromEntries(
				data.projectIds.map((id, p) => {
					const crowd = record.monthCrowd.data[t * projectCount + p];
					const value = levers.baseRate * crowd;
					const paid = record.monthPaid.data[t * projectCount + p];
					return [id, { patrons: crowd, value, matched: value * crowd, paid }];
				}),
			),
			charged: record.monthCharged.data[t],
			net: record.monthNet.data[t],
			gross: record.monthGross.data[t],
			fees: record.monthFees.data[t],
			carry: record.monthCarry.data[t],
			matchSum: record.monthMatchSum.data[t],
			limitSum: record.monthLimitSum.data[t],
		};
	});
}

function finalProjects({ data, levers, crowd, matched, paid }: PledgeOutcome): object {
	return Object.fromEntries(
		data.projectIds.map((id, p) => {
			const value = levers.baseRate * crowd[p];
			return [id, { patrons: crowd[p], value, income: value * crowd[p], matched: matched[p], paid: paid[p] }];
		}),
	);
}

function finalPatrons(outcome: PledgeOutcome): object {
	const { data, levers, joinOrder } = outcome;
	const joined = data.patronIds.map((_, u) => u).filter((u) => joinOrder[u] >= 0);
	joined.sort((a, b) => joinOrder[a] - joinOrder[b]);
	return Object.fromEntries(
		joined.map((u) => {
			const match = levers.baseRate * outcome.load[u];
			const owed: [string, number][] = [];
			const pledges: [string, object][] = [];
			const wishlist: [string, string][] = [];
			for (let k = data.patronPledgeStart[u]; k < data.patronPledgeStart[u + 1]; k++) {
				const id = data.projectIds[data.pledgeProject[k]];
				const state = outcome.state[k];
				if (outcome.owed[k] > 0) owed.push([id, outcome.owed[k]]);
				if (outcome.wish[k] !== NOT_LISTED) wishlist.push([id, WISH_REASONS[outcome.wish[k]]]);
				if (Number.isNaN(outcome.firstDay[k])) continue;
				const sinceDay = state === NONE ? null : outcome.sinceDay[k];
				pledges.push([id, { state: PLEDGE_STATES[state], sinceDay, firstDay: outcome.firstDay[k] }]);
			}
			const patron = {
				limit: outcome.limit[u],
				left: outcome.hasLeft[u] === 1,
				match,
				headroom: outcome.limit[u] - match,
				balance: outcome.balance[u],
				owed: Object.fromEntries(owed),
				paid: outcome.paidBy[u],
				fees: outcome.feesBy[u],
				inZone: outcome.isInZone[u] === 1,
				pledges: Object.fromEntries(pledges),
				...(levers.wishlist ? { wishlist: Object.fromEntries(wishlist) } : {}),
			};
			return [data.patronIds[u], patron];
		}),
	);
}

function metricsObject(outcome: PledgeOutcome): object {
	const { data, acceptedCount, lossCount } = outcome;
	const metrics = pledgeMetrics(outcome);
	const retention = data.projectIds.map((id, p) => [id, [acceptedCount[p], lossCount[p]]] as const);
	return {
		...metrics,
		refused: Object.fromEntries(metrics.refused),
		retention: Object.fromEntries(retention),
	};
}
