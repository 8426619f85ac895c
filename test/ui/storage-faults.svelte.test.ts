import { beforeAll, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { withValue } from '#programs/levers.ts';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';
import type { Answer, OpenedScenario, ProgramInfo, RunResult, ScenarioSource } from '#workers/protocol.ts';
import type { LibraryEntry } from '#ui/scenario-library.ts';
import type { SaveFailure, Work, WorkStore } from '#ui/work-store.ts';
import IssueBanner from '#ui/IssueBanner.svelte';
import { Workbench } from '#ui/workbench.svelte.ts';
import document from '../../scenarios/offer/a-then-b/scenario.json?raw';

const LEVER = 'seed';
const DEMO = 'offer/demo';
const demo: LibraryEntry = { key: DEMO, program: 'offer', title: 'Demo', about: '', files: [], bytes: 1 };
const bytesOf = () => new TextEncoder().encode(document);
const source: ScenarioSource = { kind: 'files', files: [{ name: 'demo.json', bytes: bytesOf() }] };

/** What a disk holds, whoever asks. */
interface Disk {
	work: Work | null;
	readonly sources: Map<string, ScenarioSource>;
}

/** A store that keeps its promises. */
function storeOn(disk: Disk): WorkStore {
	return {
		load: () => Promise.resolve(disk.work && { work: structuredClone(disk.work), isPrevious: false }),
		save: (work) => {
			if ((disk.work?.revision ?? 0) !== work.revision - 1) return Promise.resolve('conflict');
			disk.work = structuredClone(work);
			return Promise.resolve(null);
		},
		loadSource: (key) => Promise.resolve(disk.sources.get(key) ?? null),
		saveSource: (key, kept) => Promise.resolve(disk.sources.set(key, structuredClone(kept)) && null),
		removeSource: (key) => Promise.resolve(disk.sources.delete(key) ? null : null),
		listSources: () => Promise.resolve([...disk.sources.keys()]),
	};
}

/** How a call may fail: nothing is written; nothing can be read or written; or it is written, and that is not heard. */
const FAULTS = ['full', 'unavailable', 'unheard'] as const;
type Fault = (typeof FAULTS)[number];

/** The same store, whose call `failing` fails; counts calls, and keeps what was said to be saved last. */
function breakCall(store: WorkStore, failing: number, fault: Fault) {
	const seen = { calls: 0, failures: 0, saved: null as Work | null };
	const isFailing = () => seen.calls++ === failing;
	async function write(act: () => Promise<SaveFailure | null>): Promise<SaveFailure | null> {
		if (!isFailing()) return act();
		seen.failures++;
		if (fault === 'unheard') await act();
		return fault === 'full' ? 'full' : 'unavailable';
	}
	// reading from a full disk works
	const read = <T>(act: () => Promise<T>, nothing: T): Promise<T> =>
		isFailing() && fault === 'unavailable' ? Promise.resolve(nothing) : act();
	const broken: WorkStore = {
		load: () => read(() => store.load(), null),
		save: (work) =>
			write(async () => {
				const failure = await store.save(work);
				if (failure === null) seen.saved = structuredClone(work);
				return failure;
			}),
		loadSource: (key) => read(() => store.loadSource(key), null),
		saveSource: (key, kept) => write(() => store.saveSource(key, kept)),
		removeSource: (key) => write(() => store.removeSource(key)),
		listSources: () => read(() => store.listSources(), []),
	};
	return { broken, seen };
}

/** What a real worker answered once, given again at once: here it is the storage that is on trial. */
class Echo extends Runner {
	readonly #programs: readonly ProgramInfo[];
	readonly #opened: Answer<OpenedScenario>;
	readonly #result: Answer<RunResult>;

	constructor(programs: readonly ProgramInfo[], opened: Answer<OpenedScenario>, result: Answer<RunResult>) {
		super(makeRunnerWorker, Promise.resolve(new Uint8Array()));
		this.#programs = programs;
		this.#opened = opened;
		this.#result = result;
	}

	override open = () => Promise.resolve(this.#opened);
	override run = () => Promise.resolve(this.#result);
	override call: Runner['call'] = (ask) =>
		// nothing else is asked for that changes what is kept
		ask({
			describe: () => Promise.resolve(this.#programs),
			download: () => new Promise(() => undefined),
		} as never);
}

async function makeEcho(): Promise<Echo> {
	const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
	const runner = new Runner(makeRunnerWorker, wasm);
	const opened = await runner.open(source, [], () => undefined);
	const programs = await runner.call(async (api) => ({ ok: true, value: await api.describe() }));
	if (!opened.ok || !programs.ok) throw new Error('the demo was not opened');
	const { production } = opened.value;
	const result = await runner.run({ config: production, baseline: production }, () => undefined);
	runner.close();
	return new Echo(programs.value, opened, result);
}

function makeBench(store: WorkStore, runner: Runner): Workbench {
	return new Workbench({
		runner,
		scout: runner,
		store,
		listShipped: () => Promise.resolve([demo]),
		fetchShipped: () => Promise.resolve(source),
		makeRunner: () => runner,
		version: 'test',
	});
}

const change = (bench: Workbench, value: number) =>
	bench.changeDraft(withValue(bench.draft, LEVER, value), `to ${value}`);

describe('a workbench whose storage fails', () => {
	let echo: Echo;
	beforeAll(async () => {
		echo = await makeEcho();
	});

	it('loses nothing that was saved and says what is not, whichever call fails', async () => {
		const counts = { runs: 0, failures: 0, conflicts: 0 };

		/** A visit with changes, a variant, an import and another tab's save; then a second visit without faults. */
		async function visit(failing: number, fault: Fault): Promise<boolean> {
			const disk: Disk = { work: null, sources: new Map() };
			const { broken, seen } = breakCall(storeOn(disk), failing, fault);
			const bench = makeBench(broken, echo);
			let told = 0;
			const look = async () => {
				await bench.saveNow();
				if (bench.saveFailure !== null) told++;
				// a person takes what the screen offers
				if (bench.saveFailure === 'conflict') await bench.takeOver();
				if (bench.saveFailure !== null) told++;
			};
			await bench.start(null, DEMO);
			if (bench.saveFailure !== null) told++;
			await look();
			change(bench, 2);
			await look();
			bench.saveVariant('mine');
			await look();
			if (await bench.addScenario('offer', 'own', source)) {
				if (bench.saveFailure !== null) told++;
				await look();
			}
			change(bench, 3);
			await look();

			// another tab saves in between
			if (disk.work) {
				const { offer } = disk.work.labs;
				const others = {
					...offer,
					current: { ...offer.current, draft: withValue(offer.current.draft, LEVER, 9) },
				};
				disk.work = { ...disk.work, revision: disk.work.revision + 1, labs: { offer: others } };
				change(bench, 4);
				await bench.saveNow();
				const isConflict = bench.saveFailure === 'conflict';
				if (bench.saveFailure !== null) told++;
				if (isConflict) {
					counts.conflicts++;
					await bench.takeOver();
				}
				await look();
				const kept: Work = disk.work;
				if (isConflict) {
					// both are there: the other tab's as the draft, this tab's as a variant
					expect(kept.labs.offer.current.draft).toEqual(others.current.draft);
					const drafts = kept.labs.offer.variants.map(({ config }) => JSON.stringify(config));
					expect(drafts).toContain(JSON.stringify(withValue(others.current.draft, LEVER, 4)));
				}
			}
			counts.failures += seen.failures;
			if (seen.failures > 0) expect([failing, fault, told > 0]).toEqual([failing, fault, true]);

			expect(disk.work).not.toBeNull();
			expect(disk.work?.revision).toBeGreaterThanOrEqual(seen.saved?.revision ?? 0);
			const again = makeBench(storeOn(disk), echo);
			const onDisk = structuredClone(disk.work);
			await again.start(null, DEMO);
			if (again.scenarioKey === onDisk?.labs.offer.current.scenario)
				expect(again.draft).toEqual(onDisk.labs.offer.current.draft);
			else expect(again.issues).not.toEqual([]);
			expect(again.variants).toEqual(onDisk?.labs.offer.variants);
			counts.runs++;
			return seen.calls > failing;
		}

		for (const fault of FAULTS) {
			for (let n = 0; await visit(n, fault); n++)
				if (n > 100) throw new Error('it never ends without the fault');
		}
		console.log(`storage that fails: ${counts.runs} visits, ${counts.failures} writes failed and told, ${counts.conflicts} conflicts with both kept, 0 lost`); // prettier-ignore
		expect(counts.failures).toBeGreaterThan(20);
	}, 60_000);

	it('keeps variants, history and draft when a link, another lab’s file or lost data opens something else', async () => {
		const disk: Disk = { work: null, sources: new Map() };
		const first = makeBench(storeOn(disk), echo);
		await first.start(null, DEMO);
		change(first, 7);
		first.saveVariant('mine');
		await first.saveNow();
		const link = { lab: 'offer', scenario: DEMO, digest: '', settings: { [LEVER]: 5 }, without: [] };

		const linked = makeBench(storeOn(disk), echo);
		await linked.start(link, DEMO);
		await linked.saveNow();
		expect(linked.variants.map(({ name }) => name)).toEqual(['mine']);
		expect(linked.past.map(({ name }) => name)).toEqual(['to 7', 'open a link']);
		await linked.undo();
		expect(linked.draft[LEVER]).toBe(7);
		await linked.saveNow();

		// its data was never stored, or was deleted: another scenario is opened
		const { offer } = disk.work!.labs;
		disk.work = { ...disk.work!, labs: { offer: { ...offer, current: { ...offer.current, scenario: 'mine/offer/gone' } } } }; // prettier-ignore
		const bereft = makeBench(storeOn(disk), echo);
		await bereft.start(null, DEMO);
		await bereft.saveNow();
		expect(bereft.issues.map(({ at }) => at)).toEqual(['mine/offer/gone']);
		expect(disk.work.labs.offer.variants.map(({ name }) => name)).toEqual(['mine']);
		expect(disk.work.labs.offer.past.at(-1)?.state.draft[LEVER]).toBe(7);
	});

	it('works from memory where storage is forbidden, and says so', async () => {
		const refuse = () => Promise.resolve<SaveFailure>('unavailable');
		const nothing = () => Promise.resolve(null);
		const forbidden: WorkStore = { load: nothing, save: refuse, loadSource: nothing, saveSource: refuse, removeSource: refuse, listSources: () => Promise.resolve([]) }; // prettier-ignore
		const bench = makeBench(forbidden, echo);
		await bench.start(null, DEMO);
		expect(await bench.addScenario('offer', 'own', source)).toBe(true);
		change(bench, 7);
		bench.saveVariant('mine');
		await bench.saveNow();
		expect([bench.saveFailure, bench.isReadOnly, bench.result === null]).toEqual([
			'unavailable',
			false,
			false,
		]);
		await bench.undo();
		await bench.openScenario(DEMO);
		expect([bench.scenarioKey, bench.variants.length, bench.issues.length]).toEqual([DEMO, 1, 0]);
	});

	it('neither opens nor overwrites what a newer version saved, and says so', async () => {
		const saved: Work[] = [];
		const disk: Disk = { work: null, sources: new Map() };
		const store: WorkStore = {
			...storeOn(disk),
			load: () => Promise.resolve('newer'),
			save: (work) => (saved.push(work), Promise.resolve('newer')),
		};
		const bench = makeBench(store, echo);
		await bench.start(null, DEMO);
		expect(bench.scenarioKey).toBe(DEMO);
		expect(bench.saveFailure).toBe('newer');
		change(bench, 5);
		await bench.saveNow();
		expect([bench.saveFailure, disk.work]).toEqual(['newer', null]);
		await bench.takeOver();
		expect(bench.saveFailure).toBe('newer');
	});

	it('reloads for a newer version of the app once the draft is saved, and not while it cannot be', async () => {
		const disk: Disk = { work: null, sources: new Map() };
		let isFull = true;
		const store: WorkStore = {
			...storeOn(disk),
			save: (work) => (isFull ? Promise.resolve('full') : storeOn(disk).save(work)),
		};
		const bench = makeBench(store, echo);
		await bench.start(null, DEMO);
		change(bench, 6);
		let reloads = 0;
		const screen = await render(IssueBanner, {
			workbench: bench,
			isOutdated: true,
			onReload: () => reloads++,
		});
		await screen.getByRole('button', { name: 'Save and reload' }).click();
		await expect.element(screen.getByText('The draft could not be saved')).toBeVisible();
		expect([reloads, disk.work]).toEqual([0, null]);
		await screen.unmount();

		isFull = false;
		const later = await render(IssueBanner, {
			workbench: bench,
			isOutdated: true,
			onReload: () => reloads++,
		});
		await later.getByRole('button', { name: 'Save and reload' }).click();
		await expect.poll(() => reloads).toBe(1);
		expect(disk.work?.labs.offer?.current.draft).toMatchObject({ seed: 6 });
	});
});
