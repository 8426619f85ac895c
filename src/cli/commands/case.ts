import { contentFromDocument } from '#data/read-json.ts';
import { programById } from '#programs/registry.ts';
import { answerLine, type CaseDesk } from '../answer-line.ts';
import { EXIT, type Command } from '../command.ts';

/** Answers are written whenever so many characters wait, and at the end of each batch of lines. */
const FLUSH_LENGTH = 65_536;

const desk: CaseDesk = {
	find: programById,
	readerOf: () => (document) => contentFromDocument(document, programById).content,
};

/** `dropbench case`: the line protocol by which results are verified from outside. */
export const caseCommand: Command = {
	name: 'case',
	usage: '< CASES.jsonl',
	summary: 'answer cases, one JSON line each, from standard input',
	details: `Reads lines {"id", "program", "input"} and answers each, in order, with a line {"id", "result"} or
{"id", "error": {"code", "message", "path", "event"}}. A faulty line gets an error and the next one is read. Empty
lines get no answer.`,
	options: [],
	most: 0,
	async run(_words, effects) {
		for await (const lines of effects.lines()) {
			let answers = '';
			for (const line of lines) {
				if (line.trim() === '') continue;
				answers += `${answerLine(line, desk)}\n`;
				if (answers.length < FLUSH_LENGTH) continue;
				await effects.write(answers);
				answers = '';
			}
			if (answers !== '') await effects.write(answers);
		}
		return EXIT.done;
	},
};
