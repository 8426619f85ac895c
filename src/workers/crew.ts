import * as Comlink from 'comlink';
import type { AskPart } from '#programs/cut.ts';
import type { Config } from '#programs/levers.ts';
import type { OnStage, OpenScenario, Program } from '#programs/program.ts';
import type { GroupPreview, Report } from '#programs/report.ts';
import { PartHolder } from './part-holder.ts';
import type { HelperApi } from './protocol.ts';

/** Whoever holds a part: a helper, or this thread itself. */
interface Member {
	openPart(id: number, program: string, input: unknown): Promise<void>;
	askPart(id: number, question: unknown): Promise<unknown>;
}

/** A part and who holds it, under which number. */
interface Part {
	readonly member: Member;
	readonly id: number;
}

function askOf(parts: readonly Part[]): AskPart {
	return (part, question) => {
		const { member, id } = parts[part];
		return member.askPart(id, question);
	};
}

/**
 * The helpers of a runner, which works itself too: a scenario is cut into one part for each. A scenario is handed out
 * when it is first run; which parts are where changes no bit of a report.
 */
export class Crew {
	readonly #helpers: readonly Comlink.Remote<HelperApi>[];
	readonly #own = new PartHolder();
	readonly #self: Member = {
		openPart: (id, program, input) => Promise.resolve(this.#own.openPart(id, program, input)),
		askPart: (id, question) => Promise.resolve(this.#own.askPart(id, question)),
	};
	readonly #handedOut = new Map<OpenScenario, readonly Part[]>();
	#lastId = 0;

	constructor(ports: readonly MessagePort[]) {
		this.#helpers = ports.map((port) => Comlink.wrap<HelperApi>(port));
	}

	/** Lets go of all that was handed out: another scenario is open now. */
	clear(): void {
		this.#handedOut.clear();
		this.#own.clear();
		for (const helper of this.#helpers) void helper.clear();
	}

	/** Runs a configuration on all members, or here alone where the scenario is not to be cut. */
	async run(program: Program, scenario: OpenScenario, config: Config, onStage: OnStage): Promise<Report> {
		const { cut } = scenario;
		if (!cut || this.#helpers.length === 0) return scenario.run(config, onStage);
		if (!this.#handedOut.has(scenario)) onStage('sharing the work out', 0);
		const parts = await this.#partsOf(program, scenario);
		return cut.run(config, parts.length, askOf(parts), onStage);
	}

	/** The member that the lever at `path` is for, by whoever holds it, ahead of a run; null where that cannot be done. */
	async preview(scenario: OpenScenario, config: Config, path: string): Promise<GroupPreview | null> {
		const parts = this.#handedOut.get(scenario);
		if (parts && scenario.cut?.preview) return scenario.cut.preview(config, path, askOf(parts));
		return scenario.preview?.(config, path) ?? null;
	}

	async #partsOf(program: Program, scenario: OpenScenario): Promise<readonly Part[]> {
		const known = this.#handedOut.get(scenario);
		if (known) return known;
		// its own part last: the helpers are asked first and work while it does
		const members: readonly Member[] = [...this.#helpers, this.#self];
		const inputs = scenario.cut?.parts(members.length) ?? [];
		const parts = inputs.map((_, i) => ({ member: members[i], id: ++this.#lastId }));
		this.#handedOut.set(scenario, parts);
		await Promise.all(parts.map(({ member, id }, i) => member.openPart(id, program.id, inputs[i])));
		return parts;
	}
}
