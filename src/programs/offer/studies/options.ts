import { z } from 'zod';
import { lever } from '../../levers.ts';
import { plannedOffer } from '../levers.ts';
import { MOST_CENTS, MOST_DAYS } from '../read-event.ts';

const replicates = lever(z.int().min(2).max(1000).default(20), {
	title: 'Worlds per candidate',
	help: 'Each world has its own luck, the same for every candidate.',
	unit: 'count',
	front: true,
});

const days = (value: number, title: string, help: string) =>
	lever(z.int().min(1).max(MOST_DAYS).default(value), { title, help, unit: 'days' });

export const replicatesOptions = z.strictObject({
	candidates: lever(z.array(plannedOffer).max(20).default([]), {
		title: 'Candidates',
		help: 'Offers that each get a world of their own, from the start; none means the offers of the plan, or of the timeline.',
		unit: 'none',
		item: ['offer', 'offers'],
		front: true,
	}),
	hasControl: lever(z.boolean().default(true), {
		title: 'With a control',
		help: 'Adds a world in which only the default offers exist, as the first candidate.',
		unit: 'switch',
	}),
	replicates,
});

export const scheduleOptions = z.strictObject({
	first: lever(z.string().default(''), {
		title: 'First offer',
		help: 'Id of the offer of the plan that runs first; empty is the first of the plan.',
		unit: 'none',
		front: true,
	}),
	second: lever(z.string().default(''), {
		title: 'Second offer',
		help: 'Id of the offer that replaces it; empty is the next of the plan.',
		unit: 'none',
		front: true,
	}),
	switchAfterDays: days(60, 'Switch after', 'Days from the start until the second offer replaces the first.'),
	replicates,
});

const centsList = (value: number[], title: string, help: string) =>
	lever(z.array(z.int().min(0).max(MOST_CENTS)).min(1).max(12).default(value), { title, help, unit: 'none' });

export const searchOptions = z.strictObject({
	objective: lever(z.enum(['paidAccounts', 'netCents', 'referralsMade']).default('paidAccounts'), {
		title: 'Objective',
		help: 'What to have most of.',
		unit: 'choice',
		choiceLabels: { paidAccounts: 'paid accounts', netCents: 'net', referralsMade: 'referrals made' },
		front: true,
	}),
	inviteeCents: centsList([0, 500, 1000, 2000], 'Give', 'Sign-up credits to try, in cents.'),
	awardCents: centsList([0, 500, 1000, 2000], 'Get', 'Awards to try, in cents.'),
	inviteeDurationDays: days(30, 'Life of the sign-up credit', 'The same for every offer tried.'),
	awardDurationDays: days(180, 'Life of the award', 'The same for every offer tried.'),
	costPerPaidAccountLimit: lever(z.number().min(0).nullable().default(null), {
		title: 'Most cost per paid account',
		help: 'Offers above it are not chosen; empty is no limit.',
		unit: 'cents',
	}),
	earnedLimit: lever(z.number().min(0).nullable().default(null), {
		title: 'Most credit given',
		help: 'Offers that give more in the mean are not chosen; empty is no limit.',
		unit: 'cents',
	}),
	replicates,
});

export const statementOptions = z.strictObject({
	user: lever(z.string().default(''), {
		title: 'Account',
		help: 'Id of the account; empty is the first that has credit left.',
		unit: 'none',
		front: true,
	}),
	at: lever(z.string().nullable().default(null), {
		title: 'On',
		help: 'Instant at which it looks, such as 2019-07-24T09:30:00Z; empty is the end of the timeline.',
		unit: 'none',
		front: true,
	}),
	linkBase: lever(z.string().max(500).default('https://example.com/register?referral='), {
		title: 'Start of the link',
		help: 'What referral links begin with; the account follows.',
		unit: 'none',
	}),
});

export const feedOptions = z.strictObject({
	lowShare: lever(z.number().min(0).max(1).default(0.2), {
		title: 'Low credit below',
		help: 'Part of the credit that came, below which credit counts as low.',
		unit: 'ratio',
		step: 0.05,
	}),
	soonDays: days(3, 'Warn before an end', 'Days before credit expires that a warning goes out.'),
});

export const fitOptions = z.strictObject({
	inviteSlots: lever(z.int().min(1).max(20).default(3), {
		title: 'Friends to invite',
		help: 'How many friends an account could invite: what sent invites are counted against.',
		unit: 'count',
	}),
});
