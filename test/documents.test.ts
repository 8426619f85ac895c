import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const documents = [
	...readdirSync(root),
	...['src', 'scenarios', 'test'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
	),
].filter((path) => path.endsWith('.md'));

it.each(documents)('%s links and shows only what is there', (document) => {
	const text = readFileSync(join(root, document), 'utf8');
	const targets = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target);
	const own = targets.filter((target) => !/^(https?:|mailto:|#)/.test(target));
	const missing = own.filter(
		(target) => !existsSync(join(root, dirname(document), target.replace(/#.*/, ''))),
	);
	expect(missing).toEqual([]);
});
