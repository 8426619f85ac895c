import { describe, expect, it } from 'vitest';
import { drop } from '#programs/drop/program.ts';
import { valueAt, type Config } from '#programs/levers.ts';
import { runPoint, type PointResult } from '#programs/sweep/run-point.ts';
import { Runner } from '#workers/runner.ts';
import { leversAt } from '../../../src/ui/lever-list.ts';
import { openPointStore, type PointStore } from '../../../src/ui/explore/point-store.ts';
import { Sweep } from '../../../src/ui/explore/sweep.svelte.ts';
import type { Workbench } from '../../../src/ui/workbench.svelte.ts';

const generator = drop.generator;
if (!generator) throw new Error('the Drop has a generator');
const content = generator.generate({ cities: 2, users: 200, brands: 8, contracts: 12, historyWeeks: 2 }, 3);
const live = drop.readConfig({}).config;

/** A workbench as far as a sweep needs one, whose only worker counts its runs. */
function makeBench(digest = 'd1') {
	const open = drop.open(content);
	const ran: Config[] = [];
	/** those among them that the worker of the draft was asked for */
	const between: Config[] = [];
	const api = {
		point: (config: Config) => {
			ran.push(config);
			return { ok: true, value: runPoint(drop, open, config) };
		},
	};
	const bench = {
		program: { id: 'drop', levers: drop.levers },
		scenario: { digest },
		scenarioKey: 'drop/small',
		edits: [],
		draft: live,
		live,
		levers: leversAt(drop.levers, open.subjects),
		report: open.run(live),
		ask: async (question: (of: typeof api) => unknown) => {
			// as across a thread: an answer never comes at once
			await new Promise((resolve) => setTimeout(resolve));
			return question(api);
		},
		run: { phase: 'idle' },
		pointBetweenRuns: async (config: Config) => {
			await new Promise((resolve) => setTimeout(resolve));
			between.push(config);
			return api.point(config);
		},
		makeRunner: () => new Runner(() => { throw new Error('no further worker here'); }, Promise.resolve(new Uint8Array())), // prettier-ignore
		openAside: () => new Promise(() => undefined),
	};
	return { bench: bench as unknown as Workbench, ran, between };
}

function makeStore(): PointStore & { readonly points: Map<string, PointResult> } {
	const points = new Map<string, PointResult>();
	const sweeps = new Map<string, Awaited<ReturnType<PointStore['loadSweep']>>>();
	return {
		points,
		load: (keys) => Promise.resolve(new Map(keys.flatMap((key) => { const kept = points.get(key); return kept ? [[key, kept] as const] : []; }))), // prettier-ignore
		save: (key, result) => Promise.resolve(points.set(key, result).size > 0),
		prune: () => Promise.resolve(),
		loadSweep: (lab) => Promise.resolve(sweeps.get(lab) ?? null),
		saveSweep: (lab, kept) => Promise.resolve(sweeps.set(lab, kept).size > 0),
	};
}

const TWO = { kind: 'two', first: 'sponsorship.ratio', second: 'cutoff.bottomShare', steps: 3 } as const;

function effectiveRatio(): unknown {
	return valueAt(live, 'sponsorship.ratio');
}

