import type { SavedQuery } from '../program.ts';

/** The questions most often asked of a Drop's data, on its tables and on the result of the draft. */
export const dropQueries: readonly SavedQuery[] = [
	{
		title: 'Who gets nothing, by city',
		sql: `select group_label as city, count(*) as users
from result_person
where state = 'nobody'
group by city
order by users desc`,
	},
	{
		title: 'Rewards per brand in this Drop',
		sql: `select brand.name as brand, result_item.kind, count(*) as rewards
from result_item
join contract on contract.id = result_item.item
join brand on brand.id = contract.brand_id
group by brand.id, result_item.kind
order by rewards desc`,
	},
	{
		title: 'Contracts that nobody holds',
		sql: `select contract.id, brand.name as brand, contract.kind, contract.supply
from contract
join brand on brand.id = contract.brand_id
left join result_item on result_item.item = contract.id
where result_item.item is null
order by contract.supply desc`,
	},
	{
		title: 'Supply used so far, by contract',
		sql: `select contract.id, contract.supply, count(assignment.converted_at) as conversions,
	round(1.0 * count(assignment.converted_at) / max(contract.supply, 1), 3) as used
from contract
left join assignment on assignment.contract_id = contract.id
group by contract.id
order by used desc`,
	},
	{
		title: 'Sponsorship ratio of past Drops, by assignments and by selections',
		sql: `select drop_id, round(avg(contract.kind = 'sponsored'), 3) as by_assignments,
	round(avg(case when selected_at is not null then contract.kind = 'sponsored' end), 3) as by_selections
from assignment
join contract on contract.id = assignment.contract_id
group by drop_id
order by drop_id`,
	},
	{
		title: 'Selection and conversion rates by brand',
		sql: `select brand.name as brand, count(*) as assignments,
	round(1.0 * count(selected_at) / count(*), 3) as selected,
	round(1.0 * count(converted_at) / max(count(selected_at), 1), 3) as converted
from assignment
join contract on contract.id = assignment.contract_id
join brand on brand.id = contract.brand_id
group by brand.id
order by assignments desc`,
	},
	{
		title: 'Brands that users reject most',
		sql: `select brand.name as brand, count(rejected_at) as rejections, round(1.0 * count(rejected_at) / count(*), 3) as share
from assignment
join contract on contract.id = assignment.contract_id
join brand on brand.id = contract.brand_id
group by brand.id
order by share desc`,
	},
	{
		title: 'Users who have not opened the app for four weeks',
		sql: `select user.id, user.city_id, max(app_open.opened_at) as last_open
from user
left join app_open on app_open.user_id = user.id
group by user.id
having last_open is null or julianday((select now from scenario)) - julianday(last_open) > 28
order by last_open`,
	},
	{
		title: 'Contracts that end within two weeks',
		sql: `select contract.id, brand.name as brand, contract.kind, contract.ends_at
from contract
join brand on brand.id = contract.brand_id
where julianday(contract.ends_at) - julianday((select now from scenario)) between 0 and 14
order by contract.ends_at`,
	},
	{
		title: 'Recommender runs, newest first',
		sql: `select id, model, trained_at, status
from recommender_run
order by trained_at desc`,
	},
];
