import { contentDigest } from '#data/digest.ts';
import type { Folder } from '#data/folder.ts';
import { startSqlEngine } from '#data/sql-engine.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeJson } from '#data/write-json.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { packZip } from '#data/zip.ts';
import { inputError } from '#programs/input-error.ts';
import { EXIT, hasOption, textOption, type Command, type Exit, type Words } from '../command.ts';
import { splitScenario } from '../distributed/split-scenario.ts';
import type { Effects } from '../effects.ts';
import {
	EXPECTED_FILE,
	expectedDifferences,
	expectedResult,
	expectedText,
	type ExpectedResult,
} from '../expected-result.ts';
import { jsonText } from '../json-text.ts';
import { loadScenario, shippedScenarios, type LoadedScenario } from '../load-scenario.ts';
import { readDocument } from '../read-document.ts';
import { textTable } from '../text-table.ts';

/** `dropbench scenario`: scenarios as files. */
export const scenarioCommand: Command = {
	name: 'scenario',
	usage:
		'list | check SCENARIO [--json] [--update] | build RECIPE --out FILE | export SCENARIO --out PATH | split SCENARIO --out DIR',
	summary: 'list, check, build, export and split scenarios',
	details: `list     names the scenarios that are shipped
check    reads a scenario and runs it with its own configuration: its tables, its digest, and every problem. Where
         its folder holds expected.json, the result must agree; if not, exits with 3 (--update writes the file)
build    makes the scenario of a recipe and writes it
export   writes a scenario in another form; recordings of the live system are read too: a list of offer events, the tables
         offers and user_credits of the original service (say --answer numbering=design or shipped), a set of editions
split    writes a scenario of the Drop as one file for each group of cities that share supply, into a folder that workers
         read by --data; a run with --redis is then cut so

The ending of --out says in which form: .sqlite, .json or .zip; anything else is a folder of CSV files.`,
	options: [
		{ name: 'out', type: 'string', value: 'PATH', help: 'where to write' },
		{
			name: 'answer',
			type: 'string',
			value: 'ID=CHOICE',
			help: 'export: what a file of another format does not say',
		},
		{ name: 'update', type: 'boolean', help: 'check: write expected.json anew' },
		{ name: 'json', type: 'boolean', help: 'print JSON' },
	],
	most: 2,
	run(words, effects) {
		const [action, name] = words.positionals;
		if (action === 'list') return list(effects);
		const act = typeof action === 'string' && Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : null;
		if (act === null) {
			const what = action === undefined ? 'missing word' : `unknown word: ${action}`;
			throw inputError(
				'dropbench scenario',
				`${what}; must be one of list, check, build, export, split`,
				'cli.word',
			);
		}
		if (name === undefined) throw inputError(`dropbench scenario ${action}`, 'missing scenario', 'cli.word');
		return act(name, words, effects);
	},
};

const ACTIONS: Readonly<Record<string, (name: string, words: Words, effects: Effects) => Promise<Exit>>> = {
	check,
	build: write,
	export: write,
	split,
};

async function list(effects: Effects): Promise<Exit> {
	await effects.write(
		shippedScenarios(effects)
			.map((name) => `${name}\n`)
			.join(''),
	);
	return EXIT.done;
}

async function check(name: string, words: Words, effects: Effects): Promise<Exit> {
	const scenario = await loadScenario(name, effects);
	const { content, program } = scenario;
	const open = program.open(content);
	const { config, notices } = program.readConfig(scenario.config ?? {});
	const all = [...scenario.notices, ...open.notices, ...notices];
	const digest = contentDigest(content, program.tables);
	const result = expectedResult(digest, open.run(config));
	const rows = program.tables.map(
		(table) => [table.name, content.tables.get(table.name)?.rowCount ?? 0] as const,
	);

	if (hasOption(words, 'json')) {
		const head = {
			program: program.id,
			name: content.name,
			now: content.now,
			tables: Object.fromEntries(rows),
		};
		await effects.write(jsonText({ ...head, config, notices: all, ...result }));
	} else {
		const table = textTable([
			{ title: 'table', cells: rows.map(([title]) => title), isNumber: false },
			{ title: 'rows', cells: rows.map(([, count]) => String(count)), isNumber: true },
		]);
		const title = `${content.name || name} (${program.title}${content.now === '' ? '' : `, ${content.now}`})`;
		const known = all.length === 0 ? '' : `\nTo know\n${all.map(({ message }) => `- ${message}\n`).join('')}`;
		await effects.write(`${title}\n\n${table}${known}\ndigest ${digest}\noutcome ${result.outcomeHash}\n`);
	}
	return compare(scenario, result, hasOption(words, 'update'), effects);
}

