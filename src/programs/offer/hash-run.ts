import { canonicalJson, sha256Hex } from '../hash.ts';
import type { OfferRun } from './run.ts';

/** Columns of a state that make up its outcome; sums that follow from them are left out. */
const COLUMNS = [
	'offerId', 'offerType', 'offerPlace', 'offerStatus', 'offerEndedAt', 'offerEndReason', 'offerRedeemed',
	'userId', 'userSignedUpAt', 'userReferrer', 'userOffer', 'userFirstPaidAt', 'userQualifiedAt', 'userInvitesSent',
	'creditOwner', 'creditOffer', 'creditKind', 'creditAttributed', 'creditCreatedAt', 'creditExpiresAt', 'creditEarnedCents', 'creditUsedCents',
	'creditExpiredCents', 'drawCredit', 'drawUsage', 'drawCents', 'usageUser', 'usageAt', 'usageCents',
	'invoiceId', 'invoiceUser', 'invoiceIssuedAt', 'invoiceGrossCents', 'invoiceCreditCents', 'invoiceState', 'invoiceClosedAt', 'invoiceFailures',
] as const; // prettier-ignore

/** SHA-256 over the configuration and the outcome, column by column, as canonical JSON. */
export function hashRun({ config, outcome }: OfferRun): string {
	const lines = COLUMNS.map((name) => canonicalJson([name, outcome.state[name]]));
	const rest = canonicalJson({ refused: outcome.refused, probes: outcome.probes });
	return sha256Hex(`${canonicalJson(config)}\n${lines.join('\n')}\n${rest}`);
}
