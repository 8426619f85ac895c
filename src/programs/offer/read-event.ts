import {
	ACTIVE,
	DEFAULT,
	EVENT_KINDS,
	FREE_CREDIT,
	OFFER_TYPES,
	type EventKind,
	type OfferEvent,
	type RefusalCode,
} from './events.ts';
import { readInstant } from './time.ts';

export const MOST_CENTS = 1_000_000_000;
export const MOST_DAYS = 36_500;
export const MOST_CAP = 1_000_000_000;
export const MOST_INVITES = 10_000;
const MOST_ID_BYTES = 128;

const KINDS: ReadonlySet<unknown> = new Set(EVENT_KINDS);

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one event of a file: the event, or the code of the first check of spec section 9 that it fails. These
 * are the checks that need no state; those that do come after them for every kind, in `applyEvent`.
 */
export function readEvent(raw: unknown, start: number, end: number): OfferEvent | RefusalCode {
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return 'MALFORMED_EVENT';
	const fields = raw as Fields;
	if (!KINDS.has(fields.kind)) return 'UNKNOWN_EVENT';
	const at = readInstant(fields.at);
	if (at === null) return 'INVALID_TIME';
	if (at < start || at > end) return 'OUT_OF_RANGE';

	// the kind was looked up above
	const kind = fields.kind as EventKind;
	switch (kind) {
		case 'OFFER_CREATE':
			return readOffer(fields, at);
		case 'OFFER_STOP':
			return isId(fields.offer) ? { kind, at, offer: fields.offer } : 'INVALID_ID';
		case 'SIGNUP': {
			const { user, referrer = null } = fields;
			if (!isId(user) || (referrer !== null && !isId(referrer))) return 'INVALID_ID';
			return { kind, at, user, referrer };
		}
		case 'INVITE_SENT': {
			if (!isId(fields.user)) return 'INVALID_ID';
			const count = fields.count ?? 1;
			return isWhole(count, 1, MOST_INVITES) ? { kind, at, user: fields.user, count } : 'INVALID_COUNT';
		}
		case 'PROJECT_CREATE': {
			const { project, user } = fields;
			return isId(project) && isId(user) ? { kind, at, project, user } : 'INVALID_ID';
		}
		case 'USAGE': {
			const { user, project, cents } = fields;
			if (!isId(user) || !isId(project)) return 'INVALID_ID';
			return isWhole(cents, 0, MOST_CENTS) ? { kind, at, user, project, cents } : 'INVALID_AMOUNT';
		}
		case 'INVOICE_ISSUE': {
			const { invoice, user } = fields;
			return isId(invoice) && isId(user) ? { kind, at, invoice, user } : 'INVALID_ID';
		}
		case 'INVOICE_PAY':
		case 'INVOICE_FAIL':
		case 'INVOICE_VOID':
			return isId(fields.invoice) ? { kind, at, invoice: fields.invoice } : 'INVALID_ID';
	}
}

function readOffer(fields: Fields, at: number): OfferEvent | RefusalCode {
	if (!isId(fields.offer)) return 'INVALID_ID';
	const type = OFFER_TYPES.findIndex((name) => name === fields.type);
	if (type < 0) return 'INVALID_TYPE';
	const status = fields.status === 'ACTIVE' ? ACTIVE : fields.status === 'DEFAULT' ? DEFAULT : -1;
	if (status < 0) return 'INVALID_STATUS';
	const { inviteeCents } = fields;
	const awardCents = fields.awardCents ?? 0;
	if (!isWhole(inviteeCents, 0, MOST_CENTS) || !isWhole(awardCents, 0, MOST_CENTS)) return 'INVALID_AMOUNT';
	const inviteeDays = readDuration(fields.inviteeDurationDays, inviteeCents);
	const awardDays = readDuration(fields.awardDurationDays, awardCents);
	if (inviteeDays === null || awardDays === null) return 'INVALID_DURATION';
	const cap = fields.redeemableCap ?? -1;
	if (cap !== -1 && !isWhole(cap, 1, MOST_CAP)) return 'INVALID_CAP';
	if (cap === -1 && fields.redeemableCap === -1) return 'INVALID_CAP';
	const expiresAt = (fields.expiresAt ?? null) === null ? -1 : readInstant(fields.expiresAt);
	if (expiresAt === null) return 'INVALID_TIME';
	if (type === FREE_CREDIT && awardCents > 0) return 'AWARD_NOT_ALLOWED';
	if (status === DEFAULT && cap !== -1) return 'CAP_NOT_ALLOWED';
	if (status === DEFAULT && expiresAt !== -1) return 'EXPIRY_NOT_ALLOWED';
	if (expiresAt !== -1 && expiresAt <= at) return 'OFFER_ALREADY_EXPIRED';
	const offer = fields.offer;
	return {
		kind: 'OFFER_CREATE', at, offer, type, status, inviteeCents, inviteeDays, awardCents, awardDays, cap, expiresAt,
	}; // prettier-ignore
}

/** Whole days of an amount's life; null where they do not fit it. */
function readDuration(value: unknown, cents: number): number | null {
	const days = value ?? 0;
	return isWhole(days, cents > 0 ? 1 : 0, MOST_DAYS) ? days : null;
}

function isWhole(value: unknown, least: number, most: number): value is number {
	return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

/** Is it non-empty well-formed text of at most 128 UTF-8 bytes? */
export function isId(value: unknown): value is string {
	if (typeof value !== 'string' || value.length === 0 || value.length > MOST_ID_BYTES) return false;
	if (!value.isWellFormed()) return false;
	let bytes = value.length;
	for (let i = 0; i < value.length; i++) {
		const unit = value.charCodeAt(i);
		if (unit < 0x80) continue;
		// each half of a pair stands for two of the four bytes
		bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
	}
	return bytes <= MOST_ID_BYTES;
}
