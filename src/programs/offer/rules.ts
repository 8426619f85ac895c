import { z } from 'zod';
import { lever } from '../levers.ts';

/** Rules of a timeline (spec section 10). */
export const offerRules = z.strictObject({
	awardAfterInvoices: lever(z.int().min(1).max(12).default(2), {
		title: 'Award after invoices',
		help: 'Which qualifying invoice of an invitee brings the referrer the award. Later is safer and slower.',
		unit: 'count',
		front: true,
	}),
	qualifyingInvoice: lever(z.enum(['CASH', 'ANY']).default('CASH'), {
		title: 'Qualifying invoices',
		help: 'Which invoices of an invitee count towards the award.',
		unit: 'choice',
		choiceLabels: { CASH: 'paid ones only', ANY: 'also those covered by credit' },
		front: true,
	}),
	contributionMarginBps: lever(z.int().min(0).max(10_000).default(10_000), {
		title: 'Margin on cash',
		help: 'Part of each cent paid that is left after the cost of serving it.',
		unit: 'bps',
		step: 100,
	}),
	creditCostBps: lever(z.int().min(0).max(10_000).default(10_000), {
		title: 'Cost of used credit',
		help: 'What a cent of credit costs once it is used. Credit that expires costs nothing.',
		unit: 'bps',
		step: 100,
	}),
});

export type OfferRules = z.infer<typeof offerRules>;
