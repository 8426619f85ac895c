import { found, inputError, InputError, type Issue } from '../input-error.ts';
import type { Notice } from '../report.ts';
import { spread } from './model/spread.ts';
import { isId } from './read-event.ts';
import { instantText, readInstant } from './time.ts';

/**
 * Numberings of the two tables of the original service (spec section 2). A file does not say which it has, and
 * most numbers mean something in both, so whoever imports must say.
 */
export const NUMBERINGS = {
	/** the design document's */
	design: {
		status: new Map([[0, 'DONE'], [1, 'ACTIVE'], [2, 'DEFAULT']]),
		type: new Map([[0, 'FREE_CREDIT'], [1, 'REFERRAL']]),
	},
	/** the service's as it shipped */
	shipped: {
		status: new Map([[0, 'DONE'], [1, 'DEFAULT'], [2, 'ACTIVE']]),
		type: new Map([[1, 'FREE_CREDIT'], [2, 'REFERRAL']]),
	},
} as const; // prettier-ignore

export type Numbering = keyof typeof NUMBERINGS;

/** Rows of `offers` and `user_credits`, by column names of the original tables. */
export interface OriginalTables {
	readonly offers: readonly Readonly<Record<string, unknown>>[];
	readonly userCredits: readonly Readonly<Record<string, unknown>>[];
}

/** A timeline as far as the original tables tell it. */
export interface OriginalTimeline {
	/** events of spec section 9, in order of instants */
	readonly events: readonly Readonly<Record<string, string | number>>[];
	/** what the tables do not say, and how it was filled in */
	readonly notices: readonly Notice[];
}

/** How many charges the used cents of a credit are spread over. */
const USAGE_PARTS = 4;

/**
 * Makes a timeline of the original `offers` and `user_credits` tables. `numbering` says what their numbers mean;
 * without one this throws `InputError` `import.numbering`, naming the choices, and never guesses. Sign-up credits
 * become registrations with a project, what was used of them usage spread over their lives (spec section 15.6).
 * Awards are left out: they follow from invoices, which these tables do not hold.
 */
export function timelineOfOriginal(
	tables: OriginalTables,
	numbering: Numbering | null,
	end: number,
): OriginalTimeline {
	if (numbering === null || !Object.hasOwn(NUMBERINGS, numbering)) {
		const message =
			'missing numbering: the tables do not say what their numbers mean; must be design (status DONE 0, ACTIVE 1, DEFAULT 2; type FREE_CREDIT 0, REFERRAL 1) or shipped (status Done 0, Default 1, Active 2; type FreeCredit 1, Referral 2)';
		throw inputError('numbering', message, 'import.numbering');
	}
	const issues: Issue[] = [];
	const offers = tables.offers.map((row, r) => readOffer(row, `offers[${r}]`, numbering, issues));
	const credits = tables.userCredits.map((row, r) => readCredit(row, `user_credits[${r}]`, issues));
	if (issues.length > 0) throw new InputError(issues);

	const events: Readonly<Record<string, string | number>>[] = [...offers];
	const seen = new Set<string>();
	let awards = 0;
	for (const credit of [...credits].sort((a, b) => a.at - b.at)) {
		if (seen.has(credit.user)) {
			awards++;
			continue;
		}
		seen.add(credit.user);
		const at = instantText(credit.at)!;
		const project = `p.${credit.user}`;
		events.push({ kind: 'SIGNUP', at, user: credit.user, ...(credit.referrer === null ? {} : { referrer: credit.referrer }) }); // prettier-ignore
		events.push({ kind: 'PROJECT_CREATE', at, project, user: credit.user });
		if (credit.usedCents === 0) continue;
		for (const use of spread(credit.usedCents, credit.at, Math.min(credit.expiresAt, end), USAGE_PARTS)) {
			if (use.cents === 0) continue;
			events.push({ kind: 'USAGE', at: instantText(use.at)!, user: credit.user, project, cents: use.cents });
		}
	}
	const atOf = (event: Readonly<Record<string, string | number>>) => readInstant(event.at) ?? 0;
	const order = events.map((_, e) => e).sort((a, b) => atOf(events[a]) - atOf(events[b]) || a - b);
	return { events: order.map((e) => events[e]), notices: noticesOf(awards, offers) };
}

