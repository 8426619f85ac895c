import { inputError, InputError, type Issue } from '../input-error.ts';
import { parseInstant } from '../instant.ts';
import { ids, numbers, tableOf, texts, type ScenarioContent, type TableSpec } from '../tables.ts';
import { indexEvents, marketKey, type ReferralDataset } from './dataset.ts';
import { readEditions, type EditionSet } from './read-editions.ts';
import { readResults, type ResultSet } from './read-results.ts';
import { readAddress, readAmount } from './rule-fields.ts';

/** What a referral scenario holds: editions as they would stand in a file, and events that belong to none. */
export const referralTables: readonly TableSpec[] = [
	{
		name: 'edition',
		title: 'Editions',
		key: ['position'],
		columns: [
			{ name: 'position', kind: 'integer', min: 0, help: 'place of the edition in its set' },
			{
				name: 'document',
				kind: 'json',
				help: 'the edition, of whatever type: slug, displayName and rules; its text is kept',
			},
		],
	},
	{
		name: 'result',
		title: 'Imported results',
		key: ['position'],
		optional: true,
		columns: [
			{ name: 'position', kind: 'integer', min: 0, help: 'place of the result in its list' },
			{
				name: 'document',
				kind: 'json',
				help: 'a leaderboard page or a referrer’s figures that another program computed; its text is kept',
			},
		],
	},
	{
		name: 'event',
		title: 'Referral events',
		key: ['id'],
		columns: [
			{ name: 'id', kind: 'id', help: 'unique; gives the order inside one second' },
			{ name: 'at', kind: 'time', help: 'when it happened, to the second' },
			{ name: 'referrer', kind: 'text', nullable: true, help: '0x and 40 hex digits; empty for nobody' },
			{ name: 'duration_seconds', kind: 'integer', min: 0, help: 'seconds that the referral bought' },
			{
				name: 'revenue_wei',
				kind: 'text',
				nullable: true,
				help: 'what the customer paid in wei, digits; empty counts as 0',
			},
			{
				name: 'chain_id',
				kind: 'integer',
				nullable: true,
				min: 1,
				help: 'market of the event; empty is the edition’s own',
			},
			{
				name: 'registry',
				kind: 'text',
				nullable: true,
				help: 'address of the market; empty is the edition’s own',
			},
			{ name: 'extra', kind: 'json', nullable: true, help: 'further fields, carried into the accounting' },
		],
	},
];

/** The editions of a scenario, in the order of their positions; bad ones are set aside. */
export function readEditionTable(content: ScenarioContent): EditionSet {
	const sources = documentsOf(content, 'edition');
	return readEditions(
		sources.map((source): unknown => JSON.parse(source)),
		sources,
	);
}

/** The imported results of a scenario, in the order of their positions; bad ones are set aside. */
export function readResultTable(content: ScenarioContent): ResultSet {
	const sources = documentsOf(content, 'result');
	return readResults(
		sources.map((source): unknown => JSON.parse(source)),
		sources,
	);
}

/** The documents of a table of texts, by position. */
function documentsOf(content: ScenarioContent, name: 'edition' | 'result'): string[] {
	const table = tableOf(content, name);
	const positions = numbers(table, 'position');
	const documents = ids(table, 'document');
	return Array.from(positions.keys())
		.sort((a, b) => positions[a] - positions[b])
		.map((row) => documents[row]);
}

/** The events of a scenario. Throws `InputError` with every bad row, by the codes of the spec. */
export function readEventTable(content: ScenarioContent): ReferralDataset {
	const table = tableOf(content, 'event');
	const id = ids(table, 'id');
	const [at, duration, chainId] = [
		numbers(table, 'at'),
		numbers(table, 'duration_seconds'),
		numbers(table, 'chain_id'),
	];
	const [referrers, wei, registry] = [
		texts(table, 'referrer'),
		texts(table, 'revenue_wei'),
		texts(table, 'registry'),
	];

	const issues: Issue[] = [];
	const add = (row: number, column: string, code: string, value: unknown, must: string) => {
		issues.push({
			at: `event, row ${row + 1} (${id[row]}), ${column}`,
			message: `invalid: ${String(value)}; must be ${must}`,
			code,
		});
	};
	// a few thousand addresses and amounts come many times over
	const known = new Map<string, string | null>();
	const time = new Float64Array(table.rowCount);
	const referrer = new Array<string | null>(table.rowCount).fill(null);
	const revenue = new Array<bigint>(table.rowCount).fill(0n);
	const market = new Array<string | null>(table.rowCount).fill(null);
	for (let row = 0; row < table.rowCount; row++) {
		time[row] = at[row] / 1000;
		if (!Number.isInteger(time[row])) add(row, 'at', 'event.timestamp.invalid', time[row], 'a whole second');

		const text = referrers[row];
		if (text !== null) {
			let address = known.get(text);
			if (address === undefined) known.set(text, (address = readAddress(text)));
			if (address === null)
				add(row, 'referrer', 'event.referrer.invalid', text, '0x and 40 hex digits, or empty');
			referrer[row] = address;
		}

		const amount = wei[row];
		if (amount !== null && amount !== '0') {
			const read = readAmount(amount);
			if (read === null) add(row, 'revenue_wei', 'event.revenue.invalid', amount, 'digits, or empty');
			revenue[row] = read ?? 0n;
		}

		const place = registry[row];
		if (place !== null || !Number.isNaN(chainId[row])) {
			const address = readAddress(place);
			if (address === null || Number.isNaN(chainId[row])) {
				add(
					row,
					'registry',
					'event.subregistry.invalid',
					place,
					'an address beside a chain id, or both empty',
				);
			} else market[row] = marketKey({ chainId: chainId[row], address });
		}
	}
	if (issues.length > 0) throw new InputError(issues);
	return indexEvents({ id, time, referrer, duration, revenue, market });
}

/** The as-of time of a scenario in whole Unix seconds. */
export function nowSeconds(content: ScenarioContent): number {
	const now = parseInstant(content.now);
	if (now === null) {
		throw inputError(
			'now',
			`invalid time: ${content.now}; must be such as 2026-03-15T00:00:00Z`,
			'import.value',
		);
	}
	return Math.floor(now / 1000);
}
