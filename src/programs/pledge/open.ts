import { inputError } from '../input-error.ts';
import type { Config } from '../levers.ts';
import type { OnStage, OpenScenario, StudyResult } from '../program.ts';
import type { Notice, Report } from '../report.ts';
import type { ScenarioContent } from '../tables.ts';
import { explainPledge } from './explain/explain.ts';
import { hashOutcome } from './hash-outcome.ts';
import { lightsOf } from './lights.ts';
import { measureMetrics, measureProjects } from './measure.ts';
import { pledgeMetrics } from './metrics.ts';
import { outcomeOf, type PledgeOutcome } from './outcome.ts';
import { participantsOf } from './participants.ts';
import { readPledgeConfig } from './read-config.ts';
import { readDataset, type ReadDataset } from './read-dataset.ts';
import { reportSeries } from './report-series.ts';
import { MOST_ROWS, reportTables } from './report-tables.ts';
import { simulate } from './simulate.ts';
import { arena } from './studies/arena.ts';
import { staircase } from './studies/staircase.ts';
import { simulateWithTimeline } from './timeline.ts';

/** A pledge scenario, checked and indexed; any number of runs share its dataset. */
export function openPledge(content: ScenarioContent): OpenScenario {
	const read = readDataset(content);
	const { data, projectNames } = read;
	return {
		notices: datasetNotices(read),
		subjects: [
			{ kind: 'patron', title: 'Patrons', ids: data.patronIds, labels: data.patronIds },
			{ kind: 'project', title: 'Projects', ids: data.projectIds, labels: projectNames },
		],
		run: (config, onStage) => runPledge(read, config, onStage),
		explain: (config, subject) => explainPledge(data, projectNames, readPledgeConfig(config).config, subject),
		study: (id, config, options, onStage) => runStudy(read, id, config, options, onStage),
	};
}

function runPledge({ data, projectNames }: ReadDataset, document: Config, onStage?: OnStage): Report {
	const { config, notices } = readPledgeConfig(document);
	const eventCount = data.events.type.length;
	onStage?.('events', 0);
	const { run, timeline } = simulateWithTimeline(data, config, (done) =>
		onStage?.('events', (0.7 * done) / eventCount),
	);
	const outcome = outcomeOf(run);
	const metrics = pledgeMetrics(outcome);
	onStage?.('check', 0.7);
	const checks = lightsOf(outcome, metrics);
	onStage?.('measure', 0.9);
	return {
		program: 'pledge',
		config,
		seed: config.seed,
		outcomeHash: hashOutcome(outcome),
		metrics: measureMetrics(outcome, metrics),
		groups: [measureProjects(outcome, projectNames)],
		tables: reportTables(outcome, projectNames),
		series: reportSeries(outcome, timeline, projectNames),
		participants: participantsOf(outcome),
		checks,
		notices: [...notices, ...outcomeNotices(outcome)],
	};
}

function runStudy(
	read: ReadDataset,
	id: string,
	document: Config,
	options: Config,
	onStage?: OnStage,
): StudyResult {
	const { config } = readPledgeConfig(document);
	switch (id) {
		case 'arena':
			return arena(read.data, config, options, onStage);
		case 'staircase':
			onStage?.('events', 0);
			return staircase(simulate(read.data, config), read.projectNames, options);
		default:
			throw inputError('study', `unknown study: "${id}"; must be arena or staircase`, 'study.unknown');
	}
}

function datasetNotices({ data }: ReadDataset): Notice[] {
	const notices: Notice[] = [];
	let unknownCount = 0;
	for (let e = 0; e < data.events.type.length; e++) {
		// types that name a project and found none
		const namesProject = [1, 2, 7, 8].includes(data.events.type[e]);
		if (namesProject && data.events.project[e] < 0) unknownCount++;
	}
	if (unknownCount > 0) {
		notices.push({ code: 'unknown-project', message: `${unknownCount} events name a project that is not in the list; they will be refused` }); // prettier-ignore
	}
	if (data.draws !== null) {
		notices.push({
			code: 'scripted',
			message: `choices are scripted: ${data.draws.length} draws; the seed is not used`,
		});
	}
	return notices;
}

function outcomeNotices({ record, totals }: PledgeOutcome): Notice[] {
	const notices: Notice[] = [];
	if (record.logSeq.length > MOST_ROWS) {
		notices.push({
			code: 'notices-cut',
			message: `the table of notices shows the first ${MOST_ROWS} of ${record.logSeq.length}`,
		});
	}
	if (totals.losses > MOST_ROWS) {
		notices.push({
			code: 'losses-cut',
			message: `the table of losses shows the first ${MOST_ROWS} of ${totals.losses}`,
		});
	}
	return notices;
}
