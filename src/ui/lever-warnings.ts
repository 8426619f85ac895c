import { withValue, type Config, type LeverSpec } from '#programs/levers.ts';
import type { Notice, Participants, Report } from '#programs/report.ts';
import type { Stake } from '#workers/protocol.ts';
import { countOf, formatChange, formatSetting, formatValue } from './format.ts';
import { effectiveValue, type LeverAt } from './lever-list.ts';

/** What a lever warns of, and the configuration that shows how much is at stake. */
export interface LeverWarning {
	/** empty where the control itself says it */
	readonly words: string;
	/** the draft with this lever as it would not be warned of; null where everything rests on it */
	readonly against: Config | null;
	/** what that is, in words */
	readonly versus: string;
}

/** Share of all weight from which one factor decides alone. */
const DOMINATES = 0.7;

/**
 * Warnings by path of the lever's spec: one weight that outweighs all others, a choice or value out of the ordinary,
 * what a notice of the run says of a setting, and the cautions that a lever always carries.
 */
export function leverWarnings(
	levers: readonly LeverAt[],
	draft: Config,
	live: Config,
	notices: readonly Notice[] = [],
): ReadonlyMap<string, LeverWarning> {
	const bySpec = new Map<string, LeverAt[]>();
	for (const lever of levers) bySpec.set(lever.spec.path, [...(bySpec.get(lever.spec.path) ?? []), lever]);
	const dominating = dominatingWeight(levers, draft);
	const warnings = new Map<string, LeverWarning>();
	for (const [path, of] of bySpec) {
		const warning = warningOf(of, draft, live, notices, dominating);
		if (warning) warnings.set(path, warning);
	}
	return warnings;
}

function warningOf(
	levers: readonly LeverAt[],
	draft: Config,
	live: Config,
	notices: readonly Notice[],
	dominating: { readonly spec: LeverSpec; readonly share: number } | undefined,
): LeverWarning | null {
	const [{ spec, path }] = levers;
	const atDefault = { against: withValue(draft, path, spec.default), versus: `the default ${formatSetting(spec.default, spec.unit)}` }; // prettier-ignore
	if (spec === dominating?.spec) {
		const share = formatSetting(dominating.share, 'ratio');
		return { words: `This factor has ${share} of all weight: the others hardly count.`, ...atDefault };
	}
	const notice = notices.find(({ lever }) => lever === path);
	if (notice) return { words: capital(`${notice.message}.`), against: null, versus: '' };
	const choice = spec.choiceCautions?.[String(effectiveValue(draft, levers[0]))];
	if (choice) return { words: choice, ...atDefault };
	const differs = levers.filter((lever) => JSON.stringify(effectiveValue(draft, lever)) !== JSON.stringify(effectiveValue(live, lever))); // prettier-ignore
	if (spec.caution) {
		if (differs.length === 0) return { words: spec.caution, against: null, versus: '' };
		const against = differs.reduce((config, lever) => withValue(config, lever.path, effectiveValue(live, lever)), draft); // prettier-ignore
		return { words: spec.caution, against, versus: 'production’s value' };
	}
	const unusual = levers.filter((lever) => usualOf(lever, draft) !== null);
	if (unusual.length === 0) return null;
	const against = unusual.reduce((config, lever) => withValue(config, lever.path, usualOf(lever, draft)), draft);
	const nearest = usualOf(unusual[0], draft);
	return { words: '', against, versus: unusual.length === 1 ? formatSetting(nearest, spec.unit) : 'usual values' };
} // prettier-ignore

/** The nearest usual value where that of the draft is unusual, else null. */
function usualOf(lever: LeverAt, draft: Config): number | null {
	const [value, { usual }] = [effectiveValue(draft, lever), lever.spec];
	if (typeof value !== 'number' || !usual) return null;
	return value < usual[0] ? usual[0] : value > usual[1] ? usual[1] : null;
}

function dominatingWeight(levers: readonly LeverAt[], draft: Config) {
	const weights = levers.filter(({ spec }) => spec.unit === 'weight');
	const valueOf = (lever: LeverAt) => Number(effectiveValue(draft, lever));
	const sum = weights.reduce((total, lever) => total + valueOf(lever), 0);
	return weights
		.map((lever) => ({ spec: lever.spec, share: valueOf(lever) / sum }))
		.find(({ share }) => share > DOMINATES);
}

/** "412 users affected, expected revenue −$1,200, against the default 8." */
export function stakeInWords({ movedCount, money }: Stake, noun: readonly [string, string], versus: string): string {
	if (movedCount === 0) return `Nobody is affected, against ${versus}.`;
	const change = money ? formatChange(money.before, money.after, money.unit) : '';
	const amount = money && change ? `, ${money.title.toLowerCase()} ${change}` : '';
	return `${countOf(movedCount, noun)} affected${amount}, against ${versus}.`;
} // prettier-ignore

/** "900 users and expected revenue of $12,300 rest on it." Empty where the program reports no people. */
export function allInWords(people: Participants | null, report: Report): string {
	if (!people) return '';
	const money = report.metrics.find(({ unit }) => unit === 'cents' || unit === 'micros');
	const amount = money && money.value !== null ? ` and ${money.title.toLowerCase()} of ${formatValue(money.value, money.unit)}` : ''; // prettier-ignore
	return `${countOf(people.ids.length, people.noun)}${amount} rest on it.`;
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
