import { found } from '../input-error.ts';
import type { Notice } from '../report.ts';
import { readAddress, readEntries, readInteger } from './rule-fields.ts';
import { RULE_KEYS, baseRulesSchema, rulesSchema, type BaseRules, type Edition, type Extra, type ModelType } from './rules.ts'; // prettier-ignore
import { readTypeName, translate } from './vocabulary.ts';

/** Something wrong with an edition, or with the set when the path is empty. */
export interface EditionIssue {
	readonly code: string;
	readonly path: readonly (string | number)[];
	readonly message: string;
	/** for issues of the set: the editions concerned, by index */
	readonly editions?: readonly number[];
}

/** One entry of a list of editions, as far as it could be read. */
export interface ReadEdition {
	readonly index: number;
	readonly raw: unknown;
	readonly source: string | null;
	/** null when set aside */
	readonly edition: Edition | null;
	readonly issues: readonly EditionIssue[];
	readonly notices: readonly Notice[];
	/** what the checks across editions need, where readable even if the rest is not */
	readonly slug: string | null;
	readonly window: { readonly startTime: number; readonly endTime: number; readonly market: string } | null;
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Reads one edition: the type first, then known types through the union and others by their base fields. Never
 * throws. `source` is its text, where there is one.
 */
export function readEdition(raw: unknown, index: number, source: string | null): ReadEdition {
	const issues: EditionIssue[] = [];
	const notices: Notice[] = [];
	const add = (code: string, path: readonly (string | number)[], message: string) => {
		issues.push({ code, path: [index, ...path], message });
	};
	const entries = readEntries(raw);
	const rules = entries && readEntries(entries.get('rules'));
	if (!entries || !rules) {
		add(
			'edition.not-an-object',
			[],
			`invalid edition: ${found(raw)}; must be an object with slug, displayName and rules`,
		);
		return { index, raw, source, edition: null, issues, notices, slug: null, window: null };
	}

	const slug = entries.get('slug');
	const isSlug = typeof slug === 'string' && SLUG.test(slug);
	if (!isSlug) {
		add(
			'edition.slug.invalid',
			['slug'],
			`invalid slug: ${found(slug)}; must be words of a-z and 0-9, joined by -`,
		);
	}
	const displayName = entries.get('displayName');
	const isNamed = typeof displayName === 'string' && displayName !== '';
	if (!isNamed) add('edition.displayName.empty', ['displayName'], 'missing name; must be a text for people');

	const name = readTypeName(rules);
	if (name.written === null) {
		const message = `missing type: ${found(rules.get('dataModelType'))}; must be a text such as pie-split`;
		add('rules.dataModelType.missing', ['rules', 'dataModelType'], message);
	}
	if (name.isConflict) {
		const message = `conflicting names: dataModelType ${found(name.written)} and awardModel ${found(rules.get('awardModel'))}; keep one`;
		add('rules.name-conflict', ['rules', 'dataModelType'], message);
	}
	const read = name.model === null ? readBase(rules, add) : readKnown(name.model, rules, add, notices, index);
	checkWindow(rules, add);

	let edition: Edition | null = null;
	if (issues.length === 0 && isSlug && isNamed && name.written !== null && read !== null) {
		edition =
			read.kind === 'known'
				? {
						kind: 'known',
						slug,
						displayName,
						rules: read.rules,
						extra: editionExtra(entries),
						rulesExtra: read.extra,
					}
				: {
						kind: 'unrecognized',
						slug,
						displayName,
						originalDataModelType: name.written,
						base: read.base,
						original: raw,
						source,
					};
		if (edition.kind === 'known' && edition.extra.length > 0) notices.push(extraNotice(index, edition.extra));
	}
	return {
		index,
		raw,
		source,
		edition,
		issues,
		notices,
		slug: isSlug ? slug : null,
		window: windowOf(rules),
	};
}

type AddIssue = (code: string, path: readonly (string | number)[], message: string) => void;

function editionExtra(entries: ReadonlyMap<string, unknown>): Extra {
	return [...entries].filter(([key]) => key !== 'slug' && key !== 'displayName' && key !== 'rules');
}

function readBase(
	rules: ReadonlyMap<string, unknown>,
	add: AddIssue,
): { kind: 'unrecognized'; base: BaseRules } | null {
	const keys = Object.keys(baseRulesSchema.shape);
	const result = baseRulesSchema.safeParse(Object.fromEntries(keys.map((key) => [key, rules.get(key)])));
	if (result.success) return { kind: 'unrecognized', base: result.data };
	addZodIssues(result.error.issues, add);
	return null;
}

function readKnown(
	model: ModelType,
	written: ReadonlyMap<string, unknown>,
	add: AddIssue,
	notices: Notice[],
	index: number,
) {
	const { rules, conflicts, translated } = translate(model, written);
	for (const key of new Set(conflicts)) {
		add('rules.name-conflict', ['rules', key], `conflicting names for ${key}: two values; keep one`);
	}
	const keys = RULE_KEYS.get(model) ?? [];
	const fields = keys.map((key): [string, unknown] => [
		key,
		key === 'dataModelType' ? model : rules.get(key),
	]);
	const result = rulesSchema.safeParse(Object.fromEntries(fields));
	if (!result.success) {
		addZodIssues(result.error.issues, add);
		return null;
	}
	const extra = [...rules].filter(([key]) => !keys.includes(key));
	if (extra.length > 0) notices.push(extraNotice(index, extra));
	if (!rules.has('areAwardsDistributed')) {
		const message = `edition ${index} does not say whether awards were paid out; read as not yet`;
		notices.push({ code: 'edition.flag-missing', message });
	}
	if (translated.length > 0) {
		const message = `edition ${index} uses other names: ${translated.join(', ')}; they are written back under ours`;
		notices.push({ code: 'edition.translated', message });
	}
	return { kind: 'known' as const, rules: result.data, extra };
}

/** The fields' readers put the spec's code beside their issues. */
function addZodIssues(
	issues: readonly {
		readonly path: PropertyKey[];
		readonly message: string;
		readonly params?: Record<string, unknown>;
	}[],
	add: AddIssue,
): void {
	for (const issue of issues) {
		const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
		add(String(issue.params?.code), ['rules', ...path], issue.message);
	}
}

function extraNotice(index: number, extra: Extra): Notice {
	const names = extra.map(([key]) => key).join(', ');
	return {
		code: 'edition.extra',
		message: `edition ${index} has further fields, kept and not used: ${names}`,
	};
}

function checkWindow(rules: ReadonlyMap<string, unknown>, add: AddIssue): void {
	const [start, end] = [readInteger(rules.get('startTime')), readInteger(rules.get('endTime'))];
	if (start === null || end === null || end >= start) return;
	add(
		'rules.window.inverted',
		['rules', 'endTime'],
		`inverted window: ends at ${end}; must not end before ${start}`,
	);
}

function windowOf(rules: ReadonlyMap<string, unknown>): ReadEdition['window'] {
	const [startTime, endTime] = [readInteger(rules.get('startTime')), readInteger(rules.get('endTime'))];
	const market = readEntries(rules.get('subregistryId'));
	const [chainId, address] = [readInteger(market?.get('chainId')), readAddress(market?.get('address'))];
	if (startTime === null || endTime === null || endTime < startTime || chainId === null || address === null)
		return null;
	return { startTime, endTime, market: `${chainId}:${address}` };
}
