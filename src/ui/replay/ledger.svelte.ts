import type { StudyResult } from '#programs/program.ts';
import { crossing, type Runner } from '#workers/runner.ts';
import type { LedgerRecord } from '../work-store.ts';
import type { Workbench } from '../workbench.svelte.ts';

/**
 * The forecast ledger of a workbench: past forecasts held against what happened, in a worker of its own, so that
 * neither runs nor questions wait. The whole result lives as long as the page; the record of it is kept with the work.
 * It outlives the screen that made it, so that it holds no derived state, which would end with that screen.
 */
export class Ledger {
	/** newest result and the data and forecasts it is of */
	#found = $state.raw<{ readonly key: string; readonly result: StudyResult } | null>(null);
	/** what is being done; empty when nothing */
	stage = $state('');
	trouble = $state('');

	readonly #workbench: Workbench;
	#runner: Runner | null = null;
	#asked = '';

	constructor(workbench: Workbench) {
		this.#workbench = workbench;
	}

	/** Names the data and the forecasts that a result is of. */
	get key(): string {
		const { scenario, edits, forecasts } = this.#workbench;
		return JSON.stringify([scenario?.digest ?? '', edits, forecasts.map(({ id }) => id)]);
	}

	/** Of the open data; null where it has not been scored since the page was opened. */
	get result(): StudyResult | null {
		return this.#found?.key === this.key ? this.#found.result : null;
	}

	/** How forecasts of the open data scored; null where that is not known. */
	get record(): LedgerRecord | null {
		const { ledgerRecord } = this.#workbench;
		return ledgerRecord?.key === this.key ? ledgerRecord : null;
	}

	/** Does the open program foretell anything? */
	get isOffered(): boolean {
		return (this.#workbench.program?.ledger ?? null) !== null;
	}

	/** Scores the open data unless that is done or under way. `wantsAll`: the record alone will not do. */
	async score(wantsAll: boolean): Promise<void> {
		const { program, scenario } = this.#workbench;
		const { key } = this;
		if (!program?.ledger || !scenario || this.#asked === key) return;
		if (this.result || (!wantsAll && this.record)) return;
		this.#asked = key;
		this.trouble = '';
		this.stage = 'opening the data';
		this.#runner?.close();
		const runner = (this.#runner = this.#workbench.makeRunner());
		const { score } = program.ledger;
		const forecasts = $state.snapshot(this.#workbench.forecasts);
		const opened = await this.#workbench.openAside(runner);
		const answer = opened.ok
			? await runner.call((api) =>
					api.study(score, scenario.production, { forecasts }, crossing((stage: string) => (this.stage = stage))),
				)
			: opened;
		runner.close();
		// newer data may have been asked for meanwhile
		if (this.#runner !== runner) return;
		this.#runner = null;
		this.#asked = '';
		this.stage = '';
		if (!answer.ok) {
			this.trouble = answer.issues.map(({ message }) => message).join('; ');
			return;
		}
		this.#found = { key, result: answer.value };
		if (key === this.key) this.#workbench.setLedgerRecord(recordOf(key, answer.value));
	}
} // prettier-ignore

const ledgers = new WeakMap<Workbench, Ledger>();

/** The one ledger of a workbench, made at the first question. */
export function ledgerOf(workbench: Workbench): Ledger {
	const ledger = ledgers.get(workbench) ?? new Ledger(workbench);
	ledgers.set(workbench, ledger);
	return ledger;
}

function recordOf(key: string, { metrics }: StudyResult): LedgerRecord {
	const value = (id: string) => metrics.find((metric) => metric.id === `ledger.${id}`)?.value ?? 0;
	return {
		key,
		held: value('held'),
		intervals: value('intervals'),
		above: value('above'),
		drops: value('drops'),
		exports: value('exports'),
	};
}
