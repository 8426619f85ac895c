import { formatInstant } from '../instant.ts';
import type { SettingNow } from '../report.ts';
import { applyLevers } from './apply-levers.ts';
import type { ReferralConfig } from './levers.ts';
import { referralConfigSchema } from './levers.ts';
import { dollars } from './money.ts';
import type { ModelType, Rules } from './rules.ts';
import { defaultEdition, type Choice, type Session } from './session.ts';

/** Levers that only one of the models asks for. */
const ONLY_FOR = new Map<string, ModelType>([
	['maxQualifiedReferrers', 'pie-split'],
	['boostStrength', 'pie-split'],
	['minQualifiedRevenueContribution', 'rev-share-limit'],
	['qualifiedRevenueShare', 'rev-share-limit'],
	['qualifiedRevenuePerYear', 'rev-share-limit'],
	['settlement', 'rev-share-limit'],
	['maxAwardPerReferrer', 'rev-share-limit'],
]);

/** How far sliders reach beyond what the edition says. */
const REACH = 4;
const LEAST_PLACES = 20;
const LEAST_MICROS = 1_000_000;

/**
 * What each lever stands for while it is left empty (the edition's own rule), how far its slider reaches, and which
 * levers the model does not ask for. Of an edition that cannot be run, all but its choice are idle.
 */
export function settingsNow(session: Session, choice: Choice): Readonly<Record<string, SettingNow>> {
	const { config, edition } = choice;
	const usual = defaultEdition(session.set, choice.asOf)?.slug;
	const settings = new Map<string, SettingNow>([
		['edition', usual === undefined ? {} : { standsFor: usual }],
	]);
	if (edition?.kind !== 'known') {
		for (const key of Object.keys(referralConfigSchema.shape))
			if (key !== 'edition') settings.set(key, { isIdle: true });
		return Object.fromEntries(settings);
	}

	const own = applyLevers(edition.rules, ownRules(config));
	const earliest = session.dataset.eventTime[0] ?? own.startTime;
	const last = session.dataset.eventTime[session.dataset.eventTime.length - 1] ?? own.endTime;
	const window = milliseconds(Math.min(earliest, own.startTime), Math.max(last, own.endTime));
	settings.set('model', { standsFor: edition.rules.dataModelType });
	settings.set('accurateAsOf', {
		standsFor: formatInstant(session.now * 1000),
		range: milliseconds(own.startTime, Math.max(own.endTime, Math.min(session.now, last))),
	});
	settings.set('startTime', { standsFor: formatInstant(own.startTime * 1000), range: window });
	settings.set('endTime', { standsFor: formatInstant(own.endTime * 1000), range: window });
	settings.set('awardPool', amount(own.awardPool));
	for (const [key, now] of modelSettings(own)) settings.set(key, now);
	for (const [key, model] of ONLY_FOR) if (model !== own.dataModelType) settings.set(key, { isIdle: true });

	const out = edition.rules.adminActions.filter(({ actionType }) => actionType === 'Disqualification');
	for (const referrer of Object.keys(config.disqualified))
		settings.set(`disqualified.${referrer}`, { standsFor: false });
	for (const { referrer } of out) settings.set(`disqualified.${referrer}`, { standsFor: true });
	return Object.fromEntries(settings);
}

/** The configuration with nothing but its model: what is left empty then shows. */
function ownRules({ edition, model }: ReferralConfig): ReferralConfig {
	return referralConfigSchema.parse({ edition, model });
}

function modelSettings(rules: Rules): readonly (readonly [string, SettingNow])[] {
	switch (rules.dataModelType) {
		case 'pie-split':
			return [
				['maxQualifiedReferrers', { standsFor: rules.maxQualifiedReferrers, range: [0, Math.max(LEAST_PLACES, rules.maxQualifiedReferrers * REACH)] }],
				['boostStrength', { standsFor: rules.boostStrength, range: [0, Math.max(2, rules.boostStrength * 2)] }],
			]; // prettier-ignore
		case 'rev-share-limit':
			return [
				['minQualifiedRevenueContribution', amount(rules.minQualifiedRevenueContribution)],
				['qualifiedRevenueShare', { standsFor: rules.qualifiedRevenueShare }],
				['qualifiedRevenuePerYear', amount(rules.qualifiedRevenuePerYear)],
				['settlement', { standsFor: rules.settlement }],
				...(rules.maxAwardPerReferrer === null ? [] : [['maxAwardPerReferrer', amount(rules.maxAwardPerReferrer)] as const]),
			]; // prettier-ignore
	}
}

/** An amount as levers hold it; past 2^53 there is none that is exact, and it stands as text. */
function amount(micros: bigint): SettingNow {
	if (micros > BigInt(Number.MAX_SAFE_INTEGER)) return { standsFor: dollars(micros) };
	const value = Number(micros);
	return { standsFor: value, range: [0, Math.min(Number.MAX_SAFE_INTEGER, Math.max(LEAST_MICROS, value) * REACH)] }; // prettier-ignore
}

function milliseconds(from: number, to: number): [number, number] {
	return [from * 1000, to * 1000];
}
