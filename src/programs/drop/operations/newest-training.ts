import { inputError } from '../../input-error.ts';
import { formatInstant, parseInstant } from '../../instant.ts';
import { numbers, tableOf, texts, type ScenarioContent } from '../../tables.ts';
import type { Retraining } from './slack-messages.ts';

/**
 * The newest training that completed by the scenario's time, with the users and brands it has affinities for; of
 * equally new ones the last by id. Throws `InputError` where none has completed. Cost: one pass over the affinities.
 */
export function newestTraining(content: ScenarioContent): Retraining {
	const runs = tableOf(content, 'recommender_run');
	const [id, model, status] = [texts(runs, 'id'), texts(runs, 'model'), texts(runs, 'status')];
	const trainedAt = numbers(runs, 'trained_at');
	const now = parseInstant(content.now) ?? -Infinity;
	let best = -1;
	for (let r = 0; r < runs.rowCount; r++) {
		if (status[r] !== 'completed' || !(trainedAt[r] <= now)) continue;
		const isNewer = best < 0 || trainedAt[r] > trainedAt[best];
		if (isNewer || (trainedAt[r] === trainedAt[best] && (id[r] ?? '') > (id[best] ?? ''))) best = r;
	}
	if (best < 0)
		throw inputError('recommender_run', 'missing: no training has completed by the scenario’s time', 'operations.training'); // prettier-ignore

	const users = new Set<string | null>();
	const brands = new Set<string | null>();
	const single = tableOf(content, 'affinity');
	const [runOf, userOf, brandOf] = [texts(single, 'run_id'), texts(single, 'user_id'), texts(single, 'brand_id')];
	for (let i = 0; i < single.rowCount; i++) {
		if (runOf[i] !== id[best]) continue;
		users.add(userOf[i]);
		brands.add(brandOf[i]);
	}
	const packed = tableOf(content, 'affinity_vector');
	const [packedRun, packedUser] = [texts(packed, 'run_id'), texts(packed, 'user_id')];
	let isPacked = false;
	for (let i = 0; i < packed.rowCount; i++) {
		if (packedRun[i] !== id[best]) continue;
		users.add(packedUser[i]);
		isPacked = true;
	}
	// a packed row holds a value for every brand there is
	return {
		runId: id[best] ?? '',
		model: model[best] ?? '',
		trainedAt: formatInstant(trainedAt[best]),
		userCount: users.size,
		brandCount: isPacked ? tableOf(content, 'brand').rowCount : brands.size,
	};
} // prettier-ignore
