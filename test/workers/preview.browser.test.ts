import { expect, it } from 'vitest';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { withValue } from '#programs/levers.ts';
import type { GroupPreview } from '#programs/report.ts';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';

const texts = import.meta.glob<string>('/scenarios/drop/two-cities/*', {
	query: '?raw',
	import: 'default',
	eager: true,
});

it('shows the city of a moved lever before the run ends, and not for a run that is already known', async () => {
	const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
	const runner = new Runner(makeRunnerWorker, wasm);
	const files = Object.entries(texts)
		.map(([path, text]) => ({
			name: path.split('/').at(-1) ?? '',
			bytes: new TextEncoder().encode(text),
		}))
		.filter(({ name }) => name !== 'expected.json');
	const opened = await runner.open({ kind: 'files', files }, [], () => undefined);
	if (!opened.ok) throw new Error(opened.issues[0].message);
	const { production, subjects } = opened.value;
	const city = subjects.find(({ kind }) => kind === 'city')?.ids[0] ?? '';
	await runner.run({ config: production, baseline: null }, () => undefined);

	const touched = `cities.${city}.sponsorshipRatio`;
	const config = withValue(production, touched, 0.95);
	const events: (GroupPreview | 'end')[] = [];
	const ask = () =>
		runner.run(
			{ config, baseline: production, touched },
			() => undefined,
			(preview) => events.push(preview),
		);
	const answer = await ask();
	events.push('end');
	expect(events).toHaveLength(2);
	const [preview] = events;
	if (!answer.ok || preview === 'end') throw new Error('the preview comes first');
	expect([preview.group, preview.id]).toEqual(['city', city]);
	const group = answer.value.report.groups.find(({ id }) => id === 'city');
	const column = group?.columns.find(({ id }) => id === 'assignments.growth');
	expect(preview.values.get('assignments.growth')).toBe(column?.values[group?.ids.indexOf(city) ?? -1]);

	await ask();
	expect(events).toHaveLength(2);
	runner.close();
});
