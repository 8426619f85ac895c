import { describe, expect, it } from 'vitest';
import { drop } from '#programs/drop/program.ts';
import { CONFIRMED } from '#programs/drop/studies/health-study.ts';
import { numbers, tableOf, texts, vectors, type ScenarioContent } from '#programs/tables.ts';
import { withColumns, withRows } from '../filter-rows.ts';

const options = { cities: 2, users: 500, brands: 12, contracts: 20, historyWeeks: 4, supplyPerUser: 1.2 };
const market = drop.generator!.generate({ ...options }, 5);

function healthOf(content: ScenarioContent, settings = {}) {
	const { checks = [], notices, tables } = drop.open(content).study('health', settings, {});
	const broken = checks.filter(({ state }) => state !== 'fine').map(({ id, state }) => `${id} ${state}`);
	return { broken, verdict: notices[0].message, proofs: checks.map(({ proof }) => proof), checks, tables };
}

const runs = tableOf(market, 'recommender_run');
const runIds = texts(runs, 'id') as string[];
const trainedAt = numbers(runs, 'trained_at');
const completed = runIds.filter((_, r) => texts(runs, 'status')[r] === 'completed');
const [before, newest] = completed.slice(-2);

/** The marketplace with the affinities of one run changed, user by user. */
function withAffinities(
	run: string,
	change: (own: Float32Array, row: number) => Float32Array,
): ScenarioContent {
	const table = tableOf(market, 'affinity_vector');
	const [runOf, { data, start }] = [texts(table, 'run_id'), vectors(table, 'brand_values')];
	const copy = data.slice();
	for (let row = 0; row < table.rowCount; row++)
		if (runOf[row] === run) copy.set(change(data.slice(start[row], start[row + 1]), row), start[row]);
	return withColumns(market, 'affinity_vector', { brand_values: { data: copy, start } });
}

describe('recommender health', () => {
	it('confirms the recommender end to end in a marketplace where all of it holds, and says so word for word', () => {
		const { broken, verdict, proofs } = healthOf(market);
		expect({ broken, verdict }).toEqual({ broken: [], verdict: CONFIRMED });
		expect(CONFIRMED).toBe('the recommender is confirmed working end to end');
		expect(proofs[3]).toContain('(Spearman)');
		expect(proofs[4]).toMatch(/^Drop d04: run \w+, the newest completed then, gives (\d+) of \1 logged points/);
	});

	it('doubts freshness by age, by the lever, and when a later training failed', () => {
		expect(healthOf({ ...market, now: '2026-03-30T15:00:00Z' }).broken).toContain('freshness over');
		expect(healthOf(market, { recommender: { maxAgeDays: 0.5 } })).toMatchObject({ broken: ['freshness over'], verdict: 'not confirmed: freshness' });
		const status = texts(runs, 'status').map((each, r) => (runIds[r] === newest ? 'failed' : each));
		const failed = healthOf(withColumns(market, 'recommender_run', { status }));
		expect(failed.broken).toContain('freshness over');
		expect(failed.proofs[0]).toContain('2 trainings have failed since.');
	});

	it('doubts coverage when users are missing from the newest run', () => {
		const table = tableOf(market, 'affinity_vector');
		const runOf = texts(table, 'run_id');
		const half = withRows(market, 'affinity_vector', (row) => runOf[row] !== newest || row % 2 === 0);
		expect(healthOf(half).broken).toContain('coverage over');
		expect(healthOf(half).verdict).toMatch(/^not confirmed: coverage/);
	});

	it('doubts agreement when the newest run repeats the one before, or shuffles it', () => {
		const table = tableOf(market, 'affinity_vector');
		const [runOf, userOf, { data, start }] = [texts(table, 'run_id'), texts(table, 'user_id'), vectors(table, 'brand_values')];
		const old = new Map(userOf.flatMap((user, row) => (runOf[row] === before ? [[user, data.slice(start[row], start[row + 1])] as const] : [])));
		const copied = healthOf(withAffinities(newest, (own, row) => old.get(userOf[row]) ?? own.fill(NaN)));
		expect(copied.broken).toContain('agreement over');
		expect(copied.proofs[3]).toContain('nothing was learnt');
		const reversed = healthOf(withAffinities(newest, (own) => own.map((value) => 1 - value)));
		expect(reversed.broken).toContain('agreement over');
	});

	it('doubts calibration when greater affinity was selected less often', () => {
		const drops = tableOf(market, 'drop');
		const at = numbers(drops, 'scheduled_at')[drops.rowCount - 1];
		const used = completed.filter((id) => trainedAt[runIds.indexOf(id)] <= at).slice(-1)[0];
		const turned = healthOf(withAffinities(used, (own) => own.map((value) => 1 - value)));
		expect(turned.broken.some((each) => /^calibration (over|close)$/.test(each))).toBe(true);
	});

	it('doubts that the newest run was used when logged points follow from another one', () => {
		const logged = tableOf(market, 'assignment');
		const points = numbers(logged, 'points').map((each) => Math.min(1_000_000, each + 1));
		expect(healthOf(withColumns(market, 'assignment', { points })).broken).toEqual(['usage over']);
		const none = healthOf(withColumns(market, 'assignment', { points: points.map(() => NaN) }));
		expect(none).toMatchObject({ broken: ['usage close'], verdict: 'not confirmed: newest run used' });
	});

	it('says what is missing in a marketplace without any history', () => {
		const empty = ['assignment', 'drop'].reduce((content, table) => withRows(content, table, () => false), market);
		const { broken, proofs } = healthOf(empty);
		expect(broken).toEqual(['calibration close', 'usage close']);
		expect(proofs[4]).toBe('No completed Drop has a log.');
	});
}); // prettier-ignore