function noticesOf(awards: number, offers: readonly Readonly<Record<string, string | number>>[]): Notice[] {
	const notices: Notice[] = [
		{
			code: 'original-usage',
			message: `used credit has no dates in these tables: it was spread over ${USAGE_PARTS} charges within the life of each credit`,
		},
		{
			code: 'original-ends',
			message: `the tables do not say when an offer ended: the ${offers.length} offers end by expiry, cap or replacement`,
		},
	];
	if (awards > 0) {
		const message = `${awards} further credits of registered users were left out: awards follow from invoices, which these tables do not hold`;
		notices.push({ code: 'original-awards', message });
	}
	return notices;
}

function readOffer(
	row: Readonly<Record<string, unknown>>,
	at: string,
	numbering: Numbering,
	issues: Issue[],
): Readonly<Record<string, string | number>> {
	// prettier-ignore
	const status = wordOf(NUMBERINGS[numbering].status, row.status, `${at}.status`, numbering, issues);
	const type = wordOf(NUMBERINGS[numbering].type, row.type, `${at}.type`, numbering, issues);
	const createdAt = instantOf(row.created_at, `${at}.created_at`, issues);
	const expiresAt = instantOf(row.expires_at ?? row.created_at, `${at}.expires_at`, issues);
	const whole = (name: string) => wholeOf(row[name] ?? 0, `${at}.${name}`, issues);
	const isDefault = status === 'DEFAULT';
	const [inviteeCents, awardCents] = [whole('invitee_credit_in_cents'), whole('award_credit_in_cents')];
	const cap = whole('redeemable_cap');
	return {
		kind: 'OFFER_CREATE',
		at: instantText(createdAt) ?? '',
		offer: idOf(row.id, `${at}.id`, issues),
		type,
		// an offer that is done was active while it lived
		status: isDefault ? 'DEFAULT' : 'ACTIVE',
		inviteeCents,
		...(inviteeCents > 0 ? { inviteeDurationDays: whole('invitee_credit_duration_days') } : {}),
		...(awardCents > 0 && type === 'REFERRAL' ? { awardCents, awardDurationDays: whole('award_credit_duration_days') } : {}), // prettier-ignore
		...(cap > 0 && !isDefault ? { redeemableCap: cap } : {}),
		...(expiresAt > createdAt && !isDefault ? { expiresAt: instantText(expiresAt) ?? '' } : {}),
	};
}

interface OriginalCredit {
	readonly user: string;
	readonly referrer: string | null;
	readonly at: number;
	readonly expiresAt: number;
	readonly usedCents: number;
}

function readCredit(row: Readonly<Record<string, unknown>>, at: string, issues: Issue[]): OriginalCredit {
	const user = idOf(row.user_id, `${at}.user_id`, issues);
	const referrer = row.referred_by ?? null;
	return {
		user,
		referrer: referrer === null ? null : idOf(referrer, `${at}.referred_by`, issues),
		at: instantOf(row.created_at, `${at}.created_at`, issues),
		expiresAt: instantOf(row.expires_at, `${at}.expires_at`, issues),
		usedCents: wholeOf(row.credits_used_in_cents ?? 0, `${at}.credits_used_in_cents`, issues),
	};
}

/** An id; the original numbered offers, and wrote users as text. */
function idOf(value: unknown, at: string, issues: Issue[]): string {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	if (typeof value === 'string' && isId(value)) return value;
	issues.push({
		at,
		message: `invalid id: ${found(value)}; must be text or a whole number`,
		code: 'import.value',
	});
	return '';
}

function wordOf(
	words: ReadonlyMap<number, string>,
	value: unknown,
	at: string,
	numbering: Numbering,
	issues: Issue[],
): string {
	// prettier-ignore
	const word = typeof value === 'number' ? words.get(value) : undefined;
	if (word !== undefined) return word;
	const known = [...words].map(([number, name]) => `${number} (${name})`).join(', ');
	issues.push({
		at,
		message: `invalid number: ${found(value)}; numbering ${numbering} has ${known}`,
		code: 'import.value',
	});
	return '';
}

function instantOf(value: unknown, at: string, issues: Issue[]): number {
	const instant = readInstant(value);
	if (instant !== null) return instant;
	issues.push({
		at,
		message: `invalid time: ${found(value)}; must be an instant with an offset`,
		code: 'import.value',
	});
	return 0;
}

function wholeOf(value: unknown, at: string, issues: Issue[]): number {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
	issues.push({
		at,
		message: `invalid number: ${found(value)}; must be a whole number from 0`,
		code: 'import.value',
	});
	return 0;
}