/** Waits until `isTrue` holds. */
async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a sweep', () => {
	it('runs each point once, and only the new ones when points are added', async () => {
		const { bench, ran } = makeBench();
		const sweep = new Sweep(bench, makeStore(), 'v1');
		await sweep.open();
		sweep.change(TWO);
		await sweep.run();
		expect([sweep.phase, sweep.left]).toEqual(['done', 0]);
		// nine cells and production
		expect(ran).toHaveLength(10);

		// five values hold the three: sixteen cells are new
		sweep.change({ steps: 5 });
		await sweep.run();
		expect(ran).toHaveLength(10 + 16);

		await sweep.run();
		expect(ran).toHaveLength(26);
	});

	it('goes on after a reload where it was paused, and computes no finished point again', async () => {
		const store = makeStore();
		const before = makeBench();
		const first = new Sweep(before.bench, store, 'v1');
		await first.open();
		first.change(TWO);
		const running = first.run();
		await until(() => before.ran.length >= 4);
		first.pause();
		await running;
		const finished = before.ran.length;
		expect(finished).toBeLessThan(10);

		const after = makeBench();
		const second = new Sweep(after.bench, store, 'v1');
		await second.open();
		expect(second.setup).toMatchObject(TWO);
		expect([second.phase, second.left]).toEqual(['paused', 10 - store.points.size]);
		await second.resume();
		expect(second.phase).toBe('done');
		expect(after.ran.length).toBe(10 - finished);
	});

	it('takes production and draft as they are on screen for points', async () => {
		const { bench, ran } = makeBench();
		const result = { report: drop.open(content).run(live) };
		Object.assign(bench, { production: result, result, isCurrent: true });
		const sweep = new Sweep(bench, makeStore(), 'v1');
		await sweep.open();
		const ratio = Number(effectiveRatio());
		sweep.change({ kind: 'one', first: 'sponsorship.ratio', steps: 3, ranges: { 'sponsorship.ratio': [ratio - 0.1, ratio + 0.1] }, seeds: { one: 1, two: 1, many: 1 } }); // prettier-ignore
		await sweep.run();
		// the middle one is the draft, which is production
		expect(ran).toHaveLength(2);
		const shown = sweep.plan?.points.map(({ runs }) => sweep.resultsOf(runs)[0]);
		const own = drop.open(content);
		expect(shown).toEqual(sweep.plan?.points.map(({ config }) => runPoint(drop, own, config)));
	});

	it('begins on the worker of the draft, which is warm, and leaves it as soon as another has given a point', async () => {
		const { bench, ran, between } = makeBench();
		const sweep = new Sweep(bench, makeStore(), 'v1');
		await sweep.open();
		sweep.change(TWO);
		await sweep.run();
		expect(ran).toHaveLength(10);
		expect(between.length).toBeGreaterThan(0);
		expect(between.length).toBeLessThan(4);

		const busy = makeBench();
		Object.assign(busy.bench, { run: { phase: 'running' } });
		const other = new Sweep(busy.bench, makeStore(), 'v1');
		await other.open();
		other.change(TWO);
		await other.run();
		expect([busy.ran.length, busy.between.length]).toEqual([10, 0]);
	});

	it('computes anew for other data and another engine', async () => {
		const store = makeStore();
		for (const [digest, engine] of [
			['d1', 'v1'],
			['d2', 'v1'],
			['d1', 'v2'],
			['d1', 'v1'],
		] as const) {
			// prettier-ignore
			const { bench, ran } = makeBench(digest);
			const sweep = new Sweep(bench, store, engine);
			await sweep.open();
			sweep.change(TWO);
			await sweep.run();
			const isSeen = store.points.size === 30 && ran.length === 0;
			expect(isSeen || ran.length === 10).toBe(true);
		}
		expect(store.points.size).toBe(30);
	});

	it('keeps no result of data that was opened meanwhile', async () => {
		const { bench, ran } = makeBench();
		const store = makeStore();
		const sweep = new Sweep(bench, store, 'v1');
		await sweep.open();
		sweep.change(TWO);
		const running = sweep.run();
		await until(() => ran.length >= 2);
		const kept = store.points.size;
		Object.assign(bench, { scenarioKey: 'drop/other', scenario: { digest: 'other' } });
		await running;
		expect(store.points.size).toBe(kept);
		expect(sweep.trouble).toContain('the data changed');
	});

	it('says so and goes on when storage takes no more points', async () => {
		const { bench, ran } = makeBench();
		const sweep = new Sweep(bench, { ...makeStore(), save: () => Promise.resolve(false) }, 'v1');
		await sweep.open();
		sweep.change(TWO);
		await sweep.run();
		expect([sweep.phase, sweep.isNotKept]).toEqual(['done', true]);
		await sweep.run();
		expect(ran).toHaveLength(10);
	});

	it('finds what binds a lever without effect', async () => {
		const { bench } = makeBench();
		const sweep = new Sweep(bench, makeStore(), 'v1');
		await sweep.open();
		sweep.change({ kind: 'one', first: 'supply.risk', steps: 3, seeds: { one: 1, two: 1, many: 1 } });
		await sweep.run();
		if (!sweep.plan) throw new Error('it has run');
		await sweep.findBinding(sweep.plan.axes[0]);
		expect(sweep.bindings.get('supply.risk')).toMatchObject({
			kind: 'setting',
			trial: { path: 'supply.mode', value: 'risk' },
		});
	});
});

describe('the store of points', () => {
	it('gives back what was saved, in a later visit too, and nothing for other keys', async () => {
		const name = `points-${crypto.randomUUID()}`;
		const point = { values: { a: 1, b: null }, broken: ['Slots'], refused: '' };
		await openPointStore(name).save('k', point);
		expect(await openPointStore(name).load(['k', 'other'])).toEqual(new Map([['k', point]]));
		indexedDB.deleteDatabase(name);
	});
});
