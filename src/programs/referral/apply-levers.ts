import { inputError } from '../input-error.ts';
import { parseInstant } from '../instant.ts';
import type { ReferralConfig } from './levers.ts';
import type { AdminAction } from './rule-fields.ts';
import {
	SEED_YEAR_MICROS,
	type ModelType,
	type PieSplitRules,
	type RevShareRules,
	type Rules,
} from './rules.ts';

const SEED_BAR_MICROS = 500_000_000n;
const SEED_SHARE = 0.5;
const USUAL_PLACES = 10;

/**
 * An edition's rules with the levers that are set laid over. A change of model keeps what both have; what the
 * edition does not say then has the seed's figure, or ten places. Throws `InputError` for an inverted window.
 */
export function applyLevers(rules: Rules, config: ReferralConfig): Rules {
	const model: ModelType = config.model ?? rules.dataModelType;
	const base = {
		startTime: seconds(config.startTime) ?? rules.startTime,
		endTime: seconds(config.endTime) ?? rules.endTime,
		subregistryId: rules.subregistryId,
		rulesUrl: rules.rulesUrl,
		areAwardsDistributed: rules.areAwardsDistributed,
		awardPool: micros(config.awardPool) ?? rules.awardPool,
		adminActions: actions(rules.adminActions, config.disqualified),
	};
	if (base.endTime < base.startTime) {
		throw inputError('config.endTime', 'inverted window: it must not end before it starts', 'config.value', {
			path: 'config.endTime',
		});
	}
	switch (model) {
		case 'pie-split': {
			const own: Partial<PieSplitRules> = rules.dataModelType === model ? rules : {};
			return {
				...base,
				dataModelType: model,
				maxQualifiedReferrers: config.maxQualifiedReferrers ?? own.maxQualifiedReferrers ?? USUAL_PLACES,
				boostStrength: config.boostStrength ?? own.boostStrength ?? 1,
			};
		}
		case 'rev-share-limit': {
			const own: Partial<RevShareRules> = rules.dataModelType === model ? rules : {};
			return {
				...base,
				dataModelType: model,
				minQualifiedRevenueContribution: micros(config.minQualifiedRevenueContribution) ?? own.minQualifiedRevenueContribution ?? SEED_BAR_MICROS, // prettier-ignore
				qualifiedRevenueShare: config.qualifiedRevenueShare ?? own.qualifiedRevenueShare ?? SEED_SHARE,
				qualifiedRevenuePerYear:
					micros(config.qualifiedRevenuePerYear) ?? own.qualifiedRevenuePerYear ?? SEED_YEAR_MICROS,
				settlement: config.settlement ?? own.settlement ?? 'race',
				maxAwardPerReferrer: micros(config.maxAwardPerReferrer) ?? own.maxAwardPerReferrer ?? null,
			};
		}
	}
}

/** Whole Unix seconds of a time as levers write it; null for none. */
export function seconds(text: string | null): number | null {
	const milliseconds = text === null ? null : parseInstant(text);
	return milliseconds === null ? null : Math.floor(milliseconds / 1000);
}

function micros(value: number | null): bigint | null {
	return value === null ? null : BigInt(value);
}

/** The edition's actions with the lab's switches laid over: true disqualifies, false lets back in. */
function actions(
	own: readonly AdminAction[],
	switches: Readonly<Record<string, boolean>>,
): readonly AdminAction[] {
	const set = new Map(Object.entries(switches).map(([referrer, isOut]) => [referrer.toLowerCase(), isOut]));
	if (set.size === 0) return own;
	const kept = own.filter((action) => {
		const isOut = set.get(action.referrer);
		if (action.actionType === 'Disqualification') return isOut !== false;
		return isOut !== true;
	});
	const there = new Set(
		kept.filter((action) => action.actionType === 'Disqualification').map((action) => action.referrer),
	);
	const added = [...set]
		.filter(([referrer, isOut]) => isOut && !there.has(referrer))
		.map(([referrer]): AdminAction => ({
			actionType: 'Disqualification',
			referrer,
			reason: 'disqualified in the lab',
			extra: [],
		}));
	return [...kept, ...added];
}
