/** What people read in place of the codes of files: one for each code, in the order of the lists in `events.ts`. */

export const TYPE_WORDS = ['free tier', 'referral'] as const;
export const STATUS_WORDS = ['active', 'default', 'ended'] as const;
export const REASON_WORDS = ['replaced', 'stopped', 'expired', 'cap reached'] as const;
export const CREDIT_WORDS = ['free tier', 'invitee', 'award'] as const;
export const INVOICE_WORDS = ['open', 'paid', 'covered by credit', 'written off'] as const;

/** A code of a refused event as words: `UNKNOWN_REFERRER` is `unknown referrer`. */
export function codeWords(code: string): string {
	return code.toLowerCase().replaceAll('_', ' ');
}
