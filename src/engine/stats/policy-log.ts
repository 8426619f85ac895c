import type { PolicyLog } from './off-policy.ts';

/**
 * A log with the options of every row: row i chose among options `optionStart[i] … optionStart[i + 1]`, and
 * `action[i]` is the index of the chosen one among them all.
 */
export interface ChoiceLog {
	readonly optionStart: Uint32Array;
	readonly action: Uint32Array;
	readonly reward: Float64Array;
	/** chance that the logging policy gave to the action */
	readonly propensity: Float64Array;
	/** by option: chance under the policy in question, and reward that a model expects (null without a model) */
	readonly optionTarget: Float64Array;
	readonly optionModel: Float64Array | null;
}

/** The columns of `estimateOffPolicy`: the target's chance of each action, and the model's means. O(options). */
export function policyLogOf(log: ChoiceLog): PolicyLog {
	const { optionStart, action, reward, propensity, optionTarget, optionModel } = log;
	const count = action.length;
	const targetPropensity = new Float64Array(count);
	const logged = new Float64Array(count);
	const target = new Float64Array(count);

	for (let i = 0; i < count; i++) {
		targetPropensity[i] = optionTarget[action[i]];
		if (!optionModel) continue;
		logged[i] = optionModel[action[i]];
		for (let k = optionStart[i]; k < optionStart[i + 1]; k++) target[i] += optionTarget[k] * optionModel[k];
	}
	return { reward, propensity, targetPropensity, model: optionModel ? { logged, target } : null };
}

/** A cell of a log that no estimator can use. */
export interface LogProblem {
	readonly row: number;
	readonly column: 'reward' | 'propensity' | 'targetPropensity' | 'modelLogged' | 'modelTarget';
	readonly value: number;
	readonly expected: string;
}

/**
 * The first `limit` cells, by row and then column, that are out of range: rewards and model values must be
 * finite, propensities above 0 and at most 1, target propensities from 0 to 1. O(n).
 */
export function findLogProblems(log: PolicyLog, limit: number): LogProblem[] {
	const problems: LogProblem[] = [];
	const finite = 'a finite number';
	for (let row = 0; row < log.reward.length && problems.length < limit; row++) {
		const add = (isFine: boolean, column: LogProblem['column'], value: number, expected: string) => {
			if (!isFine && problems.length < limit) problems.push({ row, column, value, expected });
		};
		const reward = log.reward[row];
		const propensity = log.propensity[row];
		const targetPropensity = log.targetPropensity[row];
		add(Number.isFinite(reward), 'reward', reward, finite);
		add(propensity > 0 && propensity <= 1, 'propensity', propensity, 'above 0 and at most 1');
		add(targetPropensity >= 0 && targetPropensity <= 1, 'targetPropensity', targetPropensity, 'from 0 to 1');
		if (!log.model) continue;
		add(Number.isFinite(log.model.logged[row]), 'modelLogged', log.model.logged[row], finite);
		add(Number.isFinite(log.model.target[row]), 'modelTarget', log.model.target[row], finite);
	}
	return problems;
}
