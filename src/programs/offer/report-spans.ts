import { formatInstant } from '../instant.ts';
import type { Spans } from '../report.ts';
import { dollars } from './money.ts';
import type { OfferOutcome } from './outcome.ts';
import { REASON_WORDS, STATUS_WORDS, TYPE_WORDS } from './words.ts';

/** Offers drawn; the first ones in order of creation. */
const MOST_ROWS = 40;

/**
 * The life of each offer over the time of the run, in order of creation: what it gave, how often it was redeemed, and
 * why it ended. An offer that still lives at the end reaches it.
 */
export function offerSpans({ state, start, end }: OfferOutcome): Spans {
	const ended = state.offerEndedAt.filter((at) => at >= 0).length;
	const rows = state.offerId.slice(0, MOST_ROWS).map((id, o) => {
		const hasEnded = state.offerEndedAt[o] >= 0;
		const reason = REASON_WORDS[state.offerEndReason[o]] ?? '';
		const place = STATUS_WORDS[state.offerPlace[o]];
		const type = TYPE_WORDS[state.offerType[o]];
		const cap = state.offerCap[o] < 0 ? '' : ` of ${state.offerCap[o]}`;
		const life = hasEnded ? `ended ${formatInstant(state.offerEndedAt[o])}: ${reason}` : 'lives at the end';
		return {
			label: id,
			from: state.offerCreatedAt[o],
			to: hasEnded ? state.offerEndedAt[o] : end,
			isOpen: !hasEnded,
			note: `${state.offerRedeemed[o]}${cap} redeemed${hasEnded ? `, ${reason}` : ''}`,
			detail: `${place} ${type}, give ${dollars(state.offerInviteeCents[o])}, get ${dollars(state.offerAwardCents[o])}, ${life}`,
			isQuiet: place === 'default',
		};
	});
	const more = state.offerId.length > MOST_ROWS ? `; the first ${MOST_ROWS} are drawn` : '';
	return {
		id: 'offers',
		title: `Offer timeline: ${ended} of ${state.offerId.length} offers ended before the end${more}`,
		rowTitle: 'Offer',
		start,
		end,
		rows,
	};
}
