import { gainBit, LESS, loseBit, MORE, type Plan } from '#programs/plan.ts';
import type { Metric, Participants, Report } from '#programs/report.ts';
import type { ChangedSetting } from './changed-settings.ts';
import { formatValue } from './format-value.ts';
import { textTable, type TextColumn } from './text-table.ts';

/**
 * A plan for people, in the order they should worry: who loses, who gains, group by group; the numbers that
 * change; the settings that differ; the guardrails.
 */
export function planText(
	before: Report,
	after: Report,
	plan: Plan | null,
	settings: readonly ChangedSetting[],
): string {
	const parts: string[] = [];
	if (plan && after.participants) parts.push(peopleText(plan, after.participants));
	parts.push(metricsText(before.metrics, after.metrics));
	parts.push(
		settings.length === 0
			? 'No setting differs.\n'
			: textTable([
					{ title: 'setting', cells: settings.map(({ path }) => path), isNumber: false },
					{ title: 'old', cells: settings.map((setting) => valueText(setting.before)), isNumber: false },
					{ title: 'new', cells: settings.map((setting) => valueText(setting.after)), isNumber: false },
				]),
	);
	const guardrails = after.checks.filter(({ isGuardrail }) => isGuardrail);
	if (guardrails.length > 0) {
		const mark = { fine: '✓', close: '!', over: '✗' } as const;
		parts.push(guardrails.map(({ state, title, proof }) => `${mark[state]} ${title}: ${proof}\n`).join(''));
	}
	parts.push(`old outcome ${before.outcomeHash}\nnew outcome ${after.outcomeHash}\n`);
	return parts.join('\n');
}

function peopleText(plan: Plan, people: Participants): string {
	const [one, many] = people.noun;
	if (plan.movedCount === 0) return `Nobody gains, loses or switches anything.\n`;
	const count = (bit: number) => plan.effect.reduce((sum, effect) => sum + ((effect & bit) !== 0 ? 1 : 0), 0);
	const kinds = people.itemKinds.map((kind, k) => ({
		kind,
		lose: count(loseBit(k)),
		gain: count(gainBit(k)),
	}));
	const noun = people.valueNoun;
	const amounts = noun === undefined ? '' : `; ${count(LESS)} get a smaller ${noun}, ${count(MORE)} a larger one`; // prettier-ignore
	const sentence = `${kinds.map(({ kind, lose, gain }) => `${kind}: ${lose} lose, ${gain} gain`).join('; ')}${amounts}`;
	const columns: TextColumn[] = [
		{ title: 'group', cells: plan.groups.map(({ label }) => label), isNumber: false },
		...people.itemKinds.flatMap((kind, k) => [
			{ title: `lose ${kind}`, cells: plan.groups.map(({ lose }) => String(lose[k])), isNumber: true },
			{ title: `gain ${kind}`, cells: plan.groups.map(({ gain }) => String(gain[k])), isNumber: true },
		]),
		{ title: 'switch', cells: plan.groups.map(({ swap }) => String(swap)), isNumber: true },
		...(noun === undefined
			? []
			: [
					{ title: `smaller ${noun}`, cells: plan.groups.map(({ less }) => String(less)), isNumber: true },
					{ title: `larger ${noun}`, cells: plan.groups.map(({ more }) => String(more)), isNumber: true },
				]),
		{ title: 'no change', cells: plan.groups.map(({ same }) => String(same)), isNumber: true },
	];
	const moved = `${plan.movedCount} ${plan.movedCount === 1 ? one : many} of ${people.ids.length} moved. ${sentence}.\n`;
	return plan.groups.length === 0 ? moved : `${moved}\n${textTable(columns)}`;
}

function metricsText(before: readonly Metric[], after: readonly Metric[]): string {
	const byId = new Map(before.map((metric) => [metric.id, metric.value]));
	const changed = after.filter(({ id, value }) => !Object.is(byId.get(id) ?? null, value));
	if (changed.length === 0) return 'No number changes.\n';
	return textTable([
		{ title: 'metric', cells: changed.map(({ title }) => title), isNumber: false },
		{
			title: 'old',
			cells: changed.map(({ id, unit }) => formatValue(byId.get(id) ?? null, unit)),
			isNumber: true,
		},
		{ title: 'new', cells: changed.map(({ value, unit }) => formatValue(value, unit)), isNumber: true },
	]);
}

function valueText(value: unknown): string {
	return value === undefined ? '–' : JSON.stringify(value);
}
