import type { SlackBlock, SlackMarkdown, SlackMessage } from '../../operations.ts';
import type { Metric, Report } from '../../report.ts';

/** What Slack takes at most, in characters and counts. */
export const SLACK_LIMITS = { header: 150, section: 3000, fields: 10, field: 2000, blocks: 50 } as const;

/** A training of the recommender, as it ended. */
export interface Retraining {
	readonly runId: string;
	readonly model: string;
	/** ISO 8601 UTC */
	readonly trainedAt: string;
	readonly userCount: number;
	readonly brandCount: number;
}

/** "Drop completed": assignments created, share of users without one, sponsorship ratio, and every light that is not fine. */
export function dropCompleted(report: Report, scenario: string, at: string): SlackMessage {
	const metric = (id: string) => report.metrics.find((each) => each.id === id);
	const count = wholeNumber(metric('assignments.all')?.value ?? 0);
	const share = percent(metric('users.withoutShare'));
	const ratio = percent(metric('ratio.assignments'));
	const lights = report.checks.filter(({ state }) => state !== 'fine');
	const summary = `${count} assignments, ${share} of users without one, sponsorship ratio ${ratio}`;
	return {
		text: clip(`Drop completed: ${scenario}. ${summary}`, SLACK_LIMITS.section),
		blocks: [
			header(`Drop completed: ${scenario}`),
			fieldSection([
				['Assignments created', count],
				['Users without assignments', share],
				['Sponsorship ratio', ratio],
				['Users served', wholeNumber(metric('users.served')?.value ?? 0)],
			]),
			...(lights.length === 0
				? [section('All checks are fine.')]
				: [section(lights.map(({ title, proof, state }) => `${state === 'over' ? '🔴' : '🟡'} *${escape(title)}* ${escape(proof)}`).join('\n'))]), // prettier-ignore
			context(`As of ${at} · seed ${report.seed} · outcome ${report.outcomeHash.slice(0, 12)}`),
		],
	};
}

/** "Recommender retrained": which run, when, and for how many users and brands. */
export function recommenderRetrained({
	runId,
	model,
	trainedAt,
	userCount,
	brandCount,
}: Retraining): SlackMessage {
	return {
		text: clip(`Recommender retrained: run ${runId}, ${trainedAt}`, SLACK_LIMITS.section),
		blocks: [
			header('Recommender retrained'),
			fieldSection([
				['Run', runId],
				['Model', model],
				['Users', wholeNumber(userCount)],
				['Brands', wholeNumber(brandCount)],
			]),
			context(`Trained ${trainedAt}`),
		],
	};
}

/** What Slack would refuse of a message; empty for a good one. Lengths are in UTF-16 code units, which is never less than Slack counts. */
export function checkSlackMessage({ text, blocks }: SlackMessage): string[] {
	const problems: string[] = [];
	const most = (what: string, size: number, limit: number) => {
		if (size > limit) problems.push(`${what}: ${size}; must be at most ${limit}`);
		if (size === 0) problems.push(`${what}: empty`);
	};
	most('blocks', blocks.length, SLACK_LIMITS.blocks);
	most('text', text.length, SLACK_LIMITS.section);
	blocks.forEach((block, b) => {
		if (block.type === 'header') most(`header ${b}`, block.text.text.length, SLACK_LIMITS.header);
		else if (block.type === 'context') {
			most(`context ${b}`, block.elements.length, SLACK_LIMITS.fields);
			for (const element of block.elements) most(`context ${b}`, element.text.length, SLACK_LIMITS.field);
		} else {
			if (!block.text && !block.fields) problems.push(`section ${b}: neither text nor fields`);
			if (block.text) most(`section ${b}`, block.text.text.length, SLACK_LIMITS.section);
			if (block.fields) most(`fields of section ${b}`, block.fields.length, SLACK_LIMITS.fields);
			for (const field of block.fields ?? [])
				most(`field of section ${b}`, field.text.length, SLACK_LIMITS.field);
		}
	});
	return problems;
}

function header(text: string): SlackBlock {
	return { type: 'header', text: { type: 'plain_text', text: clip(text, SLACK_LIMITS.header) } };
}

function section(text: string): SlackBlock {
	return { type: 'section', text: { type: 'mrkdwn', text: clip(text, SLACK_LIMITS.section) } };
}

function fieldSection(rows: readonly (readonly [string, string])[]): SlackBlock {
	const fields = rows.slice(0, SLACK_LIMITS.fields).map(([title, value]): SlackMarkdown => {
		return { type: 'mrkdwn', text: clip(`*${title}*\n${escape(value)}`, SLACK_LIMITS.field) };
	});
	return { type: 'section', fields };
}

function context(text: string): SlackBlock {
	return { type: 'context', elements: [{ type: 'mrkdwn', text: clip(escape(text), SLACK_LIMITS.field) }] };
}

/** The three characters that Slack's markup takes as its own: no mention or link can come from data. */
function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most so long, never ending in half a character or half an escape. */
function clip(text: string, most: number): string {
	if (text.length <= most) return text;
	return `${text
		.slice(0, most - 1)
		.replace(/[\ud800-\udbff]$/, '')
		.replace(/&[a-z]{0,3}$/, '')}…`;
}

function percent(metric: Metric | undefined): string {
	const value = metric?.value ?? null;
	return value === null ? '–' : `${(100 * value).toFixed(1)}%`;
}

function wholeNumber(value: number): string {
	return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
}
