import * as Comlink from 'comlink';
import { programById } from '#programs/registry.ts';
import type { HelperApi } from './protocol.ts';

/** A helper's side of the thread edge: the parts it holds, and what is asked of them. */
export class PartHolder implements HelperApi {
	readonly #parts = new Map<number, (question: unknown) => { answer: unknown; buffers: ArrayBufferLike[] }>();

	openPart(id: number, program: string, input: unknown): void {
		const owner = programById(program);
		const ask = owner?.openPart?.(input);
		if (!ask) throw new Error(`program ${program} is not run in parts`);
		this.#parts.set(id, ask);
	}

	askPart(id: number, question: unknown): unknown {
		const ask = this.#parts.get(id);
		if (!ask) throw new Error(`part ${id} is not open`);
		const { answer, buffers } = ask(question);
		return isObject(answer) ? Comlink.transfer(answer, buffers.filter(isOwned)) : answer;
	}

	clear(): void {
		this.#parts.clear();
	}
}

function isObject(answer: unknown): answer is object {
	return typeof answer === 'object' && answer !== null;
}

/** A buffer that can be handed over; shared ones are not. */
function isOwned(buffer: ArrayBufferLike): buffer is ArrayBuffer {
	return buffer instanceof ArrayBuffer;
}
