import { parseCsv } from '#data/parse-csv.ts';
import { decodeText } from '#data/parse-json.ts';
import { collectProblems, shown } from '#data/problems.ts';
import { takeTable, type TableIntake } from '#data/table-intake.ts';
import { unknownParts } from '#data/unknown-parts.ts';
import type { PolicyLog } from '#engine/stats/off-policy.ts';
import { findLogProblems } from '#engine/stats/policy-log.ts';
import { inputError } from '#programs/input-error.ts';
import type { Notice } from '#programs/report.ts';
import type { ColumnSpec, TableSpec } from '#programs/tables.ts';

const NEEDED: readonly ColumnSpec[] = [
	{ name: 'reward', kind: 'real', help: 'what the choice earned' },
	{ name: 'propensity', kind: 'real', min: 0, max: 1, help: 'the chance it had when it was made' },
	{
		name: 'target_propensity',
		kind: 'real',
		min: 0,
		max: 1,
		help: 'its chance under the policy in question',
	},
];
const MODEL: readonly ColumnSpec[] = [
	{ name: 'model_logged', kind: 'real', help: 'the reward a model expects of the choice' },
	{ name: 'model_target', kind: 'real', help: 'the reward it expects of the policy in question there' },
];

export interface ReadPolicyLog {
	readonly log: PolicyLog;
	readonly notices: readonly Notice[];
}

/**
 * Reads a log of random choices from CSV: the columns `reward`, `propensity` and `target_propensity`, and both
 * or neither of `model_logged` and `model_target`, in any order. Other columns are left out with a notice.
 * Throws `InputError` with every problem, each by file and line.
 */
export function readPolicyLog(bytes: Uint8Array, file: string): ReadPolicyLog {
	const problems = collectProblems();
	const notices: Notice[] = [];
	const lines: number[] = [];
	const place = (row: number) => `${file}:${lines[row] ?? 1}`;
	let width = 0;
	let hasModel = false;
	let intake: TableIntake | null = null;

	parseCsv(decodeText(bytes, file), file, (cells, line) => {
		if (intake === null) {
			for (const name of cells.filter((name, i) => cells.indexOf(name) < i)) {
				problems.add(`${file}:1`, `duplicate column: ${shown(name)}; each must stand once; take one out`, 'import.csv'); // prettier-ignore
			}
			width = cells.length;
			hasModel = MODEL.some(({ name }) => cells.includes(name));
			const spec = specOf(hasModel ? [...NEEDED, ...MODEL] : NEEDED);
			const unknown = cells.filter((name) => !spec.columns.some((column) => column.name === name));
			if (unknown.length > 0) notices.push(unknownParts(file, 'column', unknown));
			intake = takeTable(spec, cells, 'csv', problems, place, `${file}:1`);
			return;
		}
		lines.push(line);
		if (cells.length === width) return intake.take(cells);
		const what = cells.length === 1 && cells[0] === '' ? 'an empty line' : `${cells.length} cells`;
		problems.add(`${file}:${line}`, `invalid row: ${what}; must be ${width} cells, as in line 1; correct the commas and quotes`, 'import.csv'); // prettier-ignore
	});
	if (intake === null) {
		const names = NEEDED.map(({ name }) => name).join(', ');
		throw inputError(
			`${file}:1`,
			`missing header; the first line must name the columns ${names}`,
			'import.csv',
		);
	}
	problems.throwIfAny();

	const { columns } = (intake as TableIntake).finish();
	const column = (name: string) => {
		const values = columns.get(name);
		if (!(values instanceof Float64Array)) throw new Error(`column ${name} holds no numbers`);
		return values;
	};
	const model = hasModel ? { logged: column('model_logged'), target: column('model_target') } : null;
	const [reward, propensity, targetPropensity] = NEEDED.map(({ name }) => column(name));
	const log = { reward, propensity, targetPropensity, model };
	// what ranges with both ends included cannot say: a choice that was made had some chance
	for (const { row, column, value, expected } of findLogProblems(log, 1000)) {
		problems.add(`${place(row)}, ${column}`, `invalid number: ${value}; must be ${expected}`, 'import.value');
	}
	problems.throwIfAny();
	return { log, notices };
}

function specOf(columns: readonly ColumnSpec[]): TableSpec {
	return { name: 'log', title: 'Log of choices', columns, key: [] };
}
