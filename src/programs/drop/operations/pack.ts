import { InputError } from '../../input-error.ts';
import { parseInstant } from '../../instant.ts';
import { valueAt, type Config } from '../../levers.ts';
import type {
	OperationsPack,
	OperationsSpec,
	PackAlert,
	PackMessage,
	RehearsalResult,
} from '../../operations.ts';
import type { OnStage } from '../../program.ts';
import type { Report } from '../../report.ts';
import type { ScenarioContent } from '../../tables.ts';
import { openDrop } from '../open.ts';
import { alerts, ringing, USUAL_LIMITS, type Alert, type AlertLimits } from './alert-conditions.ts';
import { checkConditions } from './check-conditions.ts';
import { healthGauge } from './health-gauge.ts';
import { newestTraining } from './newest-training.ts';
import { pingsOf } from './pings.ts';
import { rehearsals } from './rehearsals.ts';
import { checkSlackMessage, dropCompleted, recommenderRetrained } from './slack-messages.ts';

/** Limits of the alerts under a configuration: the age that it allows the recommender. */
export function alertLimits(config: Config): AlertLimits {
	const maxAgeDays = valueAt(config, 'recommender.maxAgeDays');
	return typeof maxAgeDays === 'number' ? { ...USUAL_LIMITS, maxAgeDays } : USUAL_LIMITS;
}

/** The Drop's operations pack: both Slack messages, every alert condition, and the pings. */
export const dropOperations: OperationsSpec = {
	pack(content: ScenarioContent, report: Report): OperationsPack {
		const messages: PackMessage[] = [
			{ id: 'drop-completed', title: 'Drop completed', message: dropCompleted(report, content.name, content.now) },
			...retrainedOf(content),
		];
		const all = alerts(alertLimits(report.config));
		return {
			messages,
			alerts: all.map(describeAlert),
			pings: pingsOf(content.name, parseInstant(content.now) ?? 0),
			problems: [
				...messages.flatMap(({ title, message }) => checkSlackMessage(message).map((problem) => `${title}: ${problem}`)),
				...checkConditions(all.map(({ condition }) => condition)),
			],
		};
	},
	rehearse(config: Config, onStage: OnStage = () => {}): RehearsalResult[] {
		const limits = alertLimits(config);
		const all = alerts(limits);
		const titleOf = (id: Alert['id']) => all.find((each) => each.id === id)?.title ?? id;
		// the data is tried under the settings that come with it: the alerts are of the Drop, not of the draft
		const rungBy = (content: ScenarioContent) => ringing(healthGauge(content, openDrop(content).run({})), limits);
		const tried = rehearsals(limits);
		const results = tried.map(({ alert, help, trips, quiet }, i): RehearsalResult => {
			onStage(titleOf(alert), i / tried.length);
			return resultOf(alert, help, rungBy(trips), rungBy(quiet), titleOf);
		});
		const quiet = rungBy(tried[tried.length - 1].quiet);
		return [...results, resultOf('gauge-lost', 'Nothing sends the gauge for half an hour.', ringing(null, limits), quiet, titleOf)];
	},
	rehearsalData: (config: Config) =>
		rehearsals(alertLimits(config)).flatMap(({ alert, trips, quiet }) => [
			{ name: `${alert}-trips`, content: { ...trips, name: `${alert}-trips` } },
			{ name: `${alert}-quiet`, content: { ...quiet, name: `${alert}-quiet` } },
		]),
}; // prettier-ignore

function retrainedOf(content: ScenarioContent): PackMessage[] {
	try {
		return [{ id: 'recommender-retrained', title: 'Recommender retrained', message: recommenderRetrained(newestTraining(content)) }]; // prettier-ignore
	} catch (error) {
		// no training, no message: the alert on retraining tells of that
		if (error instanceof InputError) return [];
		throw error;
	}
}

function describeAlert({ id, title, gauge, threshold, condition }: Alert): PackAlert {
	const minutes = condition.terms[0].thresholdDuration / 60;
	return {
		id,
		title,
		description: condition.description,
		query: condition.nrql.query,
		rule: gauge === null ? `no signal for ${threshold / 60} minutes` : `above ${threshold} for ${minutes} minutes`, // prettier-ignore
		condition,
	};
}

function resultOf(
	alert: Alert['id'],
	help: string,
	tripped: readonly Alert['id'][],
	quiet: readonly Alert['id'][],
	titleOf: (id: Alert['id']) => string,
): RehearsalResult {
	const isPassed = tripped.length === 1 && tripped[0] === alert && quiet.length === 0;
	return { alert, title: titleOf(alert), help, tripped: tripped.map(titleOf), quiet: quiet.map(titleOf), isPassed }; // prettier-ignore
}
