import { z } from 'zod';
import { InputError } from '../../input-error.ts';
import { lever, type Config } from '../../levers.ts';
import type { OnStage, StudyResult } from '../../program.ts';
import type { Metric, ReportTable, Series } from '../../report.ts';
import { wantedInWords } from '../../wanted-words.ts';
import { answerLevers } from '../answer-levers.ts';
import { simulateAnswers } from '../answers.ts';
import type { PledgeDataset } from '../dataset.ts';
import {
	POLICIES,
	POLICIES_WITH_PICK,
	POLICY_TITLES,
	isRandom,
	type PledgeLevers,
	type Policy,
} from '../levers.ts';
import { measureMetrics } from '../measure.ts';
import { pledgeMetrics } from '../metrics.ts';
import { outcomeOf, type PledgeOutcome } from '../outcome.ts';
import { simulate } from '../simulate.ts';
import { intervalOf, meanOf } from './interval.ts';

/** What the arena can be asked for. */
export const arenaSchema = z.strictObject({
	seeds: lever(z.int().min(1).max(500).default(20), {
		title: 'Seeds',
		help: 'How many seeds each random policy is run with; all policies get the same ones.',
		unit: 'count',
		section: 'runs',
		front: true,
	}),
	answers: lever(z.boolean().default(false), {
		title: 'People answer',
		help: 'Patrons raise limits after warnings and come back after losses, each policy’s own.',
		unit: 'switch',
		section: 'answers',
		front: true,
	}),
	...answerLevers,
});

/** All runs of one policy: metrics by metric, then seed; sums over projects by month, then seed. */
interface Contestant {
	readonly policy: Policy;
	readonly runCount: number;
	readonly values: readonly Float64Array[];
	readonly raised: readonly Float64Array[];
	readonly patrons: readonly Float64Array[];
}

/**
 * Every policy on the same history with the same luck. Policies that draw are run with each seed, from the
 * configured one on; intervals hold 95 % of the runs, and differences to the current policy are paired by seed.
 */
export function arena(
	data: PledgeDataset,
	levers: PledgeLevers,
	options: Config,
	onStage?: OnStage,
): StudyResult {
	const parsed = arenaSchema.safeParse(options);
	if (!parsed.success) {
		throw new InputError(
			parsed.error.issues.map((issue) => ({
				at: ['options', ...issue.path.map(String)].join('.'),
				message: `invalid option: ${wantedInWords(issue)}`,
				code: 'study.value',
			})),
		);
	}
	const asked = parsed.data;
	// a script made for one policy means nothing to another
	const unscripted = { ...data, draws: null };
	let specs: readonly Metric[] = [];
	let monthDays = new Float64Array(0);

	const contestants = POLICIES.map((policy, c): Contestant => {
		const own = { ...levers, policy, pick: POLICIES_WITH_PICK.includes(policy) ? levers.pick : null };
		const runCount = isRandom(own) || asked.answers ? asked.seeds : 1;
		const outcomes: Metric[][] = [];
		const raised: Float64Array[] = [];
		const patrons: Float64Array[] = [];
		for (let r = 0; r < runCount; r++) {
			onStage?.(POLICY_TITLES[policy], (c + r / runCount) / POLICIES.length);
			const seed = (levers.seed + r) % 4_294_967_296;
			const run = asked.answers
				? simulateAnswers(unscripted, { ...own, seed }, { ...asked, seed })
				: simulate(unscripted, { ...own, seed });
			const outcome = outcomeOf(run);
			outcomes.push(measureMetrics(outcome, pledgeMetrics(outcome)));
			raised.push(outcome.record.monthNet.data.slice(0, outcome.monthCount));
			patrons.push(pledgesByMonth(outcome));
			monthDays = Float64Array.from({ length: outcome.monthCount }, (_, t) => outcome.data.events.day[outcome.record.monthSeq.data[t]]); // prettier-ignore
		}
		[specs] = outcomes;
		const values = specs.map((_, m) => Float64Array.from(outcomes, (metrics) => metrics[m].value ?? NaN));
		return { policy, runCount, values, raised, patrons };
	});

	const current = contestants.find(({ policy }) => policy === levers.policy) ?? contestants[0];
	return {
		metrics: specs
			.filter(({ isHeadline }) => isHeadline)
			.map((spec) => ({ ...spec, title: `${spec.title}, current policy`, value: orNull(meanOf(current.values[specs.indexOf(spec)])) })), // prettier-ignore
		tables: [policyTable(contestants, specs, current), intervalTable(contestants, specs, current)],
		series: [
			seriesOf('raised', 'Funds raised by month', 'micros', monthDays, contestants, ({ raised }) => raised),
			seriesOf(
				'pledges',
				'Active pledges at month ends',
				'count',
				monthDays,
				contestants,
				({ patrons }) => patrons,
			),
		],
		notices:
			data.draws === null
				? []
				: [
						{
							code: 'arena-draws',
							message: 'scripted draws are left aside: every policy draws its own luck',
						},
					],
	};
}