/** Holds a result against the file that says what it must be, where there is one. */
function compare(
	{ path }: LoadedScenario,
	result: ExpectedResult,
	isUpdate: boolean,
	effects: Effects,
): Exit {
	if (effects.readFolder(path) === null) return EXIT.done;
	const file = `${path}/${EXPECTED_FILE}`;
	if (isUpdate) {
		effects.writeFile(file, expectedText(result));
		return EXIT.done;
	}
	if (effects.readFile(file) === null) return EXIT.done;
	const differences = expectedDifferences(readDocument(file, effects), result);
	for (const difference of differences) effects.warn(`${file}: ${difference}`);
	return differences.length > 0 ? EXIT.failed : EXIT.done;
}

async function write(name: string, words: Words, effects: Effects): Promise<Exit> {
	const out = textOption(words, 'out');
	if (out === undefined)
		throw inputError('--out', 'missing path; such as --out scenario.sqlite', 'cli.option');
	const [action] = words.positionals;
	const scenario = await loadScenario(name, effects, answersIn(words));
	if (action === 'build' && scenario.source !== 'recipe') {
		throw inputError(
			name,
			'invalid recipe: it is a whole scenario; write it with dropbench scenario export',
			'cli.scenario',
		);
	}
	const size = await writeAs(scenario, out, effects);
	effects.warn(`wrote ${out}, ${size} bytes`);
	return EXIT.done;
}

function answersIn(words: Words): Readonly<Record<string, string>> {
	const text = textOption(words, 'answer');
	if (text === undefined) return {};
	const [, id, choice] = /^([^=]+)=(.+)$/.exec(text) ?? [];
	if (id === undefined)
		throw inputError('--answer', `invalid answer: ${text}; must be such as numbering=design`, 'cli.option');
	return { [id]: choice };
}

async function split(name: string, words: Words, effects: Effects): Promise<Exit> {
	const out = textOption(words, 'out');
	if (out === undefined)
		throw inputError('--out', 'missing folder; such as --out dropbench-data', 'cli.option');
	const { content, program } = await loadScenario(name, effects);
	const whole = await splitScenario(content, program, out, effects);
	const { shards, digest } = whole;
	if (hasOption(words, 'json')) await effects.write(jsonText(whole));
	else {
		const table = textTable([
			{ title: 'shard', cells: shards.map((_, i) => String(i + 1)), isNumber: true },
			{ title: 'cities', cells: shards.map(({ label }) => label), isNumber: false },
			{ title: 'users', cells: shards.map(({ users }) => String(users)), isNumber: true },
			{ title: 'bytes', cells: shards.map(({ bytes }) => String(bytes)), isNumber: true },
			{ title: 'file', cells: shards.map((shard) => `${shard.digest}.sqlite`), isNumber: false },
		]);
		await effects.write(`${table}\ndigest ${digest}\n`);
	}
	return EXIT.done;
}

async function writeAs(scenario: LoadedScenario, out: string, effects: Effects): Promise<number> {
	const { content, program, config } = scenario;
	if (/\.sqlite3?$|\.db$/i.test(out)) {
		return writeBytes(
			out,
			writeSqlite(content, program, await startSqlEngine(effects.sqlWasm()), config),
			effects,
		);
	}
	if (/\.json$/i.test(out))
		return writeBytes(out, new TextEncoder().encode(writeJson(content, program, config)), effects);
	const folder: Folder = writeFolder(content, program, config);
	if (/\.zip$/i.test(out)) return writeBytes(out, packZip(folder), effects);
	let size = 0;
	for (const [file, bytes] of folder) size += writeBytes(`${out}/${file}`, bytes, effects);
	return size;
}

function writeBytes(path: string, bytes: Uint8Array, effects: Effects): number {
	effects.writeFile(path, bytes);
	return bytes.length;
}
