import type { ColumnSpec, TableSpec } from '../tables.ts';

/** The Drop's tables (spec section 1). Times are UTC, money is cents, affinities are probabilities. */

const id: ColumnSpec = { name: 'id', kind: 'id', help: 'external id, unique in the table' };

function reference(name: string, table: string): ColumnSpec {
	return { name, kind: 'id', references: table, help: `id of a row of ${table}` };
}

function latitude(): ColumnSpec {
	return { name: 'latitude', kind: 'real', min: -90, max: 90, help: 'degrees, WGS 84' };
}

function longitude(): ColumnSpec {
	return { name: 'longitude', kind: 'real', min: -180, max: 180, help: 'degrees, WGS 84' };
}

function time(name: string, help: string, nullable = false): ColumnSpec {
	return { name, kind: 'time', nullable, help };
}

function flag(name: string, help: string): ColumnSpec {
	return { name, kind: 'boolean', help };
}

const MOST_CENTS = 1_000_000_000;
const MOST_SUPPLY = 1_000_000_000;
const MOST_DAYS = 100_000;

const contractColumns: readonly ColumnSpec[] = [
	id,
	reference('brand_id', 'brand'),
	{
		name: 'kind',
		kind: 'text',
		values: ['sponsored', 'growth'],
		help: 'sponsored: the brand pays per conversion',
	},
	{ name: 'reward_cents', kind: 'integer', min: 0, max: MOST_CENTS, help: 'what the consumer gets' },
	{
		name: 'price_cents',
		kind: 'integer',
		min: 0,
		max: MOST_CENTS,
		help: 'what the brand pays per conversion; 0 for growth',
	},
	{ name: 'supply', kind: 'integer', min: 0, max: MOST_SUPPLY, help: 'most conversions over the period' },
	time('starts_at', 'first moment of the period'),
	time('ends_at', 'first moment after the period'),
	flag('is_drop', 'is it offered in Drops'),
	flag('is_onboarding', 'is it kept for onboarding'),
	flag('monthly', 'does it roll over at the end of the month'),
	{
		name: 'min_account_age_days',
		kind: 'integer',
		nullable: true,
		min: 0,
		max: MOST_DAYS,
		help: 'youngest account, whole days',
	},
	{
		name: 'max_account_age_days',
		kind: 'integer',
		nullable: true,
		min: 0,
		max: MOST_DAYS,
		help: 'oldest account, whole days',
	},
	flag('new_customers_only', 'only users who never converted at the brand'),
	flag('once_per_user', 'at most one conversion per user, counted with the contract it was rolled over from'),
	{
		name: 'rolled_over_from',
		kind: 'id',
		references: 'contract',
		nullable: true,
		help: 'the same contract of the month before',
	},
];

const userBrandValue: readonly ColumnSpec[] = [
	reference('run_id', 'recommender_run'),
	reference('user_id', 'user'),
	reference('brand_id', 'brand'),
	{ name: 'value', kind: 'real', min: 0, max: 1, help: 'probability' },
];

/** One packed row per run and user: a probability per brand, in id order, NaN for none. */
const userVector: readonly ColumnSpec[] = [
	reference('run_id', 'recommender_run'),
	reference('user_id', 'user'),
	{
		name: 'brand_values',
		kind: 'vector',
		min: 0,
		max: 1,
		help: 'float32 per brand in order of brand id, NaN for none',
	},
];