function pledgesByMonth({ record, crowd, monthCount }: PledgeOutcome): Float64Array {
	const sums = new Float64Array(monthCount);
	for (let i = 0; i < monthCount * crowd.length; i++)
		sums[Math.floor(i / crowd.length)] += record.monthCrowd.data[i];
	return sums;
}

/** A row per policy: means of every metric. */
function policyTable(
	contestants: readonly Contestant[],
	specs: readonly Metric[],
	current: Contestant,
): ReportTable {
	return {
		id: 'policies',
		title: 'Policies side by side',
		columns: [
			{ id: 'policy', title: 'Policy', unit: 'id', values: contestants.map(({ policy }) => policy) },
			{
				id: 'title',
				title: 'What it does',
				unit: 'text',
				values: contestants.map(({ policy }) => POLICY_TITLES[policy]),
			},
			{
				id: 'current',
				title: 'Current',
				unit: 'text',
				values: contestants.map((one) => (one === current ? 'current' : '')),
			},
			{
				id: 'runs',
				title: 'Runs',
				unit: 'count',
				values: Float64Array.from(contestants, ({ runCount }) => runCount),
			},
			...specs.map(({ id, title, unit }, m) => ({
				id,
				title,
				unit,
				values: Float64Array.from(contestants, ({ values }) => meanOf(values[m])),
			})),
		],
	};
}

/** A row per policy and metric: mean with interval, difference to the current policy with interval. */
function intervalTable(
	contestants: readonly Contestant[],
	specs: readonly Metric[],
	current: Contestant,
): ReportTable {
	const rows = contestants.flatMap((one) =>
		specs.map((spec, m) => {
			const own = one.values[m];
			const theirs = current.values[m];
			const length = own.length > theirs.length ? own.length : theirs.length;
			// a policy without luck has one value, the same for every seed
			const differences = Float64Array.from(
				{ length },
				(_, i) => own[i % own.length] - theirs[i % theirs.length],
			);
			return {
				one,
				spec,
				mean: meanOf(own),
				own: intervalOf(own),
				difference: meanOf(differences),
				paired: intervalOf(differences),
			};
		}),
	);
	const column = (id: string, title: string, value: (row: (typeof rows)[number]) => number) => ({
		id,
		title,
		unit: 'number' as const,
		values: Float64Array.from(rows, value),
	});
	return {
		id: 'intervals',
		title: 'Intervals and paired differences to the current policy',
		columns: [
			{ id: 'policy', title: 'Policy', unit: 'id', values: rows.map(({ one }) => one.policy) },
			{ id: 'metric', title: 'Metric', unit: 'id', values: rows.map(({ spec }) => spec.id) },
			{ id: 'unit', title: 'Unit', unit: 'text', values: rows.map(({ spec }) => spec.unit) },
			column('mean', 'Mean', ({ mean }) => mean),
			column('low', 'Low', ({ own }) => own.low),
			column('high', 'High', ({ own }) => own.high),
			column('difference', 'Difference', ({ difference }) => difference),
			column('differenceLow', 'Difference, low', ({ paired }) => paired.low),
			column('differenceHigh', 'Difference, high', ({ paired }) => paired.high),
			{
				id: 'verdict',
				title: 'Verdict',
				unit: 'text',
				values: rows.map(({ spec, paired }) => verdict(spec, paired)),
			},
		],
	};
}

/** Better or worse where the interval of the difference leaves out 0. */
function verdict({ better }: Metric, { low, high }: { low: number; high: number }): string {
	if (Number.isNaN(low)) return '';
	if (low === 0 && high === 0) return 'same';
	if (low <= 0 && high >= 0) return 'unsure';
	if (better === null) return low > 0 ? 'more' : 'less';
	return low > 0 === (better === 'more') ? 'better' : 'worse';
}

function seriesOf(
	id: string,
	title: string,
	unit: Series['unit'],
	x: Float64Array,
	contestants: readonly Contestant[],
	runsOf: (one: Contestant) => readonly Float64Array[],
): Series {
	const lines = contestants.map((one) => {
		const runs = runsOf(one);
		const at = (t: number) => Float64Array.from(runs, (values) => values[t]);
		const y = x.map((_, t) => meanOf(at(t)));
		const label = POLICY_TITLES[one.policy];
		if (one.runCount === 1) return { label, y };
		return {
			label,
			y,
			low: x.map((_, t) => intervalOf(at(t)).low),
			high: x.map((_, t) => intervalOf(at(t)).high),
		};
	});
	const hasBand = lines.some(({ low }) => low !== undefined);
	return {
		id,
		title,
		unit,
		xTitle: 'day',
		x,
		lines,
		...(hasBand ? { note: 'Line: the mean of the runs; band: 95% of them.' } : {}),
	};
}

function orNull(value: number): number | null {
	return Number.isNaN(value) ? null : value;
}
