import { makeByteLines, quotedBytes } from '../byte-lines.ts';
import { canonicalJson, startSha256 } from '../hash.ts';
import type { Config } from '../levers.ts';
import type { DropDataset } from './dataset.ts';
import type { Decision, RunFacts } from './outcome.ts';
import { findRowsBefore, keepRows, type RowsBefore } from './rows-before.ts';

/** The lines of the outcome hashed last: bytes `start[a] … start[a + 1]` are row a's. */
interface LinesBefore {
	readonly rows: RowsBefore;
	readonly bytes: Uint8Array;
	readonly start: Uint32Array;
}

const linesBefore = new WeakMap<DropDataset, LinesBefore>();

/**
 * SHA-256 over the sorted assignment list and the configuration (spec section 12): canonical JSON of integers
 * and text, a line each; a propensity counts by its digits. O(assignments).
 */
export function hashOutcome(
	{ dataset }: Pick<RunFacts, 'dataset'>,
	outcome: Decision,
	config: Config,
): string {
	const lines = writeLines(dataset, outcome, linesBefore.get(dataset));
	linesBefore.set(dataset, lines);
	const hash = startSha256();
	hash.add(canonicalJson(config));
	hash.addBytes(lines.bytes);
	return hash.hex();
}

/** A line for each assignment; those that stood in `before` already are copied, side by side as they lie. */
function writeLines(dataset: DropDataset, outcome: Decision, before?: LinesBefore): LinesBefore {
	// ids are put into quotes, and into bytes, once
	const users = quotedBytes(dataset.users.ids);
	const contracts = quotedBytes(dataset.contracts.ids);
	const found = before && findRowsBefore(before.rows, outcome);
	const lines = makeByteLines(before?.bytes.length);
	const start = new Uint32Array(outcome.user.length + 1);
	// what of `before` comes next and is not copied yet
	let [copied, copyEnd] = [0, 0];
	const copy = () => {
		if (before) lines.copy(before.bytes, copied, copyEnd);
		copied = copyEnd;
	};
	for (let a = 0; a < outcome.user.length; a++) {
		const row = found ? found[a] : -1;
		if (before && row >= 0) {
			if (before.start[row] !== copyEnd) {
				copy();
				copied = before.start[row];
			}
			start[a] = lines.length() + before.start[row] - copied;
			copyEnd = before.start[row + 1];
			continue;
		}
		copy();
		const propensity = outcome.propensity[a];
		start[a] = lines.length();
		lines.text('\n[');
		lines.quoted(users, outcome.user[a]);
		lines.text(',');
		lines.quoted(contracts, outcome.contract[a]);
		lines.text(',');
		lines.whole(outcome.slot[a]);
		lines.text(',');
		lines.whole(outcome.points[a]);
		lines.text(Number.isNaN(propensity) ? ',null]' : `,"${propensity}"]`);
	}
	copy();
	start[outcome.user.length] = lines.length();
	return { rows: keepRows(outcome), bytes: lines.written(), start };
}
