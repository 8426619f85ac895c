import { canonicalJson, sha256Hex } from '../hash.ts';
import type { Ints, Numbers } from './growing.ts';
import type { PledgeOutcome } from './outcome.ts';

/**
 * SHA-256 over the canonical JSON of configuration and outcome: what was refused, lost and sent, every month and
 * the final state, as whole numbers. Over lists are left out, since they follow from the rest. Cost: O(outcome).
 */
export function hashOutcome(outcome: PledgeOutcome): string {
	const { record } = outcome;
	return sha256Hex(
		canonicalJson({
			config: outcome.levers,
			refused: [kept(record.refusedSeq), kept(record.refusedCode)],
			triggers: [
				kept(record.triggerSeq),
				kept(record.triggerProject),
				kept(record.triggerRounds),
				kept(record.triggerFlagCount),
			],
			losses: [kept(record.lossPledge), kept(record.lossOverCount), kept(record.lossIsNeedless)],
			log: [
				kept(record.logSeq),
				kept(record.logDay),
				kept(record.logMonth),
				kept(record.logKind),
				kept(record.logPatron),
				kept(record.logProject),
			],
			months: [
				kept(record.monthSeq),
				kept(record.monthCrowd),
				kept(record.monthPaid),
				kept(record.monthGross),
				kept(record.monthLimitSum),
			],
			final: [
				outcome.state,
				outcome.owed,
				outcome.wish,
				outcome.limit,
				outcome.paidBy,
				outcome.feesBy,
				outcome.isInZone,
			].map((column) => Array.from(column)),
		}),
	);
}

function kept(list: Ints | Numbers): number[] {
	return Array.from(list.data.subarray(0, list.length));
}