/** Every table of a Drop scenario, parents before children. */
export const dropTables: readonly TableSpec[] = [
	{
		name: 'city',
		title: 'Cities',
		columns: [id, { name: 'name', kind: 'text', help: 'name for people' }, latitude(), longitude()],
		key: ['id'],
	},
	{
		name: 'brand',
		title: 'Brands',
		columns: [
			id,
			{ name: 'name', kind: 'text', help: 'name for people' },
			{ name: 'category', kind: 'text', help: 'such as coffee' },
		],
		key: ['id'],
	},
	{
		name: 'location',
		title: 'Locations',
		columns: [reference('brand_id', 'brand'), reference('city_id', 'city'), latitude(), longitude()],
		key: ['brand_id', 'city_id', 'latitude', 'longitude'],
		isSet: true, // two doors at one point are as near as one
	},
	{
		name: 'contract',
		title: 'Contracts',
		columns: contractColumns,
		key: ['id'],
		checks: [
			{
				rule: 'ends_at must be after starts_at',
				column: 'ends_at',
				holds: (row) => Number(row.ends_at) > Number(row.starts_at),
			},
			{
				rule: 'max_account_age_days must not be below min_account_age_days',
				column: 'max_account_age_days',
				holds: (row) =>
					row.min_account_age_days === null ||
					row.max_account_age_days === null ||
					Number(row.max_account_age_days) >= Number(row.min_account_age_days),
			},
		],
	},
	{
		name: 'contract_city',
		title: 'Cities of contracts',
		columns: [reference('contract_id', 'contract'), reference('city_id', 'city')],
		key: ['contract_id', 'city_id'],
	},
	{
		name: 'user',
		title: 'Users',
		columns: [
			id,
			reference('city_id', 'city'),
			latitude(),
			longitude(),
			time('created_at', 'when the account was made'),
			{ name: 'status', kind: 'text', values: ['active', 'blocked'], help: 'blocked users get nothing' },
		],
		key: ['id'],
	},
	{
		name: 'app_open',
		title: 'App opens',
		columns: [reference('user_id', 'user'), time('opened_at', 'when the app was opened')],
		key: ['user_id', 'opened_at'],
		isSet: true, // only the newest counts
		optional: true,
	},
	{
		name: 'recommender_run',
		title: 'Recommender runs',
		columns: [
			id,
			{ name: 'model', kind: 'text', help: 'name of the model' },
			time('trained_at', 'when training ended'),
			{
				name: 'status',
				kind: 'text',
				values: ['completed', 'failed'],
				help: 'only completed runs are used',
			},
		],
		key: ['id'],
	},
	{
		name: 'affinity',
		title: 'Affinities',
		columns: userBrandValue,
		key: ['run_id', 'user_id', 'brand_id'],
		optional: true,
	},
	{
		name: 'affinity_vector',
		title: 'Affinities, packed',
		columns: userVector,
		key: ['run_id', 'user_id'],
		optional: true,
	},
	{
		name: 'best_customer',
		title: 'Best customers',
		columns: userBrandValue,
		key: ['run_id', 'user_id', 'brand_id'],
		optional: true,
	},
	{
		name: 'best_customer_vector',
		title: 'Best customers, packed',
		columns: userVector,
		key: ['run_id', 'user_id'],
		optional: true,
	},
	{
		name: 'drop',
		title: 'Drops',
		columns: [
			id,
			time('scheduled_at', 'the moment it is evaluated at'),
			time('started_at', 'when it started', true),
			time('completed_at', 'when it completed', true),
			{
				name: 'status',
				kind: 'text',
				values: ['scheduled', 'running', 'completed', 'interrupted'],
				help: 'where it stands',
			},
			{ name: 'seed', kind: 'integer', nullable: true, min: 0, max: 4_294_967_295, help: 'uint32' },
			{ name: 'config', kind: 'json', nullable: true, help: 'the configuration it used' },
		],
		key: ['id'],
		optional: true,
	},
	{
		name: 'assignment',
		title: 'Assignments',
		columns: [
			reference('drop_id', 'drop'),
			reference('user_id', 'user'),
			reference('contract_id', 'contract'),
			{ name: 'slot', kind: 'integer', min: 1, max: 1000, help: 'place on the user’s list, from 1' },
			{
				name: 'points',
				kind: 'integer',
				nullable: true,
				min: 0,
				max: 1_000_000,
				help: 'millionths of the score',
			},
			{
				name: 'propensity',
				kind: 'real',
				nullable: true,
				min: 0,
				max: 1,
				help: 'chance of this pick; empty when it was not random',
			},
			time('assigned_at', 'when it was assigned'),
			time('selected_at', 'when the user picked it', true),
			time('converted_at', 'when the token was used', true),
			time('rejected_at', 'when the user said no', true),
			time('token_expired_at', 'when the token expired', true),
		],
		key: ['drop_id', 'user_id', 'contract_id'],
		optional: true,
	},
];
