import {
	AUTO_DROP,
	EXPIRED,
	LOG_KINDS,
	MONTH_END_DROP,
	OVER_BUDGET_NOTE,
	OVER_LIMIT,
	REFUSALS,
	REINSTATED,
	SUSPENDED_NOTE,
	WARNING,
} from './events.ts';
import type { PledgeLevers } from './levers.ts';

/** Notices and refusals as a patron reads them. */

/** A notice in words; `project` is empty for one about the whole budget. */
export function noticeWords(kind: number, project: string, levers: PledgeLevers): string {
	switch (kind) {
		case WARNING:
			return 'Your pledges come close to your monthly limit. Raise the limit or drop a pledge, or one may be dropped when a project grows.';
		case OVER_LIMIT:
			return 'Your pledges add up to more than your monthly limit. What goes beyond it is carried over.';
		case AUTO_DROP:
			return `Your pledge to ${project} was dropped: it gained a patron, and your monthly limit no longer covers your pledges.`;
		case SUSPENDED_NOTE:
			return `Your pledge to ${project} is suspended: it gained a patron, and your monthly limit no longer covers your pledges. It comes back by itself once there is room, and ends after ${levers.expiryDays} days.`;
		case EXPIRED:
			return `Your suspended pledge to ${project} has ended: ${levers.expiryDays} days went by without room for it.`;
		case REINSTATED:
			return `Your pledge to ${project} is active again: there is room for it.`;
		case OVER_BUDGET_NOTE:
			return `Your pledge to ${project} is over budget and does not count for now. It comes back as soon as it fits, and ends with the month.`;
		case MONTH_END_DROP:
			return `Your pledge to ${project} was still over budget at the end of the month and was dropped.`;
		default:
			return LOG_KINDS[kind];
	}
}

/** What kind of notice it is, in words: `over limit`. */
export function kindWords(kind: number): string {
	return LOG_KINDS[kind].replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const REFUSAL_WORDS: Readonly<Record<(typeof REFUSALS)[number], string>> = {
	'patron-exists': 'She has joined already.',
	'limit-too-low': 'The limit could not carry one minimum charge.',
	'unknown-patron': 'Nobody of that name has joined.',
	'unknown-project': 'There is no such project.',
	'patron-left': 'She has left.',
	'already-pledged': 'She is pledged to it already.',
	'over-own-limit': 'With this pledge she would be over her own limit.',
	'would-overrun-others': 'It would put another patron of the project over her limit.',
	'not-pledged': 'There is no pledge to take back.',
	'limit-below-match': 'The limit would be below what her pledges come to; drop one first.',
	'wishlist-off': 'There is no wish list.',
	'already-wished': 'It is on her wish list already.',
	'not-wished': 'It is not on her wish list.',
};

/** A refusal code in words. */
export function refusalWords(code: number): string {
	return REFUSAL_WORDS[REFUSALS[code]];
}
