import type { ColumnSpec, TableSpec } from '../tables.ts';

function id(name: string, help: string): ColumnSpec {
	return { name, kind: 'id', nullable: true, help };
}

function whole(name: string, help: string): ColumnSpec {
	return { name, kind: 'integer', nullable: true, help };
}

function text(name: string, help: string): ColumnSpec {
	return { name, kind: 'text', nullable: true, help };
}

/**
 * Tables of a recorded timeline. Columns of `event` are the fields of spec section 9 by their names there; what
 * an event's own rules refuse is no import error but a refusal of the run, as the spec has it.
 */
export const offerTables: readonly TableSpec[] = [
	{
		name: 'event',
		title: 'Events',
		key: ['seq'],
		columns: [
			{ name: 'seq', kind: 'integer', min: 0, help: 'order of events of one instant; the position in the file' },
			{ name: 'kind', kind: 'text', help: 'OFFER_CREATE, OFFER_STOP, SIGNUP, INVITE_SENT, PROJECT_CREATE, USAGE, INVOICE_ISSUE, INVOICE_PAY, INVOICE_FAIL or INVOICE_VOID' },
			{ name: 'at', kind: 'time', help: 'when it happened' },
			id('offer', 'offer created or stopped'),
			text('type', 'FREE_CREDIT or REFERRAL'),
			text('status', 'ACTIVE or DEFAULT'),
			whole('inviteeCents', 'credit of the new account'),
			whole('inviteeDurationDays', 'its life in days'),
			whole('awardCents', 'credit of the referrer; empty is 0'),
			whole('awardDurationDays', 'its life in days'),
			whole('redeemableCap', 'most redemptions; empty is unlimited'),
			{ name: 'expiresAt', kind: 'time', nullable: true, help: 'when the offer ends by itself; empty is never' },
			id('user', 'account: registering, inviting, creating, billed'),
			id('referrer', 'account whose link was used; empty is no link'),
			id('project', 'project created or charged'),
			whole('cents', 'usage charged'),
			whole('count', 'invites sent; empty is 1'),
			id('invoice', 'invoice issued, paid, failed or written off'),
			text('name', 'not used'),
			text('description', 'not used'),
		],
	},
	{
		name: 'period',
		title: 'Period',
		key: ['startsAt'],
		optional: true,
		columns: [{ name: 'startsAt', kind: 'time', help: 'start of the timeline, one row; without it, the first event' }],
	},
	{
		name: 'probe',
		title: 'Probes',
		key: ['seq'],
		optional: true,
		columns: [
			{ name: 'seq', kind: 'integer', min: 0, help: 'order of the probes' },
			{ name: 'at', kind: 'time', help: 'when to read the state, after every event up to then' },
			id('user', 'account whose credit to read; empty for the offers and the ledger alone'),
		],
	},
	{
		name: 'account',
		title: 'Accounts',
		key: ['id'],
		optional: true,
		columns: [
			{ name: 'id', kind: 'id', help: 'account, as events name it' },
			{ name: 'label', kind: 'text', nullable: true, help: 'what to call it' },
			{ name: 'doNotTrack', kind: 'boolean', fallback: false, help: 'asked to be left out of event feeds' },
		],
	},
]; // prettier-ignore
