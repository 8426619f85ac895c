import type { SavedQuery } from '../program.ts';

/** The questions most often asked of referral events. */
export const referralQueries: readonly SavedQuery[] = [
	{
		title: 'Years brought, by referrer',
		sql: `select referrer, count(*) as referrals, sum(duration_seconds) / 31556952.0 as years
from event
where referrer is not null
group by referrer
order by years desc`,
	},
	{
		title: 'How much is bought at once',
		sql: `select round(duration_seconds / 31556952.0, 2) as years, count(*) as referrals
from event
group by years
order by referrals desc`,
	},
	{
		title: 'Events that nobody is credited for',
		sql: `select id, at, duration_seconds
from event
where referrer is null
order by at`,
	},
	{
		title: 'Editions as they stand in the set',
		sql: `select position, json_extract(document, '$.slug') as slug, json_extract(document, '$.rules.dataModelType') as model
from edition
order by position`,
	},
];
