import { listLevers } from '../levers.ts';
import { defineProgram } from '../program.ts';
import { answerCase } from './answer-case.ts';
import { documentReaders } from './document-readers.ts';
import { exportOffer } from './export.ts';
import { generateTimeline, generatorSchema } from './generator.ts';
import { offerConfigSchema } from './levers.ts';
import { openOffer } from './open.ts';
import { readOfferConfig } from './read-config.ts';
import { feedOptions, fitOptions, replicatesOptions, scheduleOptions, searchOptions, statementOptions } from './studies/options.ts'; // prettier-ignore
import { offerTables } from './tables.ts';

/** A plan of one referral offer, given and got in cents, from the start of the scenario. */
function givingAndGetting(give: number, get: number) {
	const offer = {
		offer: `give-${give}-get-${get}`,
		inviteeCents: give,
		inviteeDurationDays: give > 0 ? 30 : 0,
		awardCents: get,
		awardDurationDays: get > 0 ? 180 : 0,
	};
	return [
		{ path: 'mode', value: 'grow' },
		{ path: 'plan', value: [offer] },
	];
}

/** Offers and credit: which referral offer performs best? */
export const offer = defineProgram({
	id: 'offer',
	title: 'Offers',
	summary: 'Free tiers and referral offers: credit to the cent, and which offer performs best',
	tablesVersion: 1,
	tables: offerTables,
	documentReaders,
	configSchema: offerConfigSchema,
	presets: [
		{
			id: 'both-sides',
			title: 'Give 10, get 10',
			help: 'Grow accounts under an offer that rewards both sides alike.',
			changes: givingAndGetting(1000, 1000),
		},
		{
			id: 'invitee-only',
			title: 'Give 20, get nothing',
			help: 'Grow accounts under an offer that spends everything on the invitee.',
			changes: givingAndGetting(2000, 0),
		},
		{
			id: 'referrer-only',
			title: 'Give nothing, get 20',
			help: 'Grow accounts under an offer that spends everything on the referrer.',
			changes: givingAndGetting(0, 2000),
		},
	],
	studies: [
		{
			id: 'replicates',
			title: 'Parallel worlds',
			help: 'Every candidate alone, on common luck: which offer performs best, and is the difference shown?',
			options: listLevers(replicatesOptions),
			isMain: true,
		},
		{
			id: 'schedule',
			title: 'A, then B',
			help: 'Two offers one after the other, beside each of them alone.',
			options: listLevers(scheduleOptions),
		},
		{
			id: 'search',
			title: 'Search',
			help: 'The best of a grid of offers within limits, chosen on some seeds and reported on others.',
			options: listLevers(searchOptions),
		},
		{
			id: 'statement',
			title: 'Customer statement',
			help: 'What one account is told: credit with its ends, referral link and invitees.',
			options: listLevers(statementOptions),
		},
		{
			id: 'feed',
			title: 'Event feed',
			help: 'The run as track and identify calls, to rehearse lifecycle mail.',
			options: listLevers(feedOptions),
		},
		{
			id: 'fit',
			title: 'Fit the model',
			help: 'Points for the model’s curves from the timeline, with the counts behind them.',
			options: listLevers(fitOptions),
		},
	],
	generator: { options: listLevers(generatorSchema), generate: generateTimeline },
	readConfig: readOfferConfig,
	exportConfig: exportOffer,
	open: openOffer,
	answerCase,
});
